import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors';
import { Random } from '../random';
import { type Eigen, symmetricEigen as solve } from './eigen';

const symmetricEigen = (a: Float64Array, n: number, vectors = n): Promise<Eigen> => solve(a, n, { vectors, turn: async () => {} });

function randomSymmetric(n: number, seed: number): Float64Array {
  const random = new Random(seed);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = random.normal();
  return a;
}

/** Largest |A v - lambda v| and |v_i . v_j - delta_ij|. */
async function residuals(a: Float64Array, n: number): Promise<{ equation: number; orthogonality: number; descending: boolean }> {
  const { values, vectors } = await symmetricEigen(a, n);
  let equation = 0;
  let orthogonality = 0;
  let descending = true;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      let product = 0;
      let dot = 0;
      for (let j = 0; j < n; j++) {
        product += a[i * n + j] * vectors[k * n + j];
        dot += vectors[i * n + j] * vectors[k * n + j];
      }
      equation = Math.max(equation, Math.abs(product - values[k] * vectors[k * n + i]));
      orthogonality = Math.max(orthogonality, Math.abs(dot - (i === k ? 1 : 0)));
    }
    if (k > 0 && values[k] > values[k - 1]) descending = false;
  }
  return { equation, orthogonality, descending };
}

describe('symmetricEigen', () => {
  it.each([1, 2, 3, 10, 61, 150])('solves A v = lambda v for n = %i', async (n) => {
    const { equation, orthogonality, descending } = await residuals(randomSymmetric(n, n), n);
    expect(equation).toBeLessThan(1e-13 * n);
    expect(orthogonality).toBeLessThan(1e-14 * Math.max(4, n));
    expect(descending).toBe(true);
  });

  it('knows the second difference matrix: 2 - 2 cos(k pi / (n + 1))', async () => {
    const n = 40;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      a[i * n + i] = 2;
      if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
    }
    const { values } = await symmetricEigen(a, n);
    values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)), 13);
    });
  });

  it('takes any size of numbers: 1e-150 and 1e150', async () => {
    for (const scale of [1e-150, 1e150]) {
      const { values } = await symmetricEigen(
        Float64Array.from([2, 1, 1, 2], (value) => value * scale),
        2,
      );
      expect(values[0] / scale).toBeCloseTo(3, 14);
      expect(values[1] / scale).toBeCloseTo(1, 14);
    }
  });

  it('takes repeated values, zeros and rank one', async () => {
    const n = 8;
    const identity = new Float64Array(n * n).map((_, at) => (at % (n + 1) === 0 ? 3 : 0));
    expect(Array.from((await symmetricEigen(identity, n)).values)).toEqual(new Array(n).fill(3));
    expect((await residuals(identity, n)).orthogonality).toBe(0);
    expect(Array.from((await symmetricEigen(new Float64Array(n * n), n)).values)).toEqual(new Array(n).fill(0));
    const ones = new Float64Array(n * n).fill(1);
    const { values } = await symmetricEigen(ones, n);
    expect(values[0]).toBeCloseTo(n, 13);
    for (const value of values.subarray(1)) expect(Math.abs(value)).toBeLessThan(1e-14);
    expect((await residuals(ones, n)).orthogonality).toBeLessThan(1e-13);
  });

  it('fixes the sign: the component of largest size is positive', async () => {
    const n = 12;
    const { vectors } = await symmetricEigen(randomSymmetric(n, 5), n);
    for (let k = 0; k < n; k++) {
      const vector = vectors.subarray(k * n, (k + 1) * n);
      const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
      expect(largest).toBeGreaterThan(0);
    }
  });

  it('gives the same values without vectors, and the same bits', async () => {
    const a = randomSymmetric(90, 7);
    const { values, vectors } = await symmetricEigen(a, 90, 0);
    expect(vectors.length).toBe(0);
    expect(values).toEqual((await symmetricEigen(a, 90)).values);
  });

  it.each([
    ['that stand apart', 80, (n: number) => randomSymmetric(n, 9)],
    ['of a matrix that falls apart', 40, (n: number) => Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 + at : 0))],
    // Equal values: inverse iteration gives way to QL.
    ['that are all the same', 30, (n: number) => Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 3 : 0))],
    ['of rank two', 30, (n: number) => Float64Array.from({ length: n * n }, (_, at) => (1 + (at % n)) * (1 + Math.floor(at / n)) + 1)],
    ['of size two', 2, () => Float64Array.from([2, 1, 1, 2])],
  ])('gives the leading vectors alone, of values %s', async (_, n, make) => {
    const a = make(n);
    for (const wanted of [1, 2, Math.ceil(n / 3)]) {
      const { values, vectors } = await symmetricEigen(a, n, wanted);
      expect(values).toEqual((await symmetricEigen(a, n)).values);
      expect(vectors.length).toBe(wanted * n);
      const scale = Math.abs(values[0]);
      for (let k = 0; k < wanted; k++) {
        const own = vectors.subarray(k * n, (k + 1) * n);
        for (let i = 0; i < n; i++) {
          let product = 0;
          for (let j = 0; j < n; j++) product += a[i * n + j] * own[j];
          expect(Math.abs(product - values[k] * own[i])).toBeLessThan(1e-10 * scale);
        }
        for (let l = 0; l <= k; l++) {
          const dot = own.reduce((sum, value, i) => sum + value * vectors[l * n + i], 0);
          expect(Math.abs(dot - (l === k ? 1 : 0))).toBeLessThan(1e-8);
        }
        const largest = own.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
        expect(largest).toBeGreaterThan(0);
      }
    }
  });

  it('gives others a turn during long work, and stops where a turn says so', async () => {
    const n = 400;
    const a = randomSymmetric(n, 2);
    let turns = 0;
    const turn = async () => {
      turns++;
    };
    await solve(a, n, { vectors: n, turn });
    expect(turns).toBeGreaterThan(3);
    const stopped = solve(a, n, { vectors: n, turn: () => Promise.reject(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('refuses numbers that are not finite', async () => {
    await expect(symmetricEigen(Float64Array.from([1, Number.NaN, Number.NaN, 1]), 2)).rejects.toThrow(LabError);
  });

  it('holds for any symmetric matrix, graded and sparse ones included', async () => {
    const element = fc.oneof(
      fc.constant(0),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1e-12, max: 1e-12, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }).chain((n) => fc.tuple(fc.constant(n), fc.array(element, { minLength: n * n, maxLength: n * n }))),
        async ([n, elements]) => {
          const a = new Float64Array(n * n);
          for (let i = 0; i < n; i++) for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = elements[i * n + j];
          const { equation, orthogonality, descending } = await residuals(a, n);
          expect(equation).toBeLessThan(1e-13);
          expect(orthogonality).toBeLessThan(1e-13);
          expect(descending).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
