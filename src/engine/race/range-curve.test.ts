import { describe, expect, it } from 'vitest';
import type { RangeTestResult } from '../../protocol/race';
import { Random } from '../random';
import { RangeCurve, risingRate } from './range-curve';

/** The curve of a made-up loss over the logarithm (base 10) of the rate, with the batches' noise. */
function curve(loss: (log10: number) => number, { from = 1e-5, to = 10, steps = 100, noise = 0, seed = 1 } = {}): RangeTestResult {
  const random = new Random(seed);
  const rateAt = risingRate(from, to, steps);
  const made = new RangeCurve(steps);
  for (let step = 0; step < steps; step++) {
    const rate = rateAt(step);
    made.add(rate, loss(Math.log10(rate)) + noise * random.normal());
  }
  return made.result();
}

/** Flat at 0.7 until 1e-3, down to 0.4 at 3e-2 (a decade and a half), and steeply up from 0.1 on. */
const usual = (x: number) => 0.7 - 0.3 * Math.min(1, Math.max(0, (x + 3) / 1.5)) + (x > -1 ? 3 * (x + 1) ** 2 : 0);

describe('a range test’s rate', () => {
  it('rises by one factor from its lowest to its highest', () => {
    const rate = risingRate(1e-4, 1, 5);
    [1e-4, 1e-3, 1e-2, 1e-1, 1].forEach((expected, step) => expect(rate(step)).toBeCloseTo(expected, 12));
    expect(rate(4)).toBe(1);
  });
});

describe('a range test’s curve', () => {
  it('is smoothed by an exponential average that is corrected for its start', () => {
    const { smoothedLosses } = curve(() => 0.7);
    smoothedLosses.forEach((loss) => expect(loss).toBeCloseTo(0.7, 12));
    // m = 0.9 with 100 steps: (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.81).
    const short = new RangeCurve(100);
    short.add(1e-3, 1);
    short.add(2e-3, 3);
    expect(short.smoothedLosses[1]).toBeCloseTo(0.39 / 0.19, 12);
  });

  it('drops and counts losses that are not finite', () => {
    const { dropped, losses, learningRates } = curve((x) => (x > 0.5 ? Number.NaN : usual(Math.min(x, -1))));
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(dropped).toBeGreaterThan(3);
    expect(losses.length + dropped).toBe(100);
    expect(learningRates).toHaveLength(losses.length);
  });

  it('ends where the smoothed loss is four times its best', () => {
    const { smoothedLosses, learningRates } = curve((x) => usual(x) + (x > -0.5 ? 10 * (x + 0.5) : 0));
    expect(learningRates.length).toBeLessThan(95);
    const best = Math.min(...smoothedLosses);
    expect(smoothedLosses.at(-1)).toBeGreaterThan(4 * best);
    expect(smoothedLosses.at(-2)).toBeLessThanOrEqual(4 * best);
  });
});

describe('the proposal', () => {
  it.each([40, 100, 400])('has lb where the loss begins to fall and ub below where it leaves its lowest, in %i steps', (steps) => {
    for (const noise of [0, 0.03]) {
      for (const seed of [1, 2, 3]) {
        const { proposal, reason } = curve(usual, { steps, noise, seed });
        if (!proposal) throw new Error(reason);
        expect(proposal.lower, `lb at noise ${noise}`).toBeGreaterThan(3e-4);
        expect(proposal.lower, `lb at noise ${noise}`).toBeLessThan(6e-3);
        expect(proposal.upper, `ub at noise ${noise}`).toBeGreaterThan(1.5e-2);
        expect(proposal.upper, `ub at noise ${noise}`).toBeLessThan(0.15);
        expect(reason).toMatch(/falls from a rate of .* leaves its lowest value at/);
      }
    }
  });

  it('moves with the curve, by as many decades', () => {
    const there = curve(usual).proposal;
    const moved = curve((x) => usual(x - 1), { from: 1e-4, to: 100 }).proposal;
    expect((moved?.upper ?? 0) / (there?.upper ?? 1)).toBeCloseTo(10, 6);
    expect((moved?.lower ?? 0) / (there?.lower ?? 1)).toBeCloseTo(10, 6);
  });

  it('says so where the loss still falls at the highest rate', () => {
    const { proposal, reason } = curve(usual, { to: 5e-2 });
    expect(proposal?.upper).toBeLessThan(5e-2);
    expect(reason).toContain('has not risen again at the highest rate');
  });

  it('is none where there is no descent, and says why', () => {
    let none = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const flat = curve(() => 0.7, { noise: 0.05, seed });
      none += flat.proposal === null ? 1 : 0;
    }
    // A fall of four deviations is to be had by chance, but seldom.
    expect(none).toBeGreaterThanOrEqual(36);
    expect(curve(() => 0.7)).toMatchObject({ proposal: null, reason: expect.stringContaining('no more than its noise') });
    expect(curve((x) => 0.7 + 0.05 * (x + 5))).toMatchObject({ proposal: null });
    expect(curve((x) => (x > -4.8 ? Number.NaN : 0.7))).toMatchObject({
      proposal: null,
      reason: expect.stringContaining('within ten steps'),
    });
  });

  it('keeps lb and ub apart where the loss falls all at once', () => {
    const { proposal } = curve((x) => (x < -2 ? 0.7 : x < -1.5 ? 0.3 : 0.3 + 5 * (x + 1.5)));
    expect((proposal?.upper ?? 0) / (proposal?.lower ?? 1)).toBeGreaterThanOrEqual(3);
  });
});
