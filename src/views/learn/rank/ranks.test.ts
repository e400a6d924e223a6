import { describe, expect, it } from 'vitest';
import { askedRanks, columnRanks, curveRanks } from './ranks';

describe('the ranks that are asked for', () => {
  it.each([1, 2, 5, 50, 100, 300, 1024])('are whole, from 1 to d = %i, with the chosen one, and no more than twelve', (dimension) => {
    for (const chosen of new Set([1, Math.ceil(dimension / 3), dimension])) {
      const ranks = askedRanks(dimension, chosen);
      expect(ranks.length).toBeLessThanOrEqual(12);
      expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
      for (const rank of [chosen, ...columnRanks(dimension, chosen)]) expect(ranks).toContain(rank);
      for (const rank of ranks) {
        expect(Number.isInteger(rank)).toBe(true);
        expect(rank).toBeGreaterThanOrEqual(1);
        expect(rank).toBeLessThanOrEqual(dimension);
      }
      expect([curveRanks(dimension)[0], curveRanks(dimension).at(-1)]).toEqual([1, dimension]);
    }
  });

  it('are, of 100 dimensions, all of the curve and of the columns', () => {
    expect(askedRanks(100, 30)).toEqual([1, 2, 5, 8, 12, 20, 30, 50, 70, 85, 100]);
    expect(columnRanks(100, 33)).toEqual([100, 50, 33, 20, 5, 1]);
    expect(askedRanks(100, 33)).toEqual([1, 2, 5, 8, 12, 20, 30, 33, 50, 70, 85, 100]);
  });
});
