import type { DBSchema } from 'idb';
import { BrowserDatabase, openedOr } from '../../browser-database';
import { createMemoryRuns } from './memory';
import type { RunStorage, StoredHead } from './storage';

const databaseName = 'lowrank-lab-runs';

/** Files apart from heads: a list of runs reads no models. */
interface Layout extends DBSchema {
  heads: { key: string; value: { id: string; head: StoredHead } };
  files: { key: string; value: { id: string; file: unknown } };
}

/** Runs in the browser's IndexedDB; in memory where that can't be had. */
export function openBrowserRuns(name = databaseName): Promise<RunStorage> {
  return openedOr<RunStorage>(new BrowserRuns(name), createMemoryRuns);
}

class BrowserRuns implements RunStorage {
  readonly lasts = true;
  private readonly database: BrowserDatabase<Layout>;

  constructor(name: string) {
    this.database = new BrowserDatabase<Layout>({
      name,
      version: 1,
      create(database) {
        database.createObjectStore('heads', { keyPath: 'id' });
        database.createObjectStore('files', { keyPath: 'id' });
      },
      what: 'the run',
      noRoom: 'Download it as a file, or forget a kept run, a sweep, or something in the Data room.',
    });
  }

  async heads(): Promise<{ id: string; head: StoredHead }[]> {
    return (await this.database.open()).getAll('heads');
  }

  async file(id: string): Promise<unknown> {
    return (await (await this.database.open()).get('files', id))?.file ?? null;
  }

  add(id: string, head: StoredHead, file: Uint8Array): Promise<void> {
    return this.database.write(['heads', 'files'], async (transaction) => {
      await transaction.objectStore('files').put({ id, file });
      await transaction.objectStore('heads').put({ id, head });
    });
  }

  replaceHead(id: string, head: StoredHead): Promise<void> {
    return this.database.write(['heads'], async (transaction) => {
      const heads = transaction.objectStore('heads');
      if (await heads.get(id)) await heads.put({ id, head });
    });
  }

  async forget(id: string): Promise<void> {
    const transaction = (await this.database.open()).transaction(['heads', 'files'], 'readwrite');
    await Promise.all([transaction.objectStore('heads').delete(id), transaction.objectStore('files').delete(id), transaction.done]);
  }
}
