import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { LabError } from '../../errors';
import { createMemorySweeps } from './memory';
import type { StoredCell, StoredHead, SweepStorage } from './storage';

const databaseName = 'lowrank-lab-sweeps';
/** Raised when the layout changes. */
const version = 1;

interface Layout extends DBSchema {
  heads: { key: string; value: { id: string; head: StoredHead } };
  /** By the sweep's id and the cell's key. */
  cells: { key: [string, string]; value: { id: string; key: string; cell: unknown } };
}

/** Sweeps in the browser's IndexedDB; in memory where it has none, such as in a private window, or forbids it. */
export async function openBrowserSweeps(name = databaseName): Promise<SweepStorage> {
  const storage = new BrowserSweeps(name);
  try {
    await storage.heads();
    return storage;
  } catch {
    return createMemorySweeps();
  }
}

class BrowserSweeps implements SweepStorage {
  private database: Promise<IDBPDatabase<Layout>> | null = null;

  constructor(private readonly name: string) {}

  async heads(): Promise<{ id: string; head: StoredHead }[]> {
    return (await this.open()).getAll('heads');
  }

  async read(id: string): Promise<{ head: StoredHead; cells: unknown[] } | null> {
    const transaction = (await this.open()).transaction(['heads', 'cells']);
    const [found, cells] = await Promise.all([
      transaction.objectStore('heads').get(id),
      transaction.objectStore('cells').getAll(cellsOf(id)),
      transaction.done,
    ]);
    return found ? { head: found.head, cells: cells.map(({ cell }) => cell) } : null;
  }

  async write(id: string, head: StoredHead, cells: readonly StoredCell[], anew: boolean): Promise<void> {
    try {
      const transaction = (await this.open()).transaction(['heads', 'cells'], 'readwrite');
      // Handled where it is awaited; an error before that must not be reported twice.
      transaction.done.catch(() => {});
      try {
        const kept = transaction.objectStore('cells');
        if (anew) await kept.delete(cellsOf(id));
        for (const { key, cell } of cells) await kept.put({ id, key, cell });
        await transaction.objectStore('heads').put({ id, head });
      } catch (error) {
        // What can't be stored fails before the database has seen it: without this, the rest would be committed.
        abort(transaction);
        throw error;
      }
      await transaction.done;
    } catch (error) {
      throw writeFailure(error);
    }
  }

  async forget(id: string): Promise<void> {
    const transaction = (await this.open()).transaction(['heads', 'cells'], 'readwrite');
    await Promise.all([
      transaction.objectStore('heads').delete(id),
      transaction.objectStore('cells').delete(cellsOf(id)),
      transaction.done,
    ]);
  }

  private open(): Promise<IDBPDatabase<Layout>> {
    const closed = () => {
      this.database = null;
    };
    this.database ??= openDB<Layout>(this.name, version, {
      upgrade: (database) => {
        database.createObjectStore('heads', { keyPath: 'id' });
        database.createObjectStore('cells', { keyPath: ['id', 'key'] });
      },
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
}

/** All cells of a sweep: an array stands above every text. */
function cellsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // A request that failed has ended it already.
  }
}

function writeFailure(error: unknown): LabError {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return new LabError(
      'out-of-memory',
      'The browser has no room left for another cell of the sweep.',
      'Export what there is, forget a kept sweep or something in the Data room, and go on.',
    );
  }
  return new LabError(
    'unexpected',
    `The browser could not keep a cell of the sweep: ${reason}`,
    'Export what there is, and start it again.',
  );
}
