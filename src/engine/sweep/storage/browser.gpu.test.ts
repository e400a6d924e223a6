import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowserSweeps } from './browser';
import type { SweepStorage } from './storage';

/** Of its own, so that no other test's sweeps are met. */
const name = 'lowrank-lab-sweeps-test';

describe('sweeps in the browser’s database', () => {
  let storage: SweepStorage;

  beforeEach(async () => {
    storage = await openBrowserSweeps(name);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await deleteDB(name);
  });

  const cell = (key: string, value: unknown = key) => ({ key, cell: value });

  it('are there at the next visit, each with its own cells', async () => {
    await storage.write('a', { of: 'a' }, [cell('x'), cell('y')], true);
    await storage.write('a', { of: 'a', more: 1 }, [cell('z'), cell('x', { again: true })], false);
    await storage.write('ab', { of: 'ab' }, [cell('x', 3)], true);
    const later = await openBrowserSweeps(name);
    expect(await later.heads()).toEqual([
      { id: 'a', head: { of: 'a', more: 1 } },
      { id: 'ab', head: { of: 'ab' } },
    ]);
    expect(await later.read('a')).toEqual({ head: { of: 'a', more: 1 }, cells: [{ again: true }, 'y', 'z'] });
    expect(await later.read('ab')).toEqual({ head: { of: 'ab' }, cells: [3] });
    expect(await later.read('b')).toBeNull();
    await later.forget('a');
    expect(await later.read('a')).toBeNull();
    expect((await later.read('ab'))?.cells).toEqual([3]);
    await later.write('ab', {}, [], true);
    expect(await later.read('ab')).toEqual({ head: {}, cells: [] });
  });

  it('are written whole or not at all', async () => {
    await storage.write('a', { of: 1 }, [cell('x')], true);
    // A function can't be stored.
    await expect(storage.write('a', { of: 2 }, [cell('y'), cell('z', () => 0)], true)).rejects.toMatchObject({ code: 'unexpected' });
    expect(await storage.read('a')).toEqual({ head: { of: 1 }, cells: ['x'] });
  });

  it('say when there is no room', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(storage.write('a', {}, [cell('x')], false)).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/no room left/),
    });
  });

  it('let a later version of the page change the database, and do not hinder its deletion', async () => {
    await storage.write('a', { of: 1 }, [], true);
    const later = await openDB(name, 2);
    expect(await later.getAll('heads')).toHaveLength(1);
    later.close();
    // This page is older than the database now: it says so, and does not hang.
    await expect(storage.heads()).rejects.toThrow();
    expect(await (await openBrowserSweeps(name)).heads()).toEqual([]);
  });

  it('are in memory where there is no database', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError');
    });
    const memory = await openBrowserSweeps('forbidden');
    expect([storage.lasts, memory.lasts]).toEqual([true, false]);
    await memory.write('a', { of: 1 }, [cell('x')], true);
    expect(await memory.read('a')).toEqual({ head: { of: 1 }, cells: ['x'] });
  });
});
