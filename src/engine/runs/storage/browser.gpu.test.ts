import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowserRuns } from './browser';
import type { RunStorage } from './storage';

/** Of its own, so that no other test's runs are met. */
const name = 'lowrank-lab-runs-test';

describe('runs in the browser’s database', () => {
  let storage: RunStorage;

  beforeEach(async () => {
    storage = await openBrowserRuns(name);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await deleteDB(name);
  });

  it('are there at the next visit', async () => {
    const file = Uint8Array.from({ length: 1000 }, (_, i) => i);
    await storage.add('a', { name: 'one' }, file);
    await storage.add('b', { name: 'two' }, new Uint8Array(1));
    const later = await openBrowserRuns(name);
    await later.replaceHead('b', { name: 'three' });
    await later.replaceHead('c', { name: 'none' });
    expect(await later.heads()).toEqual([
      { id: 'a', head: { name: 'one' } },
      { id: 'b', head: { name: 'three' } },
    ]);
    expect(await later.file('a')).toEqual(file);
    expect(await later.file('c')).toBeNull();
    await later.forget('a');
    expect(await later.file('a')).toBeNull();
    expect(await later.heads()).toHaveLength(1);
  });

  it('are written whole or not at all, and say when there is no room', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...parameters) {
      if (this.name === 'heads') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, parameters);
    });
    await expect(storage.add('a', {}, new Uint8Array(9))).rejects.toMatchObject({
      code: 'out-of-memory',
      message: 'The browser has no room left for the run.',
    });
    vi.restoreAllMocks();
    expect(await storage.file('a')).toBeNull();
    expect(await storage.heads()).toEqual([]);
  });

  it('are in memory where there is no database', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError');
    });
    const memory = await openBrowserRuns('forbidden');
    expect([storage.lasts, memory.lasts]).toEqual([true, false]);
    await memory.add('a', { name: 'one' }, Uint8Array.of(1, 2));
    expect(await memory.file('a')).toEqual(Uint8Array.of(1, 2));
  });
});
