import { describe, expect, it } from 'vitest';
import { trendOf } from './trend';

const growthPerMinute = (samples: Parameters<typeof trendOf>[0]) => trendOf(samples).perMinute;
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

describe('the interval of the growth', () => {
  it('is the slope itself where the samples lie on a line', () => {
    expect(trendOf(at(...Array.from({ length: 20 }, (_, i) => i)))).toEqual({ perMinute: 2, from: 2, to: 2 });
  });

  it('holds nothing of noise that goes nowhere, and leaves nothing out of a growth in it', () => {
    const noisy = (perSample: number) => trendOf(at(...Array.from({ length: 30 }, (_, i) => perSample * i + 3 * Math.sin(7 * i * i))));
    expect(noisy(0).from).toBeLessThan(0);
    expect(noisy(0).to).toBeGreaterThan(0);
    expect(noisy(0.5).from).toBeGreaterThan(0);
    expect(noisy(0.5).from).toBeLessThan(1);
    expect(noisy(0.5).to).toBeGreaterThan(1);
  });

  it('takes its ranks by the variance of Kendall’s S', () => {
    // Sen's interval of ten samples takes the 12th and the 34th of 45 slopes, as 1.96 * sqrt(125) = 21.9.
    const values = [3, 1, 4, 1.5, 5, 9, 2.6, 5.3, 5.8, 9.7];
    const slopes = values
      .flatMap((value, i) => values.slice(i + 1).map((later, k) => (later - value) / ((k + 1) / 2)))
      .sort((a, b) => a - b);
    expect(trendOf(at(...values))).toEqual({ perMinute: slopes[22], from: slopes[11], to: slopes[34] });
  });
});
