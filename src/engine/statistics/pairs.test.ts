import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairCoins } from './binomial';
import { bootstrapInterval } from './bootstrap';
import reference from './fixtures/pairs.json';
import { mcNemarExact } from './mcnemar';
import { type PairedItems, resampledLead, valueAt } from './resampled-items';

/** A generator of its own (Park, Miller), so that the test knows nobody of the house either. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const items: fc.Arbitrary<PairedItems> = fc
  .tuple(fc.nat(300), fc.nat(300), fc.nat(300))
  .filter(([b, c, rest]) => b + c + rest > 0)
  .map(([firstOnly, secondOnly, rest]) => ({ firstOnly, secondOnly, items: firstOnly + secondOnly + rest }));

describe(`fair coins and McNemar’s test, against ${reference.source}`, () => {
  it.each(reference.binomial)('P(X = $k) of $n is SciPy’s', ({ k, n, p }) => {
    expect(Math.abs(fairCoins(k, n) / p - 1)).toBeLessThan(1e-10);
  });

  it.each(reference.mcNemar)('$firstOnly against $secondOnly has the p value of both', ({ firstOnly, secondOnly, scipy, statsmodels }) => {
    for (const expected of [scipy, statsmodels]) {
      expect(Math.abs(mcNemarExact(firstOnly, secondOnly) / expected - 1)).toBeLessThan(1e-9);
    }
    expect(mcNemarExact(secondOnly, firstOnly)).toBe(mcNemarExact(firstOnly, secondOnly));
  });

  it('is a probability, and smaller where the sides differ more', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (a, b) => {
        const p = mcNemarExact(a, b);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        if (a > 0 && a <= b) expect(mcNemarExact(a - 1, b + 1)).toBeLessThanOrEqual(p);
      }),
    );
  });
});

describe('the lead of a resample', () => {
  it.each(reference.lead)('of $firstOnly and $secondOnly of $items is distributed as the power of its polynomial', (given) => {
    const distribution = resampledLead(given);
    for (const [i, value] of given.values.entries()) {
      expect(distribution.cumulative[value - distribution.first]).toBeCloseTo(given.cumulative[i], 10);
    }
  });

  it('has the mean and the variance of n draws, whatever the counts', () => {
    fc.assert(
      fc.property(items, (given) => {
        const { first, cumulative } = resampledLead(given);
        let [mean, square] = [0, 0];
        for (let i = 0; i < cumulative.length; i++) {
          const p = cumulative[i] - (i > 0 ? cumulative[i - 1] : 0);
          mean += p * (first + i);
          square += p * (first + i) ** 2;
        }
        const lead = given.firstOnly - given.secondOnly;
        const variance = given.firstOnly + given.secondOnly - lead ** 2 / given.items;
        expect(Math.abs(mean - lead)).toBeLessThan(1e-6 * given.items);
        expect(Math.abs(square - mean ** 2 - variance)).toBeLessThan(1e-4 * (1 + variance));
        expect(cumulative.at(-1)).toBe(1);
      }),
    );
  });

  it('stays exact where a plain power underflows', () => {
    for (const given of [
      { firstOnly: 1, secondOnly: 99_999, items: 100_000 },
      { firstOnly: 50_001, secondOnly: 50_000, items: 100_001 },
      { firstOnly: 900, secondOnly: 1000, items: 100_000 },
    ]) {
      const distribution = resampledLead(given);
      const [low, high] = [valueAt(distribution, 0.16), valueAt(distribution, 0.84)];
      const lead = given.firstOnly - given.secondOnly;
      const deviation = Math.sqrt(given.firstOnly + given.secondOnly - lead ** 2 / given.items);
      expect(Math.abs((low + high) / 2 - lead)).toBeLessThan(2 + 0.01 * deviation);
      expect(Math.abs((high - low) / 2 - deviation)).toBeLessThan(2 + 0.02 * deviation);
    }
  });
});

describe(`the bootstrap interval, against 400,000 replicates drawn item by item in ${reference.source}`, () => {
  it.each(reference.bootstrap)('of $name has NumPy’s ends, up to the noise of its replicates', ({ seeds, low, high, deviation }) => {
    const interval = bootstrapInterval(seeds, generator(7), 40_000);
    expect(Math.abs(interval![0] - low)).toBeLessThan(0.06 * deviation);
    expect(Math.abs(interval![1] - high)).toBeLessThan(0.06 * deviation);
  });

  it('is the same for the same generator, turns round with its sides, and holds zero where nothing differs', () => {
    const seeds = reference.bootstrap[0].seeds;
    expect(bootstrapInterval(seeds, generator(1), 2000)).toEqual(bootstrapInterval(seeds, generator(1), 2000));
    expect(bootstrapInterval([{ firstOnly: 0, secondOnly: 0, items: 5 }, ...seeds.slice(0, 0)], generator(1), 100)).toBeNull();
    const level = { firstOnly: 0, secondOnly: 0, items: 5 };
    expect(bootstrapInterval([level, level], generator(1), 100)).toEqual([0, 0]);
    const turned = seeds.map(({ firstOnly, secondOnly, items: n }) => ({ firstOnly: secondOnly, secondOnly: firstOnly, items: n }));
    const [there, back] = [bootstrapInterval(seeds, generator(1), 20_000)!, bootstrapInterval(turned, generator(2), 20_000)!];
    expect(there[0]).toBeCloseTo(-back[1], 2);
    expect(there[1]).toBeCloseTo(-back[0], 2);
  });

  it('lies within what any resample can be', () => {
    fc.assert(
      fc.property(fc.array(items, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 1e9 }), (seeds, seed) => {
        const [low, high] = bootstrapInterval(seeds, generator(seed), 200)!;
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });
});
