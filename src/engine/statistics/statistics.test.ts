import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from './holm';
import { pairedDifference } from './paired';
import { studentTQuantile, studentTTwoSided } from './student-t';

describe('Student’s t', () => {
  /** scipy.stats.t.ppf (SciPy 1.17.1). */
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 4, 2.7764451051977934],
    [0.975, 9, 2.262157162798205],
    [0.995, 4, 4.604094871349992],
    [0.95, 30, 1.697260886593957],
    [0.975, 99, 1.9842169515864174],
    [0.6, 3, 0.2766706623326898],
  ])('has the quantile of %f with %i degrees that SciPy has', (p, degrees, expected) => {
    expect(Math.abs(studentTQuantile(p, degrees) / expected - 1)).toBeLessThan(1e-7);
    expect(studentTQuantile(1 - p, degrees)).toBeCloseTo(-expected, 6);
  });

  /** 2 * scipy.stats.t.sf(|t|). */
  it.each([
    [0.5, 1, 0.7048327646991335],
    [2, 4, 0.11611652351681556],
    [-2.776, 4, 0.05002277831997642],
    [5, 9, 0.0007389679098032426],
    [12, 2, 0.00687293367715846],
    [0, 7, 1],
    [3.3, 29, 0.0025669142292085896],
  ])('has the p value of t = %f with %i degrees that SciPy has', (t, degrees, expected) => {
    expect(Math.abs(studentTTwoSided(t, degrees) / expected - 1)).toBeLessThan(1e-8);
  });
});

describe('the paired difference', () => {
  it('of Student’s own data on sleep is that of scipy.stats.ttest_rel', () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { pairs, mean, interval, p } = pairedDifference(first, second);
    expect(pairs).toBe(10);
    expect(mean).toBeCloseTo(-1.58, 12);
    expect(interval?.[0]).toBeCloseTo(-2.459885763276983, 6);
    expect(interval?.[1]).toBeCloseTo(-0.7001142367230175, 6);
    expect(p).toBeCloseTo(0.002832890197384273, 9);
  });

  it('of one pair has a mean and nothing more', () => {
    expect(pairedDifference([0.84], [0.8])).toMatchObject({ pairs: 1, mean: expect.closeTo(0.04, 12), interval: null, p: null });
  });

  it('of equal rows is zero for sure; of one and the same lead, without a spread, no proof', () => {
    expect(pairedDifference([0.8, 0.9], [0.8, 0.9])).toMatchObject({ mean: 0, interval: [0, 0], p: 1 });
    const { deviation, p } = pairedDifference([0.83, 0.85, 0.87], [0.82, 0.84, 0.86]);
    expect([deviation, p]).toEqual([0, null]);
  });

  it('turns round with its sides, and its interval excludes zero where p is below 5 %', () => {
    const values = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(values, (pairs) => {
        const there = pairedDifference(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        );
        const back = pairedDifference(
          pairs.map(([, b]) => b),
          pairs.map(([a]) => a),
        );
        expect(back.mean).toBeCloseTo(-there.mean, 12);
        expect(back.p).toBe(there.p);
        const [low, high] = there.interval as [number, number];
        if (there.p !== null && there.deviation && Math.abs(there.p - 0.05) > 1e-6) expect(low > 0 || high < 0).toBe(there.p < 0.05);
      }),
      { numRuns: 300 },
    );
  });

  it('needs pairs', () => {
    expect(() => pairedDifference([1, 2], [1])).toThrow('pairs are needed');
    expect(() => pairedDifference([], [])).toThrow('pairs are needed');
  });
});

describe('Holm’s correction', () => {
  it('is that of R’s p.adjust', () => {
    const close = (values: (number | null)[]) => values.map((value) => Number(value?.toFixed(12)));
    expect(close(holm([0.01, 0.04, 0.03, 0.005]))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(close(holm([0.01, 0.02, 0.03, 0.04]))).toEqual([0.04, 0.06, 0.06, 0.06]);
    expect(close(holm([0.5, 0.9]))).toEqual([1, 1]);
    expect(holm([0.02])).toEqual([0.02]);
    expect(holm([])).toEqual([]);
  });

  it('counts a test that could not be made', () => {
    expect(holm([0.01, null, 0.3])).toEqual([0.03, null, 0.6]);
  });
});
