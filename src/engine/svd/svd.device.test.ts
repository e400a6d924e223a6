import { describe, expect, it } from 'vitest';
import { asHardware, openTestDevices, withBuffersOf } from '../device/testing';
import { LabError } from '../errors';
import { type Matrix, matrix } from '../matrix';
import { Random } from '../random';
import { gramFloat64, gramOnDevice } from './gram';
import { eckartYoung, formulaCases, orthogonalityError, reconstructionError, worstRelativeError } from './oracles';
import type { RowBlocks } from './row-blocks';
import { spectrum, truncatedSvd } from './svd';

const opened = await openTestDevices();
// A GPU that says that it is one, too: where the CPU plays the GPU the products are its own.
const devices = [
  ...opened.map((device) => [device.report.backend, device] as const),
  ...opened.filter(({ report }) => report.backend === 'webgpu').map((device) => ['hardware', asHardware(device)] as const),
];

/** Like word vectors: random normal, columns of falling size, one large common direction. */
function wordLike(rows: number, columns: number, seed: number): Matrix {
  const random = new Random(seed);
  const table = matrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) table.values[i * columns + j] = 0.5 * Math.cos(j) + random.normal() / (1 + 0.05 * j);
  }
  return table;
}

describe.each(devices)('on %s', (backend, device) => {
  it.each(formulaCases)('singular values of $name agree with LAPACK', async ({ table, singularValues, frobenius }) => {
    const result = await spectrum(table, device);
    expect(result.singularValues.length).toBe(singularValues.length);
    expect(worstRelativeError(result.singularValues, singularValues, 1e-3)).toBeLessThan(1e-4);
    // What lies further down: as far as float64 products reach.
    expect(worstRelativeError(result.singularValues, singularValues, 1e-5)).toBeLessThan(1e-4);
    expect(eckartYoung(result.singularValues, 0)).toBeCloseTo(frobenius, 4);
  });

  it.each(formulaCases)('factors of $name are the best of their rank', async ({ table, singularValues, frobenius }) => {
    const smaller = Math.min(table.rows, table.columns);
    for (const rank of [...new Set([1, 2, Math.ceil(smaller / 2), smaller])]) {
      for (const split of ['balanced', 'left'] as const) {
        const { a, b, retainedEnergy } = await truncatedSvd(table, device, { rank, split });
        expect([a.rows, a.columns, b.rows, b.columns]).toEqual([table.rows, rank, rank, table.columns]);
        expect([...a.values, ...b.values].every(Number.isFinite)).toBe(true);
        const best = eckartYoung(singularValues, rank);
        const error = reconstructionError(table, a, b);
        expect(Math.abs(error - best)).toBeLessThanOrEqual(1e-3 * best + 1e-6 * frobenius);
        expect(retainedEnergy).toBeCloseTo(frobenius === 0 ? 1 : 1 - (best / frobenius) ** 2, 5);
      }
    }
  });

  it('balances the factors: the columns of A and the rows of B have the length s^(1/2)', async () => {
    for (const table of [wordLike(90, 33, 3), wordLike(20, 41, 4)]) {
      const { a, b, singularValues } = await truncatedSvd(table, device, { rank: 5 });
      for (let k = 0; k < 5; k++) {
        const column = Math.hypot(...Array.from({ length: a.rows }, (_, i) => a.values[i * 5 + k]));
        const row = Math.hypot(...b.values.subarray(k * b.columns, (k + 1) * b.columns));
        expect(column ** 2 / singularValues[k]).toBeCloseTo(1, 5);
        expect(row ** 2 / singularValues[k]).toBeCloseTo(1, 5);
      }
      expect(orthogonalityError(b)).toBeLessThan(1e-6);
    }
  });

  it('puts all of the scale in A when it is split to the left', async () => {
    for (const table of [wordLike(90, 33, 3), wordLike(20, 41, 4)]) {
      const { a, b, singularValues } = await truncatedSvd(table, device, { rank: 4, split: 'left' });
      for (let k = 0; k < 4; k++) {
        expect(Math.hypot(...b.values.subarray(k * b.columns, (k + 1) * b.columns))).toBeCloseTo(1, 6);
        expect(Math.hypot(...Array.from({ length: a.rows }, (_, i) => a.values[i * 4 + k])) / singularValues[k]).toBeCloseTo(1, 5);
      }
    }
  });

  it('gives zero columns for zero singular values, and no noise', async () => {
    const zero = await truncatedSvd(matrix(9, 5), device, { rank: 5 });
    expect(zero.a.values.every((value) => value === 0)).toBe(true);
    expect(zero.b.values.every((value) => value === 0)).toBe(true);
    expect(zero.retainedEnergy).toBe(1);

    // Rank one, exactly.
    const table = matrix(30, 6);
    for (let i = 0; i < 30; i++) for (let j = 0; j < 6; j++) table.values[i * 6 + j] = (i - 7) * (j + 1);
    const { a, singularValues } = await truncatedSvd(table, device, { rank: 3 });
    expect(Array.from(singularValues.subarray(1))).toEqual([0, 0, 0, 0, 0]);
    for (let i = 0; i < 30; i++) expect([a.values[3 * i + 1], a.values[3 * i + 2]]).toEqual([0, 0]);
  });

  it('gives the same bits twice', async () => {
    const table = wordLike(700, 50, 9);
    const first = await truncatedSvd(table, device, { rank: 12 });
    const second = await truncatedSvd(table, device, { rank: 12 });
    expect(second).toEqual(first);
  });

  it('uses float32 sums only where the spectrum allows it', async () => {
    const smooth = await spectrum(wordLike(3000, 64, 1), device);
    expect(smooth.precision).toBe(backend === 'hardware' ? 'float32' : 'float64');
    const graded = formulaCases.find(({ name }) => name === 'ill-conditioned')!.table;
    expect((await spectrum(graded, device)).precision).toBe('float64');
    const leading = await truncatedSvd(graded, device, { rank: 3, accuracy: 'rank' });
    expect(leading.precision).toBe(backend === 'hardware' ? 'float32' : 'float64');
  });

  it.each([
    [1, 1],
    [3, 70],
    [1000, 101],
    [70_001, 9],
  ])('the Gram matrix of %i x %i agrees with float64, and frees its buffers', async (rows, columns) => {
    const table = wordLike(rows, columns, rows);
    const before = device.counters.liveBuffers;
    const exact = await gramFloat64(table);
    const gram = await gramOnDevice(table, device);
    const largest = Math.max(...exact);
    gram.forEach((value, at) => {
      expect(Math.abs(value - exact[at]) / largest).toBeLessThan(3e-7);
    });
    expect(device.counters.liveBuffers).toBe(before);
  });

  it('factorizes a table in blocks, on a device whose buffers are far smaller, as it does the whole', async () => {
    const table = wordLike(3000, 40, 12);
    const blocks: RowBlocks = {
      rows: table.rows,
      columns: table.columns,
      // Of odd sizes, one of them empty.
      *blocks() {
        let row = 0;
        for (const rows of [1, 700, 0, 2048, 251]) {
          yield matrix(rows, 40, table.values.subarray(row * 40, (row + rows) * 40));
          row += rows;
        }
      },
    };
    const whole = await truncatedSvd(table, device, { rank: 6 });
    const before = device.counters.liveBuffers;
    // The Gram matrix fits into the first, not into the second, and of the table no more than a few rows.
    for (const maxBufferBytes of [2 ** 13, 2 ** 11]) {
      const small = withBuffersOf(device, maxBufferBytes);
      const inBlocks = await truncatedSvd(blocks, small, { rank: 6 });
      expect(worstRelativeError(inBlocks.singularValues, [...whole.singularValues], 1e-3)).toBeLessThan(1e-6);
      const difference = Math.hypot(...inBlocks.a.values.map((value, at) => value - whole.a.values[at]));
      expect(difference / Math.hypot(...whole.a.values)).toBeLessThan(1e-4);
      expect((await spectrum(blocks, small)).singularValues).toEqual(inBlocks.singularValues);
    }
    expect(device.counters.liveBuffers).toBe(before);
  });

  it('refuses a rank that there is not, and numbers that are not finite', async () => {
    for (const rank of [0, -1, 1.5, 6, Number.NaN]) await expect(truncatedSvd(matrix(9, 5), device, { rank })).rejects.toThrow(RangeError);
    const broken = matrix(9, 5);
    broken.values[3] = Number.NaN;
    const before = device.counters.liveBuffers;
    await expect(truncatedSvd(broken, device, { rank: 2 })).rejects.toThrow(LabError);
    expect(device.counters.liveBuffers).toBe(before);
  });
});
