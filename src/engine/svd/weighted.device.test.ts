import { describe, expect, it } from 'vitest';
import { excess, openTestDevices } from '../device/testing';
import { type Matrix, matrix } from '../matrix';
import { Random } from '../random';
import fixture from './fixtures/weighted-svd.json';
import { truncatedSvd } from './svd';
import { weightedSvd } from './weighted';

const devices = await openTestDevices();

function productOf(a: Matrix, b: Matrix): Float64Array {
  const product = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      for (let k = 0; k < a.columns; k++) product[i * b.columns + j] += a.values[i * a.columns + k] * b.values[k * b.columns + j];
    }
  }
  return product;
}

const identity = (d: number) => Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0));

function randomTable(rows: number, columns: number): Matrix {
  const random = new Random(4);
  return matrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, (_, at) => random.normal() / (1 + (at % columns))),
  );
}

describe.each(devices)('the weighted factorization on $report.backend', (device) => {
  const table = matrix(fixture.rows, fixture.columns, Float32Array.from(fixture.table));
  const columnMetric = Float64Array.from(fixture.metric);

  it.each([
    ['all rows alike', undefined, fixture.plain],
    ['rows by weight', fixture.rowWeights, fixture.weighted],
  ] as const)('is LAPACK’s, %s', async (_, rowWeights, expected) => {
    const { a, b, singularValues } = await weightedSvd(table, device, { rank: fixture.rank, columnMetric, rowWeights });
    expect(excess(singularValues, expected.singularValues, 1e-6, 1e-7)).toBeLessThanOrEqual(0);
    expect(excess(productOf(a, b), expected.product, 1e-5, 2e-6)).toBeLessThanOrEqual(0);
  });

  it('is balanced: A^T A and B B^T are the same diagonal', async () => {
    const { a, b, rank } = await weightedSvd(table, device, { rank: fixture.rank, columnMetric });
    const square = (values: Float32Array, at: (k: number, i: number) => number, count: number, k: number, l: number) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += values[at(k, i)] * values[at(l, i)];
      return sum;
    };
    for (let k = 0; k < rank; k++) {
      for (let l = 0; l < rank; l++) {
        const left = square(a.values, (column, i) => i * rank + column, a.rows, k, l);
        const right = square(b.values, (row, j) => row * b.columns + j, b.columns, k, l);
        expect(left).toBeCloseTo(right, 4);
        if (k !== l) expect(left).toBeCloseTo(0, 4);
      }
    }
  });

  it('is the plain one where all directions matter alike', async () => {
    const plain = await truncatedSvd(table, device, { rank: 3 });
    const weighted = await weightedSvd(table, device, { rank: 3, columnMetric: identity(6) });
    expect(excess(productOf(weighted.a, weighted.b), productOf(plain.a, plain.b), 1e-5, 2e-6)).toBeLessThanOrEqual(0);
    expect(weighted.retainedEnergy).toBeCloseTo(plain.retainedEnergy, 6);
  });

  it('gives a table of the rank itself back, whatever the metric, and more ranks than it has no noise', async () => {
    const factors = [randomTable(40, 2), randomTable(2, 6)];
    const low = matrix(40, 6, Float32Array.from(productOf(factors[0], factors[1])));
    for (const rank of [2, 5]) {
      const { a, b } = await weightedSvd(low, device, { rank, columnMetric });
      expect(excess(productOf(a, b), low.values, 1e-4, 1e-5)).toBeLessThanOrEqual(0);
    }
  });

  it('takes a table of zeros, one with more columns than rows, and the same bits twice', async () => {
    const zeros = await weightedSvd(matrix(5, 6), device, { rank: 2, columnMetric });
    expect([...zeros.a.values, ...zeros.b.values].every((value) => value === 0)).toBe(true);
    const wide = randomTable(3, 6);
    const first = await weightedSvd(wide, device, { rank: 3, columnMetric });
    expect(excess(productOf(first.a, first.b), wide.values, 1e-4, 1e-5)).toBeLessThanOrEqual(0);
    expect(await weightedSvd(wide, device, { rank: 3, columnMetric })).toEqual(first);
  });

  it('refuses a rank that there is not', async () => {
    await expect(weightedSvd(table, device, { rank: 7, columnMetric })).rejects.toThrow('no rank-7 factorization');
  });
});
