import { describe, expect, it } from 'vitest';
import { growthPerMinute } from './trend';

const at = (...values: number[]) => values.map((value, i) => ({ minutes: i / 2, value }));

describe('growth a minute', () => {
  it('is the slope of a line', () => {
    expect(growthPerMinute(at(5, 6, 7, 8))).toBe(2);
    expect(growthPerMinute(at(3, 3, 3))).toBe(0);
  });

  it('is not tilted by one sample out of line', () => {
    expect(growthPerMinute(at(1, 1, 1, 90, 1, 1, 1))).toBe(0);
    expect(growthPerMinute(at(1, 2, 3, 4, 5, 6, 99))).toBe(2);
  });

  it('is not hidden by noise that goes up and down', () => {
    const samples = Array.from({ length: 40 }, (_, i) => ({ minutes: i, value: 100 + 0.5 * i + (i % 2 ? 3 : -3) }));
    expect(growthPerMinute(samples)).toBeCloseTo(0.5, 1);
  });

  it('is none of fewer than two samples, or of two at the same time', () => {
    expect(growthPerMinute([])).toBe(0);
    expect(growthPerMinute(at(7))).toBe(0);
    expect(growthPerMinute([...at(7), ...at(9)])).toBe(0);
  });
});
