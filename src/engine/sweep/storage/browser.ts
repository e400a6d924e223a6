import type { DBSchema } from 'idb';
import { BrowserDatabase, openedOr } from '../../browser-database';
import { createMemorySweeps } from './memory';
import type { StoredCell, StoredHead, SweepStorage } from './storage';

const databaseName = 'lowrank-lab-sweeps';

interface Layout extends DBSchema {
  heads: { key: string; value: { id: string; head: StoredHead } };
  /** By the sweep's id and the cell's key. */
  cells: { key: [string, string]; value: { id: string; key: string; cell: unknown } };
}

/** Sweeps in the browser's IndexedDB; in memory where that can't be had. */
export function openBrowserSweeps(name = databaseName): Promise<SweepStorage> {
  return openedOr<SweepStorage>(new BrowserSweeps(name), createMemorySweeps);
}

class BrowserSweeps implements SweepStorage {
  readonly lasts = true;
  private readonly database: BrowserDatabase<Layout>;

  constructor(name: string) {
    this.database = new BrowserDatabase<Layout>({
      name,
      version: 1,
      create(database) {
        database.createObjectStore('heads', { keyPath: 'id' });
        database.createObjectStore('cells', { keyPath: ['id', 'key'] });
      },
      what: 'another cell of the sweep',
      noRoom: 'Export what there is, forget a kept sweep or something in the Data room, and go on.',
    });
  }

  async heads(): Promise<{ id: string; head: StoredHead }[]> {
    return (await this.database.open()).getAll('heads');
  }

  async read(id: string): Promise<{ head: StoredHead; cells: unknown[] } | null> {
    const transaction = (await this.database.open()).transaction(['heads', 'cells']);
    const [found, cells] = await Promise.all([
      transaction.objectStore('heads').get(id),
      transaction.objectStore('cells').getAll(cellsOf(id)),
      transaction.done,
    ]);
    return found ? { head: found.head, cells: cells.map(({ cell }) => cell) } : null;
  }

  write(id: string, head: StoredHead, cells: readonly StoredCell[], anew: boolean): Promise<void> {
    return this.database.write(['heads', 'cells'], async (transaction) => {
      const kept = transaction.objectStore('cells');
      if (anew) await kept.delete(cellsOf(id));
      for (const { key, cell } of cells) await kept.put({ id, key, cell });
      await transaction.objectStore('heads').put({ id, head });
    });
  }

  async forget(id: string): Promise<void> {
    const transaction = (await this.database.open()).transaction(['heads', 'cells'], 'readwrite');
    await Promise.all([
      transaction.objectStore('heads').delete(id),
      transaction.objectStore('cells').delete(cellsOf(id)),
      transaction.done,
    ]);
  }
}

/** All cells of a sweep: an array stands above every text. */
function cellsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}
