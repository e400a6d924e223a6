import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SweepResults } from '../../protocol/sweep';
import { openCpuDevice } from '../device/cpu';
import { LabError } from '../errors';
import { encodeBits } from './correct-bits';
import { readSweepResults } from './results';
import { trySweep } from './testing';

let results: SweepResults;

beforeAll(async () => {
  results = await (await trySweep(openCpuDevice('A test asked for it.'))).results;
});

const copy = (): SweepResults => JSON.parse(JSON.stringify(results));

/** Every place of a value, as a path. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

function put(root: unknown, path: readonly (string | number)[], value: unknown): unknown {
  if (path.length === 0) return value;
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root);
  (holder as Record<string, unknown>)[path[path.length - 1]] = value;
  return root;
}

describe('readSweepResults', () => {
  it('reads what was written', () => {
    expect(readSweepResults(copy())).toEqual(results);
  });

  it('drops what it does not know', () => {
    const more = { ...copy(), comment: 'mine', cells: copy().cells.map((cell) => ({ ...cell, colour: 'red' })) };
    expect(readSweepResults(more)).toEqual(results);
  });

  it.each<[string, (file: SweepResults) => unknown, RegExp]>([
    ['of another kind', (file) => ({ ...file, kind: 'recipe' }), /"kind"/],
    [
      'with a cell of no group',
      (file) => put(file, ['cells', 1, 'group'], 'elsewhere'),
      /"cells\[1\]" can't be used: the sweep has no group/,
    ],
    [
      'with a method that the sweep has not',
      (file) => put(file, ['cells', 1, 'row', 'method'], 'codebook'),
      /cells\[1\].*no codebook at 0\.5/,
    ],
    [
      'with a rate that the sweep has not',
      (file) => put(file, ['cells', 1, 'row', 'requestedRate'], 0.7),
      /cells\[1\].*no low-rank at 0\.7/,
    ],
    ['with another seed than the group', (file) => put(file, ['cells', 0, 'row', 'seed'], 2), /seed 2 is not its group's/],
    ['with a cell twice', (file) => ({ ...file, cells: [...file.cells, file.cells[2]] }), /"cells\[6\]" can't be used: it is there twice/],
    ['with no such adapter', (file) => put(file, ['cells', 0, 'adapter'], 1), /there is no adapter 1/],
    ['with bits that are not the items', (file) => put(file, ['cells', 0, 'correct'], ''), /"correct" does not have a bit/],
    [
      'with an accuracy of other items',
      (file) => put(file, ['cells', 0, 'correct'], encodeBits(new Uint8Array(60))),
      /accuracy is not that of/,
    ],
    ['with an accuracy above 1', (file) => put(file, ['cells', 0, 'row', 'testAccuracy'], 2), /"cells\[0\]\.row\.testAccuracy"/],
    ['with a specification of no method', (file) => put(file, ['specification', 'methods'], ['magic']), /magic/],
    [
      'with a cell that is a gap too',
      (file) => ({ ...file, gaps: [{ group: file.cells[1].group, method: 'low-rank', requestedRate: 0.5, reason: 'no' }] }),
      /"gaps\[0\]" can't be used: it is there twice/,
    ],
  ])('refuses a file %s', (_, change, message) => {
    expect(() => readSweepResults(change(copy()), 'all.json')).toThrow(message);
    expect(() => readSweepResults(change(copy()), 'all.json')).toThrow(LabError);
  });

  it('answers anything with results that are true to themselves, or with one sentence', () => {
    const paths = places(copy());
    const rubbish = fc.oneof(
      fc.anything(),
      fc.constantFrom<unknown>(null, undefined, -1, 0, 1e308, Number.NaN, '', '__proto__', [], {}, [[]], 'constructor', '0.5'),
    );
    const survives = (value: unknown) => {
      try {
        const read = readSweepResults(value);
        // What it lets through, it lets through again. As text: JSON has no -0.
        expect(JSON.stringify(readSweepResults(JSON.parse(JSON.stringify(read))))).toBe(JSON.stringify(read));
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        expect(error.message).toMatch(/\.$/);
      }
    };
    fc.assert(fc.property(fc.anything(), survives), { numRuns: 300 });
    fc.assert(
      fc.property(fc.constantFrom(...paths), rubbish, (path, value) => survives(put(copy(), path, value))),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...paths)), { minLength: 1, maxLength: 3 }), (swaps) => {
        const file = copy();
        const at = (path: readonly (string | number)[]) =>
          path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], file);
        for (const [from, to] of swaps) {
          if (to.length > 0 && typeof at(to.slice(0, -1)) === 'object' && at(to.slice(0, -1)) !== null)
            put(file, to, structuredClone(at(from)));
        }
        survives(file);
      }),
      { numRuns: 700 },
    );
  });
});
