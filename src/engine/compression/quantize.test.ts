import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { decodeUniform, encodeUniform, fitLeastSquares, fitMinMax, squaredError, type UniformQuantizer } from './quantize';

/** Like a trained table: normal, a few weights far out, off zero. */
function weights(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, (_, i) => 0.05 + 0.4 * random.normal() * (i % 500 === 0 ? 10 : 1));
}

const roundTrip = (values: Float32Array, quantizer: UniformQuantizer) => decodeUniform(encodeUniform(values, quantizer), quantizer);

/** Least error over a dense grid of both ends: slow and plain. */
function bestOfGrid(values: Float32Array, levels: number): number {
  const sorted = values.slice().sort();
  const median = sorted[sorted.length >> 1];
  const ends = (extreme: number) => Array.from({ length: 70 }, (_, i) => median + (extreme - median) * ((i + 1) / 70) ** 2);
  let best = Number.POSITIVE_INFINITY;
  for (const lowest of ends(sorted[0])) {
    for (const high of ends(sorted[sorted.length - 1])) {
      best = Math.min(best, squaredError(values, { levels, lowest, step: (high - lowest) / (levels - 1) }));
    }
  }
  return best;
}

describe('the uniform quantizer', () => {
  it('rounds to the nearest level and clips', () => {
    const values = Float32Array.from([-2, -1, -0.6, -0.4, 0, 0.74, 0.76, 1, 9]);
    const quantizer = { levels: 5, lowest: -1, step: 0.5 };
    expect(Array.from(encodeUniform(values, quantizer))).toEqual([0, 0, 1, 1, 2, 3, 4, 4, 4]);
    expect(Array.from(roundTrip(values, quantizer))).toEqual([-1, -1, -0.5, -0.5, 0, 0.5, 1, 1, 1]);
    expect(squaredError(values, quantizer)).toBeCloseTo(1 + 0.01 + 0.01 + 0.24 ** 2 + 0.24 ** 2 + 64, 5);
  });

  it('reaches from the smallest to the largest weight with min-max', () => {
    const values = weights(1000, 1);
    const { lowest, step } = fitMinMax(values, 9);
    expect(lowest).toBe(Math.min(...values));
    expect(lowest + 8 * step).toBeCloseTo(Math.max(...values), 5);
  });

  it('holds a table of equal weights exactly', () => {
    for (const toQuantizer of [fitMinMax, fitLeastSquares]) {
      const values = new Float32Array(12).fill(0.3);
      expect(roundTrip(values, toQuantizer(values, 4))).toEqual(values);
    }
  });

  it.each([2, 3, 4, 9, 16, 40, 256])('with %i levels, clips to within a hundredth of the best range', (levels) => {
    for (const values of [weights(3000, levels), weights(3000, levels).map((value) => value ** 2)]) {
      expect(squaredError(values, fitLeastSquares(values, levels))).toBeLessThanOrEqual(1.01 * bestOfGrid(values, levels));
    }
  });

  it('gains much over min-max where there are few levels and outliers', () => {
    const values = weights(20_000, 3);
    expect(squaredError(values, fitLeastSquares(values, 9))).toBeLessThan(0.2 * squaredError(values, fitMinMax(values, 9)));
  });

  it('gives the same quantizer twice', () => {
    expect(fitLeastSquares(weights(5000, 2), 9)).toEqual(fitLeastSquares(weights(5000, 2), 9));
  });

  it('holds for any values and levels', () => {
    const anyValues = fc
      .array(fc.float({ min: Math.fround(-1e6), max: Math.fround(1e6), noNaN: true }), { minLength: 1, maxLength: 60 })
      .map((values) => Float32Array.from(values));
    fc.assert(
      fc.property(anyValues, fc.oneof(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 65_536 })), (values, levels) => {
        const minimum = Math.min(...values);
        const maximum = Math.max(...values);
        // Steps under the smallest float32 vanish.
        const slack = 1e-40 + 1e-6 * Math.max(Math.abs(minimum), Math.abs(maximum), maximum - minimum);
        const widest = fitMinMax(values, levels);
        const clipped = fitLeastSquares(values, levels);
        expect(squaredError(values, clipped)).toBeLessThanOrEqual(squaredError(values, widest));
        for (const quantizer of [widest, clipped]) {
          const result = roundTrip(values, quantizer);
          expect(new Set(result).size).toBeLessThanOrEqual(levels);
          for (const value of result) {
            expect(value).toBeGreaterThanOrEqual(minimum - slack);
            expect(value).toBeLessThanOrEqual(maximum + slack);
          }
        }
        // No weight moves by more than half a step.
        roundTrip(values, widest).forEach((value, i) => {
          expect(Math.abs(value - values[i])).toBeLessThanOrEqual(widest.step / 2 + slack);
        });
      }),
    );
  });
});
