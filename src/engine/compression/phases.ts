import { type Matrix, matrix } from '../matrix';
import { truncatedSvd } from '../svd/svd';
import type { Phase, TransformContext, Transformed } from './method';

/** What several methods do between or instead of trainings: each is the `apply` of a `transform` phase. */
type Transform = Extract<Phase, { kind: 'transform' }>['apply'];

/** E ~ A B of rank r with the balanced split, A = U_r S_r^(1/2), B = S_r^(1/2) W_r^T. */
export const factorize: Transform = async (table, rank, { device }) => {
  const { a, b, singularValues, retainedEnergy } = await truncatedSvd(table, device, { rank });
  return { embedding: { kind: 'factors', a, b }, factorization: { singularValues, rank, retainedEnergy } };
};

/**
 * E W_r = U_r S_r, the V x r table of coordinates along the r principal directions. All of the scale stays in it: distances and inner
 * products of words are those of the best rank-r table, and the network sees numbers of the size that it would see at full width.
 */
export const reduceDimension: Transform = async (table, rank, { device }) => {
  const { a, singularValues, retainedEnergy } = await truncatedSvd(table, device, { rank, split: 'left' });
  return { embedding: { kind: 'table', table: a }, factorization: { singularValues, rank, retainedEnergy } };
};

/**
 * A table whose weights were replaced one by one, by a function that knows them all (a quantizer and its inverse). The row of padding
 * (id 0) is never looked up, so its codes stand for nothing: it stays zero, as the networks expect.
 */
export function replaceWeights(
  replace: (values: Float32Array, levels: number) => Float32Array,
): (table: Matrix, levels: number, context: TransformContext) => Promise<Transformed> {
  return async (table, levels) => {
    const values = replace(table.values, levels);
    values.fill(0, 0, table.columns);
    return { embedding: { kind: 'table', table: matrix(table.rows, table.columns, values) } };
  };
}
