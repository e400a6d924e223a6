import { beforeAll, describe, expect, it } from 'vitest';
import type { LastRun } from '../experiment/last-run';
import { finishedRun } from '../experiment/testing/finished-run';
import { KeptRuns, mostKeptRuns } from './kept';
import { createMemoryRuns } from './storage/memory';

let run: LastRun;

beforeAll(async () => {
  run = await finishedRun({ methods: [], epochs: 1, learningRates: { full: [1e-2] } });
});

function open(now = () => 1000) {
  const storage = createMemoryRuns();
  return { storage, kept: new KeptRuns(storage, now) };
}

describe('the runs that are kept', () => {
  it('are listed newest first, opened, renamed and forgotten', async () => {
    let time = 1000;
    const { kept } = open(() => time++);
    const [first] = await kept.save(run, '  Monday ');
    expect(first).toMatchObject({ name: 'Monday', savedAt: 1000, specification: run.specification, models: 1, damage: null });
    expect(first.bytes).toBe((await kept.file(first.id)).length);
    expect((await kept.save(run, 'Tuesday')).map(({ name }) => name)).toEqual(['Tuesday', 'Monday']);
    expect(await kept.rename(first.id, 'Before')).toMatchObject([{ name: 'Tuesday' }, { ...first, name: 'Before' }]);
    const opened = await kept.open(first.id);
    expect(opened.name).toBe('Before');
    expect(opened.run.results).toEqual(run.results);
    expect(await kept.forget(first.id)).toMatchObject([{ name: 'Tuesday' }]);
    for (const verb of [kept.open(first.id), kept.file(first.id), kept.rename(first.id, 'x')]) {
      await expect(verb).rejects.toMatchObject({ code: 'no-data', message: expect.stringContaining(first.id) });
    }
  });

  it('are two where two are saved in the same millisecond', async () => {
    const { kept } = open();
    await kept.save(run, 'one');
    expect((await kept.save(run, 'two')).map(({ name }) => name).sort()).toEqual(['one', 'two']);
  });

  it('need a name of 1 to 80 characters', async () => {
    const { kept } = open();
    await expect(kept.save(run, '   ')).rejects.toMatchObject({ code: 'bad-specification' });
    await expect(kept.save(run, 'x'.repeat(81))).rejects.toMatchObject({
      code: 'bad-specification',
      message: expect.stringContaining('81'),
    });
    expect(await kept.list()).toEqual([]);
  });

  it('have a bound', async () => {
    const { storage, kept } = open();
    for (let i = 0; i < mostKeptRuns; i++) await storage.add(`${i}`, {}, new Uint8Array(1));
    await expect(kept.save(run, 'one more')).rejects.toMatchObject({ code: 'out-of-memory', remedy: 'Forget one of them.' });
  });

  it('are listed where one of them can’t be read, which can be forgotten', async () => {
    const { storage, kept } = open();
    await kept.save(run, 'good');
    await storage.add('bad', { name: 7 }, new Uint8Array(3));
    const [good, bad] = await kept.list();
    expect(good.damage).toBeNull();
    expect(bad).toMatchObject({ id: 'bad', specification: null, damage: expect.stringContaining('name') });
    await expect(kept.open('bad')).rejects.toMatchObject({ code: 'bad-specification' });
    await expect(kept.rename('bad', 'x')).rejects.toMatchObject({ code: 'bad-specification' });
    expect(await kept.forget('bad')).toEqual([good]);
  });
});
