import { beforeAll, describe, expect, it } from 'vitest';
import type { SweepResults } from '../../protocol/sweep';
import { openCpuDevice } from '../device/cpu';
import { encodeBits } from './correct-bits';
import { mergeSweeps } from './merge';
import { readSweepResults } from './results';
import { trySweep } from './testing';

let results: SweepResults;

beforeAll(async () => {
  results = await (await trySweep(openCpuDevice('A test asked for it.'))).results;
});

const copy = (changes: Partial<SweepResults> = {}): SweepResults => ({ ...structuredClone(results), ...changes });
const named = (...all: SweepResults[]) => all.map((one, i) => ({ name: `results-${i}.json`, results: one }));
const gpu = () => ({ ...results.adapters[0], backend: 'webgpu' as const, name: 'a GPU' });

/** The same results with one cell that has an item fewer right. */
function other(adapters = results.adapters): SweepResults {
  const file = copy({ adapters });
  const { row } = file.cells[1];
  const right = Math.round(row.testAccuracy * row.testCount) - 1;
  row.testAccuracy = right / row.testCount;
  file.cells[1].correct = encodeBits(Uint8Array.from({ length: row.testCount }, (_, i) => (i < right ? 1 : 0)));
  return readSweepResults(JSON.parse(JSON.stringify(file)));
}

describe('mergeSweeps', () => {
  it('joins parts in the order of the sweep, whatever order they come in, and drops what came twice', () => {
    const [a, b] = [copy({ cells: results.cells.slice(0, 4) }), copy({ cells: results.cells.slice(2) })];
    b.cells[0].row.seconds += 5;
    for (const parts of [named(a, b), named(b, a)]) {
      const merged = mergeSweeps(parts);
      expect(merged).toMatchObject({ duplicates: 2, otherAdapters: 0, missing: [] });
      expect(merged.results.cells.map(({ group, row }) => [group, row.method, row.testAccuracy])).toEqual(
        results.cells.map(({ group, row }) => [group, row.method, row.testAccuracy]),
      );
      expect(merged.results.adapters).toHaveLength(1);
    }
  });

  it('names what is missing', () => {
    const { missing } = mergeSweeps(named(copy({ cells: results.cells.slice(0, 4) }), copy({ cells: [] })));
    expect(missing.map(({ key }) => key)).toEqual([
      'sha256:0123456789abcdef/first/dan/calr/2/low-rank@0.5',
      'sha256:0123456789abcdef/first/dan/calr/2/quantized-min-max@0.5',
    ]);
  });

  it.each([
    [{ hidden: 17 }, /results-1\.json is of another sweep than results-0\.json: its "hidden" is 17, and not 16\./],
    [{ seeds: [1, 2, 3] }, /its "seeds" is \[1,2,3\], and not \[1,2\]/],
    [{ rates: [0.5, 0.9] }, /its "rates"/],
    [{ tasks: [{ dataset: { id: 'sha256:f', name: 'x' }, task: 'first' }] }, /its "tasks" is \["sha256:f\/first"\]/],
  ])('refuses a part of another sweep with %j', (changes, message) => {
    const part = readSweepResults({ ...copy({ cells: [] }), specification: { ...results.specification, ...changes } });
    expect(() => mergeSweeps(named(copy(), part))).toThrow(message);
  });

  it('takes a sweep whose lists stand in another order, or whose files have other names, for the same', () => {
    const specification = structuredClone(results.specification);
    specification.seeds.reverse();
    specification.tasks[0].dataset.name = 'renamed.csv';
    expect(mergeSweeps(named(copy({ cells: [] }), copy({ specification }))).missing).toEqual([]);
  });

  it('refuses parts of two versions', () => {
    expect(() => mergeSweeps(named(copy(), copy({ versions: { 'lowrank-lab': '9' } })))).toThrow(
      /another version .*: lowrank-lab 9, and not 0\./,
    );
  });

  it('refuses parts that contradict each other on the same kind of adapter, and says which', () => {
    expect(() => mergeSweeps(named(copy(), other()))).toThrow(
      /^results-0\.json and results-1\.json contradict each other: the "testAccuracy" of .*1\/low-rank@0\.5 is 0\.\d+ and 0\.\d+, on the same kind/,
    );
    // Why it was chosen, and what was measured then, makes no other machine of it.
    const elsewhere = [{ ...results.adapters[0], reason: 'Node finds no GPU here.' }];
    expect(() => mergeSweeps(named(copy(), other(elsewhere)))).toThrow(/contradict/);
  });

  it('keeps the first of two adapters whose last bits differ', () => {
    const merged = mergeSweeps(named(copy(), other([gpu()])));
    expect(merged).toMatchObject({ duplicates: 5, otherAdapters: 1, missing: [] });
    expect(merged.results.cells).toEqual(results.cells);
    const turned = mergeSweeps(named(other([gpu()]), copy({ cells: results.cells.slice(0, 1) })));
    expect(turned.results.adapters.map(({ name }) => name)).toEqual(['a GPU', openCpuDevice('').report.name]);
  });

  it('moves each cell to its own adapter', () => {
    const first = copy({ cells: results.cells.slice(0, 3), adapters: [gpu()] });
    const merged = mergeSweeps(named(first, copy({ cells: results.cells.slice(3) })));
    expect(merged.results.cells.map(({ adapter }) => merged.results.adapters[adapter].backend)).toEqual([
      ...['webgpu', 'webgpu', 'webgpu'],
      ...['cpu', 'cpu', 'cpu'],
    ]);
  });

  it('prefers a cell to a gap', () => {
    const gap = { group: results.cells[1].group, method: 'low-rank', requestedRate: 0.5, reason: 'It broke.' };
    const gapped = copy({ cells: [results.cells[0]], gaps: [gap] });
    expect(mergeSweeps(named(gapped)).results.gaps).toEqual([gap]);
    for (const parts of [named(gapped, copy()), named(copy(), gapped)]) {
      expect(mergeSweeps(parts).results).toMatchObject({ gaps: [], cells: results.cells });
    }
  });
});
