import { beforeAll, describe, expect, it } from 'vitest';
import type { SweepResults } from '../../protocol/sweep';
import { openCpuDevice } from '../device/cpu';
import { KeptSweeps, mostKept } from './kept';
import { sweepId } from './keys';
import { keyOfCell, SweepLedger } from './ledger';
import { validateSweep } from './specification';
import { createMemorySweeps } from './storage/memory';
import { smallSweep, sweepVersions, trySweep } from './testing';

let results: SweepResults;
const specification = validateSweep(smallSweep);
const id = sweepId(specification);

beforeAll(async () => {
  results = await (await trySweep(openCpuDevice('A test asked for it.'))).results;
});

function open() {
  const storage = createMemorySweeps();
  let time = 1000;
  return { storage, kept: new KeptSweeps(storage, () => time++) };
}

describe('the sweeps that are kept', () => {
  it('keep what was there at the beginning and each cell after it, and give it back', async () => {
    const { kept } = open();
    const ledger = new SweepLedger(specification, sweepVersions);
    expect(await kept.find(specification, sweepVersions)).toBeNull();
    await kept.begin(ledger, 6);
    ledger.addAdapter(results.adapters[0]);
    for (const cell of results.cells.slice(0, 4)) {
      ledger.addCell(cell);
      await kept.add(ledger, [cell], 6);
    }
    const part = { ...results, cells: results.cells.slice(0, 4) };
    expect(await kept.find(specification, sweepVersions)).toEqual(part);
    expect(await kept.open(id)).toEqual(part);
    expect(await kept.list()).toEqual([{ id, specification, cells: 4, plannedCells: 6, changedAt: 1004, damage: null }]);
    expect(await kept.forget(id)).toEqual([]);
    await expect(kept.open(id)).rejects.toMatchObject({ code: 'no-data', message: expect.stringContaining(id) });
  });

  it('take a file in, and join it with what is kept of the same sweep', async () => {
    const { kept } = open();
    const file = (cells: SweepResults['cells']) => JSON.parse(JSON.stringify({ ...results, cells }));
    expect((await kept.import(file(results.cells.slice(3)))).cells).toHaveLength(3);
    expect(await kept.import(file(results.cells.slice(0, 4)))).toEqual(results);
    expect(await kept.open(id)).toEqual(results);
    await expect(kept.import({ kind: 'lowrank-lab-sweep' })).rejects.toMatchObject({ code: 'bad-specification' });
    await expect(kept.import(file([]).specification)).rejects.toMatchObject({ code: 'bad-specification' });
    await expect(kept.import({ ...file([]), versions: { 'lowrank-lab': '9' } })).rejects.toThrow(
      /The file was computed by another version/,
    );
    expect(await kept.open(id)).toEqual(results);
  });

  it('are not gone on with by another version', async () => {
    const { kept } = open();
    await kept.import(results);
    await expect(kept.find(specification, { 'lowrank-lab': '9' })).rejects.toThrow(
      /another version of the lab: this one has lowrank-lab 9, and not 0/,
    );
  });

  it('say what can not be read, and give the rest', async () => {
    const { storage, kept } = open();
    await kept.import(results);
    const broken = { ...results.cells[2], correct: 'AAAA' };
    await storage.write(
      id,
      (await storage.read(id))?.head,
      [
        { key: keyOfCell(broken), cell: broken },
        { key: 'x', cell: 7 },
      ],
      false,
    );
    await storage.write('0000000000000000', { specification: null }, [], true);
    await storage.write('1111111111111111', (await storage.read(id))?.head, [], true);
    expect(await kept.list()).toMatchObject([
      { id, cells: 5, plannedCells: 6, damage: "2 of its cells can't be read; they will be run again." },
      {
        id: '0000000000000000',
        specification: null,
        cells: 0,
        damage: expect.stringMatching(/kept sweep's "specification" can't be used/),
      },
      { id: '1111111111111111', specification: null, damage: expect.stringMatching(/is another one/) },
    ]);
    expect((await kept.open(id)).cells).toEqual(results.cells.filter((_, i) => i !== 2));
    await expect(kept.open('0000000000000000')).rejects.toMatchObject({ code: 'bad-specification' });
    // Begun anew, its place is taken.
    await storage.write(id, 'rubbish', [], true);
    expect(await kept.find(specification, sweepVersions)).toBeNull();
    await kept.begin(new SweepLedger(specification, sweepVersions), 6);
    expect(await kept.open(id)).toMatchObject({ cells: [] });
    expect(await kept.forget('0000000000000000')).toHaveLength(2);
  });

  it('are bounded in number, and what is kept can be gone on with all the same', async () => {
    const { kept } = open();
    const many = Array.from({ length: mostKept }, (_, i) => validateSweep({ ...smallSweep, hidden: i + 1 }));
    for (const one of many) await kept.begin(new SweepLedger(one, sweepVersions), 6);
    const more = new SweepLedger(validateSweep({ ...smallSweep, hidden: 100 }), sweepVersions);
    await expect(kept.begin(more, 6)).rejects.toMatchObject({ code: 'out-of-memory', remedy: 'Forget one of them.' });
    await kept.begin(new SweepLedger(many[0], sweepVersions), 6);
    expect((await kept.list())[0].specification?.hidden).toBe(1);
    expect(await kept.list()).toHaveLength(mostKept);
  });
});
