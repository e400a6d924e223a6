import { describe, expect, it } from 'vitest';
import type { NumberLineSpecification } from '../../protocol/number-line';
import { codebook } from '../compression/codebook';
import type { CompressionMethod } from '../compression/method';
import { quantizedMinMax } from '../compression/quantized-min-max';
import { quantizedMse } from '../compression/quantized-mse';
import { openCpuDevice } from '../device/cpu';
import { type Matrix, matrix } from '../matrix';
import { randomVectors } from '../projection/testing/vectors';
import { Random } from '../random';
import { describeQuantizers, drawNumberLine } from './number-line';

const vectors = randomVectors(
  Array.from({ length: 500 }, (_, i) => `w${i}`),
  20,
  6,
);
const table = () => vectors;
const none = (): never => {
  throw new Error('the table was not asked for');
};
const draw = (changes: Partial<NumberLineSpecification>, from = table) =>
  drawNumberLine({ values: 'table', quantizer: 'min-max', levels: 8, probes: [], ...changes }, from);
const ids = describeQuantizers().map(({ id }) => id);

/** In four bunches, whose means are 12, 42, 80 and 160. */
const bunches = [8, 11, 12, 14, 15, 38, 40, 41, 44, 47, 75, 76, 79, 83, 87, 156, 158, 160, 162, 164];

describe('the number line', () => {
  it('sends 75, 83 and 87 to 80, as the codebook of the paper does', () => {
    const line = draw({ values: bunches, quantizer: 'codebook', levels: 4, probes: [75, 83, 87] }, none);
    expect(line.levels).toEqual([12, 42, 80, 160]);
    expect(line.probes).toEqual([75, 83, 87].map((value) => ({ value, becomes: 80 })));
    expect(line).toMatchObject({ count: 20, minimum: 8, maximum: 164, bits: 2, storedBits: 2, sampled: false });
    // Against the definition: distances to the means of the bunches.
    const means = bunches.map((_, i) => line.levels[Math.floor(i / 5)]);
    const meanSquare = bunches.reduce((sum, value, i) => sum + (value - means[i]) ** 2, 0) / 20;
    expect(line.rootMeanSquareError).toBeCloseTo(Math.sqrt(meanSquare), 10);
  });

  it('has even levels from end to end by min-max, which keep 87 apart', () => {
    const line = draw({ values: bunches, levels: 4, probes: [75, 83, 87] }, none);
    expect(line.levels).toEqual([8, 60, 112, 164]);
    expect(line.probes.map(({ becomes }) => becomes)).toEqual([60, 60, 112]);
  });

  it.each([
    ['min-max', quantizedMinMax],
    ['mse', quantizedMse],
    ['codebook', codebook],
  ] as [string, CompressionMethod][])('puts values where the experiment does: %s', async (quantizer, method) => {
    const values = matrix(
      51,
      20,
      Float32Array.from({ length: 1020 }, (_, i) => vectors.vectors.row(Math.floor(i / 20))[i % 20]),
    );
    const probes = [...values.values.subarray(200, 220)];
    const phase = method.phases.find(({ kind }) => kind === 'transform');
    if (phase?.kind !== 'transform') throw new Error('there is no transform');
    const device = openCpuDevice('A test asked for it.');
    const context = { device, seed: 1, layers: [], weights: new Map() };
    const quantized = (table: Matrix) => phase.apply({ kind: 'table', table }, { levels: 6 }, context);
    const { embedding } = await quantized(values);
    if (embedding.kind !== 'table') throw new Error('a quantized table is one table');
    const line = draw({ values: [...values.values.subarray(0, 1000)], quantizer, levels: 6, probes }, none);
    const same = await quantized(matrix(50, 20, values.values.slice(0, 1000)));
    if (same.embedding.kind !== 'table') throw new Error('a quantized table is one table');
    expect(line.probes.map(({ becomes }) => becomes)).toEqual([...same.embedding.table.values.subarray(200, 220)]);
    for (const { becomes } of line.probes) expect(line.levels).toContain(becomes);
  });

  it('knows that least squares is never worse than min-max, nor the codebook than either', () => {
    for (const levels of [2, 3, 5, 8, 16, 64, 256]) {
      const [minMax, mse, best] = ['min-max', 'mse', 'codebook'].map((quantizer) => draw({ quantizer, levels }));
      expect(mse.rootMeanSquareError).toBeLessThanOrEqual(minMax.rootMeanSquareError);
      expect(best.rootMeanSquareError).toBeLessThanOrEqual(mse.rootMeanSquareError * (1 + 1e-6));
      expect(minMax.bits).toBe(Math.log2(levels));
      expect(minMax.levels).toHaveLength(levels);
    }
  });

  it.each(ids)('measures the error of %s as one would by hand', (quantizer) => {
    const line = draw({ quantizer, levels: 7 });
    const values = [...vectors.vectors.blocks()].flatMap((block) => [...block.values]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const rootOf = (distance: (value: number) => number) =>
      Math.sqrt(values.reduce((sum, value) => sum + distance(value) ** 2, 0) / values.length);
    const error = rootOf((value) => Math.min(...line.levels.map((level) => Math.abs(value - level))));
    expect(line.rootMeanSquareError).toBeCloseTo(error, 6);
    expect(line.relativeError).toBeCloseTo(error / rootOf((value) => value - mean), 6);
    expect([...line.levels].sort((a, b) => a - b)).toEqual(line.levels);
    expect(line.histogram.reduce((sum, count) => sum + count, 0)).toBe(values.length);
    expect([line.minimum, line.maximum]).toEqual([Math.min(...values), Math.max(...values)]);
  });

  it.each(ids)('takes values that are all the same, and single ones: %s', (quantizer) => {
    for (const values of [[5], [2.5, 2.5, 2.5]]) {
      const line = draw({ values, quantizer, levels: 4, probes: [1, 9] }, none);
      expect(line).toMatchObject({ levels: [values[0]], rootMeanSquareError: 0, relativeError: 0, histogram: [values.length] });
      expect(line.probes.map(({ becomes }) => becomes)).toEqual([values[0], values[0]]);
    }
  });

  it('looks at an even sample of a large table, its extremes included', () => {
    const random = new Random(3);
    const large = randomVectors(['a'], 1, 1);
    const rows = 120_000;
    const values = Float32Array.from({ length: rows * 25 }, () => random.uniform());
    values[77] = -9;
    values[rows * 25 - 2] = 9;
    Object.assign(large.vectors, { rowsPerBlock: 50_000, columns: 25, committed: rows });
    Object.assign(large.vectors, {
      full: [0, 1, 2].map((block) => values.subarray(block * 50_000 * 25, (block + 1) * 50_000 * 25)),
    });
    const line = draw({ levels: 2 }, () => large);
    expect(line).toMatchObject({ sampled: true, minimum: -9, maximum: 9, levels: [-9, 9] });
    expect(line.count).toBeGreaterThan(2 ** 20);
    expect(line.count).toBeLessThanOrEqual(2 ** 21);
  });

  it.each([
    [{ values: [] }, 'values'],
    [{ values: [1, Number.NaN] }, 'values'],
    [{ values: [1e300] }, 'values'],
    [{ levels: 1 }, 'levels'],
    [{ levels: 257 }, 'levels'],
    [{ probes: Array.from({ length: 21 }, () => 1) }, 'probes'],
    [{ quantizer: 'magic' }, 'magic'],
  ])('refuses %j in a sentence that names it', (changes, named) => {
    expect(() => draw(changes)).toThrow(expect.objectContaining({ code: 'bad-specification', message: expect.stringContaining(named) }));
  });
});
