import type { Device } from '../device/device';
import { multiply, rowMajor, transposed } from '../kernels/wasm/product';
import { type Matrix, matrix } from '../matrix';
import { type Eigen, symmetricEigen } from './eigen';
import { gramFloat64 } from './gram';
import { project } from './project';
import { rankQuality } from './spectrum';
import { turn } from './turn';

export interface WeightedSvdOptions {
  /** r, from 1 to min(V, d). */
  rank: number;
  /** C, d x d row-major, symmetric, positive definite: how much an error in each direction of a row matters. */
  columnMetric: Float64Array;
  /** The diagonal of D, V of them, not negative: how much each row matters. All rows alike where it is absent. */
  rowWeights?: ArrayLike<number>;
}

export interface WeightedSvd {
  /** V x r. */
  a: Matrix;
  /** r x d. */
  b: Matrix;
  rank: number;
  /** Of D^(1/2) E C^(1/2), descending, min(V, d) of them. */
  singularValues: Float64Array;
  /** sum_{i <= r} s_i^2 / sum s_i^2. */
  retainedEnergy: number;
}

/**
 * The factors of rank r that minimize ||D^(1/2) (E - A B) C^(1/2)||_F: with P the leading right singular vectors of D^(1/2) E C^(1/2),
 * A B = E C^(1/2) P P^T C^(-1/2); balanced, A = U S^(1/2) and B = S^(1/2) W^T of the singular-value decomposition of A B itself.
 * With C and D the identity it is the plain truncated decomposition. (GroupReduce, Chen et al., NeurIPS 2018; FWSVD, Hsu et al., ICLR 2022.)
 *
 * All d x d work is in float64; the one pass over the rows is `project`'s.
 *
 * @param table E, V x d.
 * @throws RangeError where the rank is not within 1 and min(V, d).
 * @throws LabError `diverged` where the table holds numbers that are not finite.
 */
export async function weightedSvd(
  table: Matrix,
  device: Device,
  { rank, columnMetric, rowWeights }: WeightedSvdOptions,
): Promise<WeightedSvd> {
  const { rows, columns: d } = table;
  const smaller = Math.min(rows, d);
  if (!Number.isInteger(rank) || rank < 1 || rank > smaller) {
    throw new RangeError(`a ${rows} x ${d} table has no rank-${rank} factorization`);
  }
  const plain = await gramFloat64(table);
  const weighted = rowWeights ? await gramFloat64(scaledRows(table, rowWeights)) : plain;
  const [root, inverseRoot] = await roots(columnMetric, d);
  const inner = symmetrized(product(product(root, weighted, d, d), root, d, d), d);
  const { values, vectors } = await symmetricEigen(inner, d, { vectors: rank, turn });
  const singularValues = values.slice(0, smaller).map((value) => Math.sqrt(Math.max(0, value)));

  const retainedEnergy = rankQuality(singularValues).retainedEnergy[rank - 1];

  // A0 = E left^T and B0 = right, both of r rows.
  const leading = vectors.subarray(0, rank * d);
  const left = product(leading, root, rank, d);
  const right = product(leading, inverseRoot, rank, d);
  const { toA, b } = await balance(left, right, plain, rank, d);
  return { a: await project(table, toA, device), b: matrix(rank, d, Float32Array.from(b)), rank, singularValues, retainedEnergy };
}

/**
 * The same product A0 B0, split evenly: its singular values' roots on either side. A0 = E L^T enters by its Gram matrix L G L^T alone, whose
 * root takes the place of a QR decomposition.
 *
 * @returns r x d both: A = E toA^T.
 */
async function balance(left: Float64Array, right: Float64Array, gram: Float64Array, rank: number, d: number) {
  const inner = symmetrized(times(product(left, gram, rank, d), left, rank, d), rank);
  // A0 = Q R with R = inner^(1/2); then A0 B0 = Q (R B0), and (R B0) (R B0)^T = X S^2 X^T.
  const [r, rInverse] = await roots(inner, rank);
  const core = multiplied(r, right, rank, rank, d);
  const { values, vectors: x } = await symmetricEigen(symmetrized(times(core, core, rank, d), rank), rank, { vectors: rank, turn });
  const toA = new Float64Array(rank * d);
  const b = new Float64Array(rank * d);
  // Q = A0 R^-1, so A = E L^T R^-1 X S^(1/2), and B = S^(-1/2) X^T (R B0).
  const rotated = multiplied(multiplied(x, rInverse, rank, rank, rank), left, rank, rank, d);
  const turned = multiplied(x, core, rank, rank, d);
  for (let i = 0; i < rank; i++) {
    const s = Math.sqrt(Math.max(0, values[i]));
    if (s === 0) continue;
    for (let at = i * d; at < (i + 1) * d; at++) {
      toA[at] = rotated[at] * Math.sqrt(s);
      b[at] = turned[at] / Math.sqrt(s);
    }
  }
  return { toA, b };
}

function scaledRows(table: Matrix, weights: ArrayLike<number>): Matrix {
  const { rows, columns, values } = table;
  const scaled = matrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    const scale = Math.sqrt(weights[i]);
    for (let at = i * columns; at < (i + 1) * columns; at++) scaled.values[at] = scale * values[at];
  }
  return scaled;
}

/** Eigenvalues this small beside the largest are noise: a negative power of them would be nothing else. */
const noise = 1e-14;

/** S^(1/2) and S^(-1/2) of a symmetric positive semi-definite n x n matrix S. */
async function roots(symmetric: Float64Array, n: number): Promise<[Float64Array, Float64Array]> {
  const eigen = await symmetricEigen(symmetric, n, { vectors: n, turn });
  return [power(eigen, n, 0.5), power(eigen, n, -0.5)];
}

function power({ values, vectors }: Eigen, n: number, exponent: number): Float64Array {
  const scaled = Float64Array.from(vectors);
  for (let k = 0; k < n; k++) {
    const factor = values[k] > noise * values[0] ? values[k] ** exponent : 0;
    for (let at = k * n; at < (k + 1) * n; at++) scaled[at] *= factor;
  }
  const result = new Float64Array(n * n);
  multiply(rowMajor(result, n), transposed(vectors, n), rowMajor(scaled, n), { rows: n, columns: n, depth: n });
  return result;
}

function multiplied(x: Float64Array, y: Float64Array, rows: number, depth: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  multiply(rowMajor(result, columns), rowMajor(x, depth), rowMajor(y, columns), { rows, columns, depth });
  return result;
}

/** X Y of an r x d and a d x d matrix. */
const product = (x: Float64Array, y: Float64Array, rows: number, d: number) => multiplied(x, y, rows, d, d);

/** X Y^T of two r x d matrices. */
function times(x: Float64Array, y: Float64Array, rows: number, d: number): Float64Array {
  const result = new Float64Array(rows * rows);
  multiply(rowMajor(result, rows), rowMajor(x, d), transposed(y, d), { rows, columns: rows, depth: d });
  return result;
}

/** Rounding leaves the halves of a symmetric product a hair apart. */
function symmetrized(square: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result[i * n + j] = (square[i * n + j] + square[j * n + i]) / 2;
  return result;
}
