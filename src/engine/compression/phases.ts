import { truncatedSvd } from '../svd/svd';
import { weightedSvd } from '../svd/weighted';
import { codeMatrix, decodeMatrix } from './coded';
import type { Transform } from './method';
import type { Quantizer } from './quantizers/quantizer';
import { readingMetric } from './reading-metric';
import { numberOf, tableOf } from './setting';

/** E ~ A B of rank r with the balanced split, A = U_r S_r^(1/2), B = S_r^(1/2) W_r^T. */
export const factorize: Transform = async (embedding, setting, { device }) => {
  const rank = numberOf(setting, 'rank');
  const { a, b, singularValues, retainedEnergy } = await truncatedSvd(tableOf(embedding), device, { rank });
  return { embedding: { kind: 'factors', a, b }, factorization: { singularValues, rank, retainedEnergy } };
};

/** E ~ A B of rank r, closest in what the layer above reads of a row; balanced as well. The spectrum is that of E C^(1/2). */
export const factorizeWeighted: Transform = async (embedding, setting, { device, layers, weights }) => {
  const table = tableOf(embedding);
  const rank = numberOf(setting, 'rank');
  const columnMetric = readingMetric(layers, weights, table.columns);
  const { a, b, singularValues, retainedEnergy } = await weightedSvd(table, device, { rank, columnMetric });
  return { embedding: { kind: 'factors', a, b }, factorization: { singularValues, rank, retainedEnergy } };
};

/**
 * E W_r = U_r S_r, the V x r table of coordinates along the r principal directions. All of the scale stays in it: distances and inner
 * products of words are those of the best rank-r table, and the network sees numbers of the size that it would see at full width.
 */
export const reduceDimension: Transform = async (embedding, setting, { device }) => {
  const rank = numberOf(setting, 'rank');
  const { a, singularValues, retainedEnergy } = await truncatedSvd(tableOf(embedding), device, { rank, split: 'left' });
  return { embedding: { kind: 'table', table: a }, factorization: { singularValues, rank, retainedEnergy } };
};

/**
 * A table whose weights become codes one by one, of levels that a quantizer chooses for them all. The row of padding (id 0) is never looked up, so
 * its codes stand for nothing: it stays zero, as the networks expect.
 */
export function codeWeights(quantizer: Quantizer): Transform {
  return async (embedding, setting) => {
    const coded = codeMatrix(tableOf(embedding), quantizer, { levels: numberOf(setting, 'levels'), per: 'matrix', padding: true });
    return { embedding: { kind: 'table', table: decodeMatrix(coded), coded } };
  };
}
