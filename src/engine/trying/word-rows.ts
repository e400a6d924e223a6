import type { Embedding } from '../compression/method';
import type { PreparedData, WordVectors } from '../data/dataset';
import { firstWordId } from '../data/vocabulary';
import { multiply, rowMajor, transposed } from '../kernels/wasm/product';
import type { Matrix } from '../matrix';
import { type Neighbour, nearest } from '../projection/nearest';

/** The name of the table before training. */
export const pretrainedTable = 'pretrained';

/**
 * The rows of a table as a method left it, ready for cosines. Rows of a product A B are taken as rows of A: (A B)(A B)^T = A (B B^T) A^T, so that r numbers a
 * word are multiplied, and not d.
 */
export interface WordRows {
  /** `pretrained`, or a model's id. */
  table: string;
  /** V x d, or V x r. */
  coordinates: Matrix;
  /** B B^T, r x r; null where the coordinates are the rows themselves. */
  metric: Float64Array | null;
  /** Squared length of each row; 0 for what is no word: padding, the unknown row, and before training a row that was seeded. */
  squares: Float64Array;
}

/** @yields between two blocks of rows */
export function* pretrainedRows({ table, words }: PreparedData, vectors: WordVectors | null): Generator<void, WordRows> {
  const rows = yield* wordRows(pretrainedTable, { kind: 'table', table });
  for (const [i, word] of words.entries()) if (!vectors?.index.has(word)) rows.squares[firstWordId + i] = 0;
  return rows;
}

/**
 * @param embedding over the experiment's vocabulary
 * @yields between two blocks of rows
 */
export function* wordRows(table: string, embedding: Embedding): Generator<void, WordRows> {
  const coordinates = embedding.kind === 'table' ? embedding.table : embedding.a;
  const metric = embedding.kind === 'table' ? null : outerProduct(embedding.b);
  const { rows, columns, values } = coordinates;
  const squares = new Float64Array(rows);
  const rowsAtOnce = Math.max(1, Math.floor(numbersAtOnce / columns));
  for (let first = firstWordId; first < rows; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - first);
    const block = Float64Array.from(values.subarray(first * columns, (first + count) * columns));
    const image = metric ? images(block, metric, columns) : block;
    for (let i = 0; i < count; i++) {
      let square = 0;
      for (let at = i * columns; at < (i + 1) * columns; at++) square += block[at] * image[at];
      squares[first + i] = square;
    }
    yield;
  }
  // Rounding may leave less than nothing of a row that B sends to zero.
  return { table, coordinates, metric, squares: squares.map((square) => Math.max(0, square)) };
}

/** Queries that are answered together, and numbers of the table that they are multiplied with at once: some milliseconds of work. */
const queriesAtOnce = 32;
const numbersAtOnce = 2 ** 18;

/**
 * The ten nearest of each query by cosine, itself left out; none for a row without length. Float32 products, whose errors are about 1e-6 of a cosine.
 *
 * @param queries rows of the table
 * @yields after every few milliseconds: how many queries were answered
 */
export function* nearestWords({ coordinates, metric, squares }: WordRows, queries: ArrayLike<number>): Generator<number, Neighbour[][]> {
  const { rows, columns, values } = coordinates;
  const rowsAtOnce = Math.max(1, Math.floor(numbersAtOnce / columns));
  const answers: Neighbour[][] = [];
  const products = new Float32Array(Math.min(queriesAtOnce, queries.length) * rows);
  const block = new Float32Array(queriesAtOnce * columns);
  for (let first = 0; first < queries.length; first += queriesAtOnce) {
    const count = Math.min(queriesAtOnce, queries.length - first);
    for (let q = 0; q < count; q++) {
      const row = values.subarray(queries[first + q] * columns, (queries[first + q] + 1) * columns);
      block.set(metric ? images(Float64Array.from(row), metric, columns) : row, q * columns);
    }
    for (let row = 0; row < rows; row += rowsAtOnce) {
      multiply(rowMajor(products, rows, row), rowMajor(block, columns), transposed(values, columns, row * columns), {
        rows: count,
        columns: Math.min(rowsAtOnce, rows - row),
        depth: columns,
      });
      yield answers.length;
    }
    for (let q = 0; q < count; q++) {
      const own = queries[first + q];
      answers.push(nearest(products.subarray(q * rows, (q + 1) * rows), squares, squares[own], own));
      yield answers.length;
    }
  }
  return answers;
}

/** B B^T in float64. */
function outerProduct({ rows, columns, values }: Matrix): Float64Array {
  const square = new Float64Array(rows * rows);
  const b = Float64Array.from(values);
  multiply(rowMajor(square, rows), rowMajor(b, columns), transposed(b, columns), { rows, columns: rows, depth: columns });
  return square;
}

/** X M of rows X. */
function images(rows: Float64Array, metric: Float64Array, columns: number): Float64Array {
  const result = new Float64Array(rows.length);
  multiply(rowMajor(result, columns), rowMajor(rows, columns), rowMajor(metric, columns), {
    rows: rows.length / columns,
    columns,
    depth: columns,
  });
  return result;
}
