import { describe, expect, it } from 'vitest';
import type { ResultRow } from '../../../protocol/results';
import { groupResults } from '../../../store/statistics';
import { extentOf, pairsOf } from './seed-pairs';

const row = (method: string, seed: number, testAccuracy: number): ResultRow => ({
  method,
  requestedRate: method === 'full' ? null : 0.9,
  rate: method === 'full' ? 0 : 0.9,
  bytes: 1000,
  networkBytes: 1100,
  rank: null,
  levels: null,
  groups: null,
  validationAccuracy: testAccuracy,
  testAccuracy,
  beforeRetrainingAccuracy: null,
  macroF1: testAccuracy,
  validationMacroF1: testAccuracy,
  beforeRetrainingMacroF1: null,
  majorityAccuracy: 0.5,
  testCount: 450,
  learningRate: null,
  steps: 1,
  seconds: 1,
  seed,
});

describe('a method against the full table', () => {
  it('is compared within each seed, and only where both are there', () => {
    const [full, codebook] = groupResults([
      row('full', 1, 0.8),
      row('full', 2, 0.9),
      row('codebook', 2, 0.88),
      row('codebook', 1, 0.81),
      row('codebook', 3, 0.5),
    ]);
    const pairs = pairsOf(codebook, full);
    expect(pairs.map(({ seed }) => seed)).toEqual([2, 1]);
    expect(pairs[0].gain).toBeCloseTo(-0.02, 12);
    expect(pairs[1].gain).toBeCloseTo(0.01, 12);
    // What the tick shows is the mean of what the dots show.
    expect(-codebook.drop!.mean).toBeCloseTo((pairs[0].gain + pairs[1].gain) / 2, 12);
    expect(pairsOf(codebook, undefined)).toEqual([]);
  });

  it('has an axis in whole points that holds every dot', () => {
    expect(extentOf([])).toBe(0.02);
    for (const gains of [[0.001], [-0.031, 0.01], [-0.34], [0.0451]]) {
      const extent = extentOf(gains);
      expect(100 * extent).toBeCloseTo(Math.round(100 * extent), 9);
      for (const gain of gains) expect(Math.abs(gain)).toBeLessThan(extent);
    }
  });
});
