import type { Device } from '../device/device';
import { type Matrix, matrix } from '../matrix';
import { symmetricEigen } from './eigen';
import { hasGpu } from './gpu';
import { gramFitsDevice, gramFloat64, gramOnDevice, type OnRows } from './gram';
import { project } from './project';
import { type Table, transpose } from './row-blocks';
import { rankQuality } from './spectrum';
import { turn } from './turn';

/** Which singular values must be right to 1e-4: all above 1e-3 of the largest, or the leading ones up to the rank that is asked for. */
export type Accuracy = 'spectrum' | 'rank';

export interface Spectrum {
  /** Descending, min(V, d) of them. What is under 1e-7 of the largest can't be told from zero this way, and is 0. */
  singularValues: Float64Array;
  /** Of the Gram matrix: what the spectrum needed. */
  precision: 'float32' | 'float64';
}

export interface TruncatedSvdOptions {
  /** r, from 1 to min(V, d). */
  rank: number;
  /** `balanced` (default): A = U_r S_r^(1/2), B = S_r^(1/2) W_r^T. `left`: A = U_r S_r, B = W_r^T. */
  split?: 'balanced' | 'left';
  /** Default `spectrum`. */
  accuracy?: Accuracy;
}

export interface TruncatedSvd extends Spectrum {
  /** V x r. */
  a: Matrix;
  /** r x d. */
  b: Matrix;
  rank: number;
  /** sum_{i <= r} s_i^2 / sum s_i^2. */
  retainedEnergy: number;
}

/**
 * A value of s_i = q s_1 has a relative error of e / (2 q^2), where e is the Gram matrix's error relative to its largest eigenvalue. In
 * float32, e was at most 2e-8 on every table that was tried (`gramOnDevice`). With ten times as much, 1e-4 is met from q = 0.032 on.
 */
const float32Threshold = 0.032;

/** Eigenvalues of the Gram matrix come with an error of about 1e-16 of the largest: their roots, of about 1e-8. */
const noiseFloor = 1e-7;

/**
 * Truncated singular-value decomposition E ~ A B, the Frobenius-best of rank r (Eckart, Young, 1936), by way of the Gram matrix: its
 * eigenvalues are the squares s_i^2, its eigenvectors the right singular vectors W, and U S = E W. Zero singular values give zero
 * columns of A and zero rows of B. A wide table is factorized by its transpose. E is not centred.
 *
 * A table in blocks, or larger than a buffer of the device, goes through the device in slabs: its size alone is no reason to refuse it.
 *
 * The same table on the same backend gives the same bits. Directions have a fixed sign (`symmetricEigen`); within repeated values they
 * are arbitrary, as everywhere.
 *
 * @param table V x d.
 * @throws RangeError where the rank is not within 1 and min(V, d).
 * @throws LabError `diverged` where the table holds numbers that are not finite.
 */
export async function truncatedSvd(table: Table, device: Device, options: TruncatedSvdOptions): Promise<TruncatedSvd> {
  const { rank, split = 'balanced', accuracy = 'spectrum' } = options;
  const smaller = Math.min(table.rows, table.columns);
  if (!Number.isInteger(rank) || rank < 1 || rank > smaller) {
    throw new RangeError(`a ${table.rows} x ${table.columns} table has no rank-${rank} factorization`);
  }
  const wide = table.rows < table.columns;
  const tall = wide ? transpose(table) : table;
  const { singularValues, precision, directions } = await decompose(tall, device, {
    wanted: accuracy === 'rank' ? rank : smaller,
    directions: rank,
  });

  // Of the tall table X = L D^T: D holds `directions`, and L = X D S^-1. Each side carries its share of S.
  const exponent = split === 'balanced' ? 0.5 : wide ? 0 : 1;
  const columns = tall.columns;
  const basis = new Float64Array(rank * columns);
  const scaled = matrix(rank, columns);
  for (let j = 0; j < rank; j++) {
    const value = singularValues[j];
    if (value === 0) continue;
    const toProduct = value ** (exponent - 1);
    const toDirection = value ** (1 - exponent);
    for (let at = j * columns; at < (j + 1) * columns; at++) {
      basis[at] = directions[at] * toProduct;
      scaled.values[at] = directions[at] * toDirection;
    }
  }
  const product = await project(tall, basis, device);
  const quality = rankQuality(singularValues);
  return {
    a: wide ? transpose(scaled) : product,
    b: wide ? transpose(product) : scaled,
    singularValues,
    precision,
    rank,
    retainedEnergy: quality.retainedEnergy[rank - 1],
  };
}

/**
 * All singular values of a table, those above 1e-3 of the largest to 1e-4.
 *
 * @param table V x d.
 * @param onRows hears of the rows as they are multiplied; where float32 sums turn out to be too coarse, they begin anew in float64
 * @throws LabError `diverged` where the table holds numbers that are not finite.
 */
export async function spectrum(table: Table, device: Device, onRows?: OnRows): Promise<Spectrum> {
  const tall = table.rows < table.columns ? transpose(table) : table;
  const { singularValues, precision } = await decompose(tall, device, { wanted: tall.columns, directions: 0, onRows });
  return { singularValues, precision };
}

interface Decomposition {
  /** So many of the leading singular values must be accurate. */
  wanted: number;
  /** How many right singular vectors are wanted, the leading ones. */
  directions: number;
  onRows?: OnRows;
}

/** Singular values and right singular vectors (rows of `directions`) of a tall table. */
async function decompose(
  tall: Table,
  device: Device,
  { wanted, directions, onRows }: Decomposition,
): Promise<Spectrum & { directions: Float64Array }> {
  const eigen = (gram: Float64Array) =>
    symmetricEigen(gram, tall.columns, {
      vectors: directions,
      turn: async () => {
        await turn();
        await onRows?.(tall.rows);
      },
    });
  // Where the CPU computes in any case, it has float64 at the price of float32.
  if (hasGpu(device) && gramFitsDevice(tall.columns, device)) {
    const { values, vectors } = await eigen(await gramOnDevice(tall, device, onRows));
    const singularValues = roots(values);
    if (singularValues[wanted - 1] >= float32Threshold * singularValues[0] && singularValues[0] > 0) {
      return { singularValues, precision: 'float32', directions: vectors };
    }
  }
  const { values, vectors } = await eigen(await gramFloat64(tall, onRows));
  return { singularValues: roots(values), precision: 'float64', directions: vectors };
}

function roots(eigenvalues: Float64Array): Float64Array {
  const largest = Math.sqrt(Math.max(0, eigenvalues[0]));
  return eigenvalues.map((value) => {
    const root = Math.sqrt(Math.max(0, value));
    return root > noiseFloor * largest ? root : 0;
  });
}
