import { describe, expect, it } from 'vitest';
import { fakeCatalogue, fakeDevice } from '../../client/testing/fake-catalogue';
import { fakeSweepResults } from '../../client/testing/fake-sweep';
import type { SweepPlan } from '../../protocol/sweep';
import { foldSweep } from '../../store/sweep/fold';
import { widen } from '../../store/sweep/specification';
import { IDLE_SWEEP, initialSweepSettings, type SweepRun } from '../../store/sweep/sweep';

const specification = widen(fakeCatalogue.defaultSpecification, { ...initialSweepSettings, seeds: [1, 2], rates: [0.9] }, fakeCatalogue);
const results = fakeSweepResults(specification);
const plan: SweepPlan = { groups: 2, cells: results.cells.length, gaps: [], steps: 100, seconds: 10, finishedCells: 0 };
const started: SweepRun = { ...IDLE_SWEEP, status: 'starting', results: { ...results, adapters: [], cells: [], gaps: [] } };

describe('foldSweep', () => {
  it('leaves a run as it is where there is nothing to fold', () => {
    expect(foldSweep(started, [])).toBe(started);
  });

  it('goes from starting to running, takes adapters, cells and gaps in, and ends', () => {
    const gap = { group: 'g', method: 'codebook', requestedRate: 0.99, reason: 'Out of reach.' };
    const run = foldSweep(started, [
      { kind: 'sweep-started', plan: { ...plan, gaps: [gap] } },
      { kind: 'sweep-adapter', adapter: fakeDevice },
      { kind: 'sweep-gap', gap },
      ...results.cells.map((cell) => ({ kind: 'sweep-cell' as const, cell })),
      { kind: 'sweep-progress', label: 'Codebook', fraction: 1.2, secondsLeft: 3 },
    ]);
    expect(run.status).toBe('running');
    expect(run.results?.cells).toEqual(results.cells);
    expect(run.results?.adapters).toEqual([fakeDevice]);
    // Told of twice, by the plan and by an event.
    expect(run.results?.gaps).toEqual([gap]);
    expect(run.progress).toEqual({ label: 'Codebook', done: 1, secondsLeft: 3 });
    expect(foldSweep(run, [{ kind: 'sweep-finished', outcome: 'stopped' }])).toMatchObject({
      status: 'stopped',
      progress: { secondsLeft: null },
    });
  });

  it('takes a cell that comes again in the place of the one before', () => {
    const known = { ...started, results };
    const [first] = results.cells;
    const again = { ...first, row: { ...first.row, testAccuracy: 0.1 } };
    const { results: next } = foldSweep(known, [{ kind: 'sweep-cell', cell: again }]);
    expect(next?.cells).toHaveLength(results.cells.length);
    expect(next?.cells[0].row.testAccuracy).toBe(0.1);
    // What others hold stays as it was.
    expect(results.cells[0].row.testAccuracy).not.toBe(0.1);
  });

  it('lets a cell take the place of the gap that was foreseen', () => {
    const [{ group, row }] = results.cells;
    const gap = { group, method: row.method, requestedRate: row.requestedRate, reason: 'Out of reach.' };
    const other = { ...gap, requestedRate: 0.5 };
    const foreseen = foldSweep(started, [{ kind: 'sweep-started', plan: { ...plan, gaps: [gap, other] } }]);
    expect(foldSweep(foreseen, [{ kind: 'sweep-cell', cell: results.cells[0] }]).results?.gaps).toEqual([other]);
  });

  it('keeps the adapters of a sweep that goes on until they are told of anew', () => {
    const going = { ...started, results };
    expect(going.results.adapters).toHaveLength(1);
    expect(foldSweep(going, [{ kind: 'paused' }]).results?.adapters).toEqual(results.adapters);
    const again = results.adapters.map((adapter) => ({ kind: 'sweep-adapter' as const, adapter }));
    expect(foldSweep(going, [{ kind: 'sweep-started', plan }, ...again]).results?.adapters).toEqual(results.adapters);
  });

  it('says of a lost device, and of pause and going on', () => {
    const lost = foldSweep(started, [{ kind: 'sweep-device-lost', message: 'The GPU was lost.' }, { kind: 'paused' }]);
    expect(lost).toMatchObject({ notice: 'The GPU was lost.', status: 'paused' });
    expect(foldSweep(lost, [{ kind: 'resumed' }]).status).toBe('running');
  });
});
