import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { LabError } from './errors';

export interface DatabaseOptions<Layout extends DBSchema> {
  name: string;
  /** Raised when the layout changes. */
  version: number;
  create(database: IDBPDatabase<Layout>): void;
  /** For the sentence of a write that failed: `another cell of the sweep`. */
  what: string;
  /** Where there is no room. */
  noRoom: string;
}

/** A database of the browser's, opened when it is first needed, and again where it was closed meanwhile. */
export class BrowserDatabase<Layout extends DBSchema> {
  private database: Promise<IDBPDatabase<Layout>> | null = null;

  constructor(private readonly options: DatabaseOptions<Layout>) {}

  open(): Promise<IDBPDatabase<Layout>> {
    const closed = () => {
      this.database = null;
    };
    const { name, version, create } = this.options;
    this.database ??= openDB<Layout>(name, version, {
      upgrade: create,
      // A later version of the page, in another tab, waits for this one to let go.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        closed();
      },
      // The visitor may clear the page's data while it is open.
      terminated: closed,
    }).catch((error: unknown) => {
      closed();
      throw error;
    });
    return this.database;
  }

  /**
   * Writes in one transaction, all or nothing.
   *
   * @param work on the transaction; whatever it throws ends it
   * @throws LabError `out-of-memory` where there is no room
   */
  async write<Name extends StoreNames<Layout>>(
    stores: Name[],
    work: (transaction: IDBPTransaction<Layout, Name[], 'readwrite'>) => Promise<unknown>,
  ): Promise<void> {
    try {
      const transaction = (await this.open()).transaction(stores, 'readwrite');
      // Handled where it is awaited; an error before that must not be reported twice.
      transaction.done.catch(() => {});
      try {
        await work(transaction);
      } catch (error) {
        // What can't be stored fails before the database has seen it: without this, the rest would be committed.
        abort(transaction);
        throw error;
      }
      await transaction.done;
    } catch (error) {
      throw this.writeFailure(error);
    }
  }

  private writeFailure(error: unknown): LabError {
    const { what, noRoom } = this.options;
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof DOMException && error.name === 'QuotaExceededError') {
      return new LabError('out-of-memory', `The browser has no room left for ${what}.`, noRoom);
    }
    return new LabError('unexpected', `The browser could not keep ${what}: ${reason}`, 'Export what there is, and start it again.');
  }
}

/** What is kept somewhere: in a database of the browser's, or in memory. */
export interface KeptSomewhere {
  /** Is what is kept there at the next visit? */
  readonly lasts: boolean;
  /** The first thing that is asked of it: a database that can't be opened says so here. */
  heads(): Promise<unknown>;
}

/** What lies in the browser's database; in memory where it has none, forbids it as some private windows do, or it can't be opened. */
export async function openedOr<Storage extends KeptSomewhere>(inBrowser: Storage, inMemory: () => Storage): Promise<Storage> {
  try {
    await inBrowser.heads();
    return inBrowser;
  } catch {
    return inMemory();
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // A request that failed has ended it already.
  }
}
