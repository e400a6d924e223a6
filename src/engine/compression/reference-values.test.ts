import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import golden from './fixtures/codebook.json';
import { optimalCentres } from './kmeans1d';
import { decodeNearest, encodeNearest, fitReferenceValues } from './reference-values';

function normals(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** Sum of squared distances to the nearest centre. */
function squaredError(values: ArrayLike<number>, centres: ArrayLike<number>): number {
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    let best = Number.POSITIVE_INFINITY;
    for (let k = 0; k < centres.length; k++) best = Math.min(best, (values[i] - centres[k]) ** 2);
    error += best;
  }
  return error;
}

/** The optimum by the plain recurrence over sorted values, O(K n^2). */
function optimum(values: readonly number[], clusters: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  const cost = (from: number, to: number) => {
    const run = sorted.slice(from, to);
    const mean = run.reduce((sum, value) => sum + value, 0) / run.length;
    return run.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  let layer = sorted.map((_, j) => cost(0, j + 1));
  for (let k = 1; k < clusters; k++) {
    layer = layer.map((single, j) => {
      let best = single;
      for (let i = 1; i <= j; i++) best = Math.min(best, layer[i - 1] + cost(i, j + 1));
      return best;
    });
  }
  return layer[sorted.length - 1];
}

const unweighted = (values: Float32Array) => ({
  values: Float64Array.from(values).sort(),
  counts: new Float64Array(values.length).fill(1),
});

describe('reference values', () => {
  it.each(Object.entries(golden.optimalSquaredError))('K = %s reach the golden optimum', (clusters, expected) => {
    const values = Float32Array.from(golden.values);
    const centres = fitReferenceValues(values, Number(clusters));
    expect(centres.length).toBe(Number(clusters));
    const error = squaredError(values, centres);
    expect(error).toBeLessThanOrEqual(1.0001 * expected);
    expect(error).toBeGreaterThanOrEqual(0.9999 * expected);
  });

  it.each([2, 9, 40])('K = %i come within a thousandth of the optimum of many values', (clusters) => {
    const values = normals(30_000, clusters).map((value, i) => (i % 1000 === 0 ? 15 * value : value));
    const best = squaredError(values, optimalCentres(unweighted(values), clusters));
    expect(squaredError(values, fitReferenceValues(values, clusters))).toBeLessThanOrEqual(1.001 * best);
  });

  it('come near the asymptotic optimum where K is large: sqrt(3) pi / 2 sigma^2 / K^2 a value', () => {
    const values = normals(200_000, 7);
    const centres = fitReferenceValues(values, 1000);
    const decoded = decodeNearest(encodeNearest(values, centres), centres);
    let error = 0;
    values.forEach((value, i) => {
      error += (value - decoded[i]) ** 2;
    });
    expect(error / values.length).toBeLessThan((1.1 * ((Math.sqrt(3) * Math.PI) / 2)) / 1000 ** 2);
  });

  it('are the values themselves where there are few', () => {
    const few = Float32Array.from([3, -1, 3, 3, 0, -0, 7.5]);
    expect(Array.from(fitReferenceValues(few, 9))).toEqual([-1, 0, 3, 7.5]);
    expect(Array.from(fitReferenceValues(new Float32Array(9), 4))).toEqual([0]);
    const many = Float32Array.from({ length: 50_000 }, (_, i) => i % 300);
    expect(fitReferenceValues(many, 65_536).length).toBe(300);
  });

  it('are the same twice', () => {
    for (const clusters of [9, 300]) {
      expect(fitReferenceValues(normals(20_000, 1), clusters)).toEqual(fitReferenceValues(normals(20_000, 1), clusters));
    }
  });

  it('are ascending, and each value gets the nearest', () => {
    const element = fc.oneof(fc.constant(0), fc.float({ min: -100, max: 100, noNaN: true }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 45 }), (elements, clusters) => {
        const values = Float32Array.from(elements);
        const centres = fitReferenceValues(values, clusters);
        expect(centres.length).toBeLessThanOrEqual(clusters);
        for (let k = 1; k < centres.length; k++) expect(centres[k]).toBeGreaterThan(centres[k - 1]);
        const decoded = decodeNearest(encodeNearest(values, centres), centres);
        let error = 0;
        values.forEach((value, i) => {
          error += (value - decoded[i]) ** 2;
        });
        expect(error).toBeCloseTo(squaredError(values, centres), 8);
      }),
    );
  });
});

describe('optimalCentres', () => {
  it('finds what the plain recurrence finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(0, 1e6),
        (integers, clusters, shift) => {
          const values = integers.map((value) => value + shift);
          const centres = optimalCentres(unweighted(Float32Array.from(values)), clusters);
          expect(squaredError(values, centres)).toBeCloseTo(optimum(values, clusters), 6);
        },
      ),
    );
  });
});
