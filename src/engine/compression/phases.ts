import { truncatedSvd } from '../svd/svd';
import { weightedSvd } from '../svd/weighted';
import { codeMatrix, decodeMatrix } from './coded';
import type { TableShape, TransformPhase } from './method';
import type { Quantizer } from './quantizers/quantizer';
import { readingMetric } from './reading-metric';
import { numberOf, tableOf } from './setting';

/** E ~ A B of rank r with the balanced split, A = U_r S_r^(1/2), B = S_r^(1/2) W_r^T. */
export const factorize: TransformPhase = {
  kind: 'transform',
  timedAs: 'factorize',
  apply: async (embedding, setting, { device }) => {
    const rank = numberOf(setting, 'rank');
    const { a, b, singularValues, retainedEnergy } = await truncatedSvd(tableOf(embedding), device, { rank });
    return { embedding: { kind: 'factors', a, b }, factorization: { singularValues, rank, retainedEnergy } };
  },
  operations: (shape, setting) => svdOperations(shape, numberOf(setting, 'rank')),
};

/** The Gram matrix, its eigenvectors, and the rows by those; of a wide table, the transpose's. */
function svdOperations({ rows, columns }: TableShape, rank: number): number {
  const long = Math.max(rows, columns);
  const short = Math.min(rows, columns);
  return long * short ** 2 * 0.2 + short ** 3 + 0.2 * rows * columns * rank;
}

/** E ~ A B of rank r, closest in what the layer above reads of a row; balanced as well. The spectrum is that of E C^(1/2). */
export const factorizeWeighted: TransformPhase = {
  kind: 'transform',
  timedAs: 'factorize',
  apply: async (embedding, setting, { device, layers, weights }) => {
    const table = tableOf(embedding);
    const rank = numberOf(setting, 'rank');
    const columnMetric = readingMetric(layers, weights, table.columns);
    const { a, b, singularValues, retainedEnergy } = await weightedSvd(table, device, { rank, columnMetric });
    return { embedding: { kind: 'factors', a, b }, factorization: { singularValues, rank, retainedEnergy } };
  },
  // The metric's roots and what they multiply are d x d x d as well.
  operations: (shape, setting) => svdOperations(shape, numberOf(setting, 'rank')) + 4 * shape.columns ** 3,
};

/**
 * E W_r = U_r S_r, the V x r table of coordinates along the r principal directions. All of the scale stays in it: distances and inner
 * products of words are those of the best rank-r table, and the network sees numbers of the size that it would see at full width.
 */
export const reduceDimension: TransformPhase = {
  ...factorize,
  apply: async (embedding, setting, { device }) => {
    const rank = numberOf(setting, 'rank');
    const { a, singularValues, retainedEnergy } = await truncatedSvd(tableOf(embedding), device, { rank, split: 'left' });
    return { embedding: { kind: 'table', table: a }, factorization: { singularValues, rank, retainedEnergy } };
  },
};

/**
 * A table whose weights become codes one by one, of levels that a quantizer chooses for them all. The row of padding (id 0) is never looked up, so
 * its codes stand for nothing: it stays zero, as the networks expect.
 */
export function codeWeights(quantizer: Quantizer): TransformPhase {
  return {
    kind: 'transform',
    timedAs: 'quantize',
    apply: async (embedding, setting) => {
      const coded = codeMatrix(tableOf(embedding), quantizer, { levels: numberOf(setting, 'levels'), per: 'matrix', padding: true });
      return { embedding: { kind: 'table', table: decodeMatrix(coded), coded } };
    },
    operations: ({ rows, columns }, setting) => quantizer.operations(rows * columns, numberOf(setting, 'levels')),
  };
}
