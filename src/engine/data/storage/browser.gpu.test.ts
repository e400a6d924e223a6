import { beforeEach, describe, expect, it } from 'vitest';
import type { SavedSource } from '../../../protocol/data';
import { openBrowserStorage } from './browser';
import type { SourceStorage } from './storage';

const entry = (id: string, sizeBytes: number): SavedSource => ({
  kind: 'embeddings',
  source: { id, name: 'a/../<b>name</b>.txt' },
  summary: '1 word of 1 number',
  sizeBytes,
  savedAt: 1,
});

const bytesOf = async (storage: SourceStorage, id: string) => {
  const file = await storage.open(id);
  return file && new Uint8Array(await new Response(file.stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
};

async function open(manager?: StorageManager): Promise<SourceStorage> {
  const storage = await openBrowserStorage(manager);
  if (!storage) throw new Error('this browser has no private file system');
  return storage;
}

describe('the browser’s private file system', () => {
  beforeEach(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('sources', { recursive: true }).catch(() => {});
  });

  it('keeps, lists, gives back, replaces and forgets, whatever the id looks like', async () => {
    const storage = await open();
    for (const id of ['sha256:0123', '../../x', '..']) {
      await storage.save(entry(id, 5), [new Uint8Array([1, 2]), new Uint8Array([3, 4, 5])]);
      expect(await bytesOf(storage, id)).toEqual(new Uint8Array([1, 2, 3, 4, 5]));
      expect((await storage.open(id))?.name).toBe('a/../<b>name</b>.txt');
    }
    await storage.save(entry('sha256:0123', 1), [new Uint8Array([9])]);
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

  it('leaves what was there when a save breaks off', async () => {
    const storage = await open();
    await storage.save(entry('a', 1), [new Uint8Array([7])]);
    const breaking = function* () {
      yield new Uint8Array([1, 2, 3]);
      throw new Error('broke off');
    };
    await expect(storage.save(entry('a', 9), breaking())).rejects.toThrow('broke off');
    await expect(storage.save(entry('b', 9), breaking())).rejects.toThrow('broke off');
    expect(await bytesOf(storage, 'a')).toEqual(new Uint8Array([7]));
    expect((await storage.report()).saved.map(({ source }) => source.id)).toEqual(['a']);
  });

  it('says the sizes where the quota is too small, before it writes', async () => {
    const full = {
      getDirectory: () => navigator.storage.getDirectory(),
      estimate: async () => ({ quota: 100_000_000, usage: 90_000_000 }),
    } as StorageManager;
    const storage = await open(full);
    await expect(storage.save(entry('big', 80_000_000), [])).rejects.toMatchObject({
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
