import { describe, expect, it } from 'vitest';
import type { SweepResults } from '../../protocol/sweep';
import { openCpuDevice } from '../device/cpu';
import { SweepLedger } from './ledger';
import { measuredPace } from './pace';
import { planSweep } from './plan';
import { groupsOfShare } from './shares';
import { validateSweep } from './specification';
import { madeUpCosts, madeUpTasks, smallSweep, sweepVersions, testPace, trySweep } from './testing';
import { unrollSweep } from './unroll';

const device = openCpuDevice('A test asked for it.');
const pace = { adapter: device.report, ...testPace };

async function planned(changes: object = {}, known: SweepResults | null = null, measured = pace) {
  const specification = validateSweep({ ...smallSweep, ...changes });
  const costs = await madeUpCosts(specification);
  return planSweep(unrollSweep(specification), new SweepLedger(specification, sweepVersions, known), costs, measured);
}

describe('planSweep', () => {
  it('counts groups, cells and steps, learning-rate trials included', async () => {
    const learningRates = { full: [1e-2, 3e-2], 'low-rank': [1e-3, 1e-2, 3e-2] };
    const plan = await planned({ learningRates, tasks: madeUpTasks });
    // 7 batches an epoch: 3 epochs at two rates, and of the factors the last one at three.
    expect(plan).toMatchObject({ groups: 4, cells: 12, gaps: [], finishedCells: 0, steps: 4 * (2 * 21 + 3 * 7) });
  });

  it('says which rates are out of reach', async () => {
    const plan = await planned({ rates: [0.5, 0.99] });
    expect(plan.cells).toBe(6);
    expect(plan.gaps.map(({ method, requestedRate }) => [method, requestedRate])).toEqual([
      ...[
        ['low-rank', 0.99],
        ['quantized-min-max', 0.99],
      ],
      ...[
        ['low-rank', 0.99],
        ['quantized-min-max', 0.99],
      ],
    ]);
  });

  it('estimates by the pace, and by what was measured as soon as something was', async () => {
    const results = await (await trySweep(device)).results;
    const before = await planned();
    const slower = { msPerCost: new Map([['dan', 3e-6]]), msPerOperation: 3e-5 };
    expect((await planned({}, null, { ...pace, ...slower })).seconds).toBeCloseTo(3 * before.seconds, 12);
    // The first group took a minute for each cell.
    const first = results.cells.slice(0, 3).map((cell) => ({ ...cell, row: { ...cell.row, seconds: 60 } }));
    const half = await planned({}, { ...results, cells: first });
    expect(half).toMatchObject({ cells: 6, finishedCells: 3 });
    expect(half.seconds).toBeGreaterThan(0.95 * 180);
    expect(half.seconds).toBeLessThan(1.05 * 180);
    // A machine of another kind says nothing of this one.
    const elsewhere = [{ ...results.adapters[0], name: 'another' }];
    expect((await planned({}, { ...results, cells: first, adapters: elsewhere })).seconds).toBeCloseTo(before.seconds / 2, 12);
    expect((await planned({}, results)).seconds).toBe(0);
  });

  it('counts another training of the full table for a group that was broken off', async () => {
    const results = await (await trySweep(device)).results;
    const broken = await planned(
      {},
      { ...results, cells: results.cells.filter(({ row }) => row.method === 'full'), adapters: results.adapters },
    );
    const slow = { ...pace, adapter: { ...device.report, name: 'another' } };
    const whole = await planned({}, null, slow);
    const rest = await planned({}, { ...results, cells: results.cells.filter(({ row }) => row.method === 'full') }, slow);
    expect(rest.seconds).toBeCloseTo(whole.seconds, 12);
    expect(broken.finishedCells).toBe(2);
  });

  it('takes what untrained cells took for what other untrained cells will take', async () => {
    const methods = ['quantized-min-max', 'quantized-mse', 'codebook'];
    const results = await (await trySweep(device, { changes: { methods: ['full', ...methods] } })).results;
    const without = await planned({ methods: ['full', ...methods] }, null);
    const first = results.cells.filter(({ row }) => row.method === 'full' || row.method === methods[0]);
    const slow = first.map((cell) => ({ ...cell, row: { ...cell.row, seconds: 1000 } }));
    const rest = await planned({ methods: ['full', ...methods] }, { ...results, cells: slow });
    expect(rest.seconds).toBeGreaterThan(10 * without.seconds);
  });

  it('measures the pace of a device once, each network by its own steps', async () => {
    const fresh = openCpuDevice('A test asked for it.');
    const { liveBuffers } = fresh.counters;
    const { msPerCost, msPerOperation } = await measuredPace(fresh, ['dan', 'lstm'], () => performance.now());
    expect([...msPerCost.keys()]).toEqual(['dan', 'lstm']);
    for (const ms of [...msPerCost.values(), msPerOperation]) expect(ms).toBeGreaterThan(0);
    expect(fresh.counters.liveBuffers).toBe(liveBuffers);
    expect(await measuredPace(fresh, ['dan', 'lstm'], () => Number.NaN)).toEqual({ msPerCost, msPerOperation });
  });

  it('takes the pace of the DAN on a device that was probed from its probe', async () => {
    const figures = { adapter: '', browser: '', lab: '', webgpuStepMs: 7, cpuStepMs: 3, measuredAt: 0 };
    const probed = (cpuStepMs: number) =>
      Object.defineProperty(openCpuDevice('A test asked for it.'), 'report', {
        value: { ...device.report, probe: { ...figures, cpuStepMs } },
      });
    const of = async (cpuStepMs: number) =>
      (await measuredPace(probed(cpuStepMs), ['dan'], () => performance.now())).msPerCost.get('dan') ?? Number.NaN;
    expect((await of(6)) / (await of(3))).toBeCloseTo(2, 12);
  });
});

describe('the shares of a sweep', () => {
  const calr = [{ id: 'calr', parameters: {} }];
  const specification = validateSweep({
    ...smallSweep,
    tasks: madeUpTasks,
    models: ['dan', 'lstm', 'cnn'],
    schedules: calr,
    seeds: [1, 2, 3, 4, 5],
  });

  it.each([1, 2, 3, 4, 7, 30, 40])('of %i machines are disjoint, together are all of it, and cost alike', async (count) => {
    const costs = await madeUpCosts(specification);
    const shares = Array.from({ length: count }, (_, index) => groupsOfShare(specification, { index, count }, costs));
    const all = unrollSweep(specification);
    expect(shares.flat()).toHaveLength(all.length);
    expect(new Set(shares.flat().map((group) => JSON.stringify(group))).size).toBe(all.length);
    const loads = shares.map((groups) => groups.reduce((sum, group) => sum + costs.group(group), 0));
    const dearest = Math.max(...all.map((group) => costs.group(group)));
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(dearest);
    // Dealt anew, by another process, they are the same.
    const again = await madeUpCosts(structuredClone(specification));
    expect(shares).toEqual(
      Array.from({ length: count }, (_, index) => groupsOfShare(structuredClone(specification), { index, count }, again)),
    );
  });
});
