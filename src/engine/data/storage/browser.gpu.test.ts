import { wrap } from 'comlink';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SavedSource } from '../../../protocol/data';
import { Pace } from '../bytes/pace';
import { openBrowserStorage } from './browser';
import type { SourceStorage } from './storage';
import { type SaveEnds, saveFor } from './testing/save';
import type { SaveInWorker } from './testing/save-worker';

const entry = (id: string, sizeBytes: number): SavedSource => ({
  kind: 'embeddings',
  source: { id, name: 'a/../<b>name</b>.txt' },
  summary: '1 word of 1 number',
  sizeBytes,
  savedAt: 1,
});

const bytesOf = async (storage: Pick<SourceStorage, 'open'>, id: string) => {
  const file = await storage.open(id);
  return file && new Uint8Array(await new Response(file.stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
};

async function open(manager?: StorageManager): Promise<SourceStorage> {
  const storage = await openBrowserStorage(manager);
  if (!storage) throw new Error('this browser has no private file system');
  return storage;
}

const pace = () => new Pace('Keeping', null, {});
/** Names in the folder, finished or not. */
const names = async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sources');
  const found: string[] = [];
  for await (const name of folder.keys()) found.push(name);
  return found;
};

/** A page writes by `createWritable`, a worker (as the engine is) by a synchronous handle. */
const writers: { where: string; save: (entry: SavedSource, chunks: Uint8Array[], ends?: SaveEnds) => Promise<void> }[] = [
  {
    where: 'a page',
    save: async (saved, chunks, ends) => saveFor(await open(), saved, chunks, ends),
  },
  {
    where: 'a worker',
    save: async (saved, chunks, ends) => {
      const worker = new Worker(new URL('./testing/save-worker.ts', import.meta.url), { type: 'module' });
      try {
        await wrap<SaveInWorker>(worker)(saved, chunks, ends);
      } finally {
        worker.terminate();
      }
    },
  },
];

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('sources', { recursive: true }).catch(() => {});
});

describe.each(writers)('the browser’s private file system, written by $where', ({ save }) => {
  it('keeps, lists, gives back, replaces and forgets, whatever the id looks like', async () => {
    const storage = await open();
    for (const id of ['sha256:0123', '../../x', '..']) {
      await save(entry(id, 5), [new Uint8Array([1, 2]), new Uint8Array([3, 4, 5])]);
      expect(await bytesOf(storage, id)).toEqual(new Uint8Array([1, 2, 3, 4, 5]));
      expect((await storage.open(id))?.name).toBe('a/../<b>name</b>.txt');
    }
    await save(entry('sha256:0123', 1), [new Uint8Array([9])]);
    expect(await bytesOf(storage, 'sha256:0123')).toEqual(new Uint8Array([9]));
    // A later visit finds it.
    const later = await open();
    const report = await later.report();
    expect(report.saved).toHaveLength(3);
    expect(report.usedBytes).toBe(11);
    expect(report.quotaBytes).toBeGreaterThan(0);
    await later.forget('sha256:0123');
    await later.forget('sha256:0123');
    expect(await later.open('sha256:0123')).toBeNull();
  });

  it.each(['breaks', 'is cancelled'] as const)('leaves what was there, and nothing half-written, when a save %s', async (ends) => {
    const storage = await open();
    await save(entry('a', 1), [new Uint8Array([7])]);
    const chunks = [new Uint8Array([1, 2, 3]), new Uint8Array([4])];
    const message = ends === 'breaks' ? 'broke off' : 'The load was cancelled.';
    await expect(save(entry('a', 4), chunks, ends)).rejects.toThrow(message);
    await expect(save(entry('b', 4), chunks, ends)).rejects.toThrow(message);
    expect(await bytesOf(storage, 'a')).toEqual(new Uint8Array([7]));
    expect(await names()).toEqual(['a.lrl']);
    expect((await storage.report()).saved.map(({ source }) => source.id)).toEqual(['a']);
  });
});

describe('the browser’s private file system', () => {
  it('lists no file that is not finished, and clears away what a closed tab left of one', async () => {
    const storage = await open();
    await storage.save(entry('a', 1), [new Uint8Array([7])], pace());
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sources');
    const left = await (await folder.getFileHandle('b.lrl.0123.part', { create: true })).createWritable();
    await left.write(await (await (await folder.getFileHandle('a.lrl')).getFile()).arrayBuffer());
    await left.close();
    expect((await storage.report()).saved).toHaveLength(1);
    await open();
    expect(await names()).toEqual(['a.lrl']);
  });

  it('says the sizes where the quota is too small, before it writes', async () => {
    const full = {
      getDirectory: () => navigator.storage.getDirectory(),
      estimate: async () => ({ quota: 100_000_000, usage: 90_000_000 }),
    } as StorageManager;
    const storage = await open(full);
    await expect(storage.save(entry('big', 80_000_000), [], pace())).rejects.toMatchObject({
      code: 'out-of-memory',
      message: 'a/../<b>name</b>.txt takes 80 MB, and the browser has 10 MB left for this page.',
    });
    expect(await storage.open('big')).toBeNull();
  });

  it('is passed over where there is none, or it is forbidden', async () => {
    expect(await openBrowserStorage({} as StorageManager)).toBeNull();
    const forbidden = { getDirectory: () => Promise.reject(new DOMException('', 'SecurityError')) } as unknown as StorageManager;
    expect(await openBrowserStorage(forbidden)).toBeNull();
  });
});
