import { describe, expect, it } from 'vitest';
import { rankQuality } from './spectrum';

describe('rankQuality', () => {
  it('is the share of the squares, and the root of what is left', () => {
    const { retainedEnergy, relativeError } = rankQuality([4, 2, 2, 1]);
    expect(retainedEnergy).toEqual([16 / 25, 20 / 25, 24 / 25, 1]);
    relativeError.forEach((error, i) => {
      expect(error).toBeCloseTo([0.6, Math.sqrt(0.2), 0.2, 0][i], 14);
    });
  });

  it('loses nothing of a zero table', () => {
    expect(rankQuality([0, 0])).toEqual({ retainedEnergy: [1, 1], relativeError: [0, 0] });
  });

  it('keeps the smallest of a long tail', () => {
    const { relativeError } = rankQuality([1, 1e-10]);
    expect(relativeError[0]).toBeCloseTo(1e-10, 20);
    expect(relativeError[1]).toBe(0);
  });
});
