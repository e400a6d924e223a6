import { describe, expect, it } from 'vitest';
import type { ResultRow } from '../protocol/results';
import { resultsToCsv } from './export';
import { largestUsefulRank, rankForRate, rateForRank } from './rates';
import { smooth } from './smoothing';
import { groupResults, meanSpread } from './statistics';

const rateByRank = (vocabulary: number, dimension: number) =>
  Array.from({ length: dimension }, (_, i) => 1 - ((i + 1) * (vocabulary + dimension)) / (vocabulary * dimension));

describe('rate and rank', () => {
  it.each([
    [10_000, 300],
    [5_132, 100],
    [400, 50],
    [1_000_000, 1000],
  ])('agree in both directions, for every rank of %i x %i', (vocabulary, dimension) => {
    const rates = rateByRank(vocabulary, dimension);
    for (let rank = 1; rank <= largestUsefulRank(rates); rank++) expect(rankForRate(rates, rateForRank(rates, rank))).toBe(rank);
  });

  it('takes the largest rank that reaches the rate', () => {
    const rates = rateByRank(10_000, 300);
    expect(rankForRate(rates, 0.9)).toBe(29);
    expect(rateForRank(rates, 30)).toBe(0.897);
    expect(rankForRate(rates, 0.9999)).toBe(1);
  });
});

describe('smoothing', () => {
  it('starts at the first value and keeps a constant', () => {
    expect(smooth([2, 2, 2])).toEqual([2, 2, 2].map((value) => expect.closeTo(value, 12)));
    expect(smooth([5])[0]).toBeCloseTo(5, 12);
  });

  it('passes over what is not finite', () => {
    const smoothed = smooth([1, Number.NaN, 1]);
    expect(smoothed[2]).toBeCloseTo(1, 12);
  });
});

const row = (method: string, seed: number, testAccuracy: number, rest: Partial<ResultRow> = {}): ResultRow => ({
  method,
  requestedRate: method === 'full' ? null : 0.9,
  rate: method === 'full' ? 0 : 0.9,
  bytes: 100,
  networkBytes: 200,
  rank: null,
  levels: null,
  groups: null,
  validationAccuracy: testAccuracy,
  validationMacroF1: testAccuracy,
  beforeRetrainingMacroF1: null,
  majorityAccuracy: 0.5,
  testAccuracy,
  beforeRetrainingAccuracy: null,
  macroF1: testAccuracy,
  testCount: 450,
  learningRate: 0.001,
  steps: 10,
  seconds: 1,
  seed,
  ...rest,
});

describe('groups of results', () => {
  it('pair a drop with the full table of the same seed', () => {
    const groups = groupResults([row('full', 1, 0.9), row('low-rank', 1, 0.88), row('full', 2, 0.8), row('low-rank', 2, 0.8)]);
    const low = groups.find((group) => group.method === 'low-rank')!;
    expect(low.drop!.mean).toBeCloseTo(0.01, 12);
    expect(low.drop!.spread).toBeCloseTo(Math.SQRT1_2 * 0.02, 12);
    expect(low.timesSmaller).toBeCloseTo(10, 9);
    expect(groups[0].drop).toBeNull();
  });

  it('have no spread with one seed', () => {
    expect(meanSpread([0.5])).toEqual({ mean: 0.5, spread: null });
    expect(meanSpread([])).toBeNull();
  });

  it('are written as CSV under the names of the results file', () => {
    const [head, line] = resultsToCsv([row('full', 1, 0.9)]).split('\n');
    expect(head.split(',').slice(0, 3)).toEqual(['method', 'requestedRate', 'rate']);
    expect(line).toBe('full,,0,100,200,,,,0.9,0.9,0.9,0.9,,,0.5,450,0.001,10,1,1');
  });
});
