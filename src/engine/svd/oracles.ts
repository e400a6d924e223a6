/** What the tests of this folder share: the golden matrices, and slow, plain formulas in float64. */
import { type Matrix, matrix } from '../matrix';
import golden from './fixtures/svd.json';

export interface GoldenCase {
  name: string;
  table: Matrix;
  singularValues: number[];
  frobenius: number;
}

const graded = (i: number, j: number) => Math.cos(0.3 * i * (j + 1) + 0.7) * 10 ** ((-6 * j) / 39);

/** The golden file's formulas, by the case's name. */
const formulas: Record<string, (i: number, j: number) => number> = {
  smooth: (i, j) => Math.cos(0.37 * i + 0.11 * i * j + 0.013 * j * j),
  wide: (i, j) => Math.cos(0.37 * i + 0.11 * i * j + 0.013 * j * j),
  'ill-conditioned': graded,
  'ill-conditioned-rotated': rotated,
  'rank-2': (i, j) => ((i + 1) / 50) * Math.cos(j) + (Math.sin(i) * (j - 10)) / 7,
  identity: (i, j) => (i === j ? 1 : 0),
  zero: () => 0,
};

/** Row i times I - 2 v v^T / v^T v, v_j = cos(j) + 2. */
function rotated(i: number, j: number): number {
  const v = Array.from({ length: 40 }, (_, k) => Math.cos(k) + 2);
  const norm = v.reduce((sum, value) => sum + value * value, 0);
  const dot = v.reduce((sum, value, k) => sum + value * graded(i, k), 0);
  return graded(i, j) - (2 * dot * v[j]) / norm;
}

/** The cases of the golden file that a formula gives (NumPy, LAPACK in float64 of the float32 matrix). */
export const formulaCases: GoldenCase[] = golden.cases
  .filter(({ name }) => name in formulas)
  .map(({ name, shape: [rows, columns], singularValues, frobenius }) => {
    const table = matrix(rows, columns);
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) table.values[i * columns + j] = formulas[name](i, j);
    return { name, table, singularValues, frobenius };
  });

/** The golden case of the first rows of the GloVe package. */
export function gloveCase(name: 'glove-2000' | 'glove-10000'): Omit<GoldenCase, 'table'> & { rows: number; columns: number } {
  const { shape, singularValues, frobenius } = golden.cases.find((candidate) => candidate.name === name)!;
  return { name, rows: shape[0], columns: shape[1], singularValues, frobenius };
}

/** The first words of the package, and the head of its first row. */
export const gloveHead = { words: golden.firstWords, row: golden.firstRowHead };

/** ||E - A B||_F, in float64. */
export function reconstructionError(table: Matrix, a: Matrix, b: Matrix): number {
  const rank = a.columns;
  const row = new Float64Array(table.columns);
  let squares = 0;
  for (let i = 0; i < table.rows; i++) {
    row.set(table.values.subarray(i * table.columns, (i + 1) * table.columns));
    for (let k = 0; k < rank; k++) {
      const weight = a.values[i * rank + k];
      for (let j = 0; j < table.columns; j++) row[j] -= weight * b.values[k * table.columns + j];
    }
    for (const value of row) squares += value * value;
  }
  return Math.sqrt(squares);
}

/** sqrt(sum of s_i^2, i > r): what no rank-r matrix can be under (Eckart, Young). */
export function eckartYoung(singularValues: ArrayLike<number>, rank: number): number {
  let squares = 0;
  for (let i = singularValues.length - 1; i >= rank; i--) squares += singularValues[i] ** 2;
  return Math.sqrt(squares);
}

/** Largest relative error of the values that are above `share` of the largest. */
export function worstRelativeError(actual: ArrayLike<number>, expected: readonly number[], share: number): number {
  let worst = 0;
  expected.forEach((value, i) => {
    if (value > share * expected[0]) worst = Math.max(worst, Math.abs(actual[i] - value) / value);
  });
  return worst;
}

/** Largest |x_i . x_j - delta_ij| of the rows that are not all zero, each divided by its length. */
export function orthogonalityError(rows: Matrix): number {
  const length = rows.columns;
  const units: Float64Array[] = [];
  for (let i = 0; i < rows.rows; i++) {
    const row = Float64Array.from(rows.values.subarray(i * length, (i + 1) * length));
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (norm > 0) units.push(row.map((value) => value / norm));
  }
  let worst = 0;
  units.forEach((left, i) => {
    units.slice(i + 1).forEach((right) => {
      worst = Math.max(worst, Math.abs(left.reduce((sum, value, k) => sum + value * right[k], 0)));
    });
  });
  return worst;
}

/** The first rows of the prepared GloVe asset, in a browser or in Node: magic, length of the header, header, float32. */
export async function readGlove(rows: number): Promise<{ words: string[]; table: Matrix }> {
  const read =
    typeof document === 'undefined'
      ? async (name: string) => new Uint8Array(process.getBuiltinModule('node:fs').readFileSync(`public/bundled/${name}`))
      : async (name: string) => new Uint8Array(await (await fetch(`/bundled/${name}`)).arrayBuffer());
  const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
  const bytes = await read(decode(await read('manifest.json')).vectors.path);
  const headerBytes = new DataView(bytes.buffer).getUint32(4, true);
  const { words, dimension } = decode(bytes.subarray(8, 8 + headerBytes));
  return { words, table: matrix(rows, dimension, new Float32Array(bytes.buffer, 8 + headerBytes, rows * dimension)) };
}
