import { describe, expect, it } from 'vitest';
import { samplingError, wilsonInterval } from './wilson';

describe('wilsonInterval', () => {
  it.each([
    // Computed by the quadratic that it solves, (p - share)^2 = z^2 p (1 - p) / n.
    [0, 1000],
    [1000, 1000],
    [337, 1000],
    [1, 10],
  ])('holds the shares whose z-test does not reject %i of %i', (successes, trials) => {
    const z = 1.959963984540054;
    const share = successes / trials;
    for (const bound of wilsonInterval(successes, trials)) {
      if (bound === 0 || bound === 1) continue;
      expect((bound - share) ** 2).toBeCloseTo((z * z * bound * (1 - bound)) / trials, 12);
    }
    const [low, high] = wilsonInterval(successes, trials);
    expect(low).toBeLessThanOrEqual(share);
    expect(high).toBeGreaterThanOrEqual(share);
  });
});

describe('samplingError', () => {
  it('is that of the normal approximation away from the ends', () => {
    for (const share of [0.16, 0.5, 0.84]) {
      expect(samplingError(share, 450) / Math.sqrt((share * (1 - share)) / 450)).toBeCloseTo(1, 2);
    }
  });

  it('leaves a doubt where all or none are right', () => {
    // The bound solves (1 - p)^2 = p (1 - p) / n: p = n / (n + 1), and half of what is above it is left.
    expect(samplingError(1, 24)).toBeCloseTo(1 / 50, 12);
    expect(samplingError(0, 24)).toBeCloseTo(1 / 50, 12);
  });
});
