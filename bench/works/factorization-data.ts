import { closeSync, openSync, writeSync } from 'node:fs';
import { type Matrix, matrix } from '../../src/engine/matrix';
import { Random } from '../../src/engine/random';
import { blocksOf, type RowBlocks, type Table } from '../../src/engine/svd/row-blocks';

export const columns = 300;
/** Of the factors that are made. */
export const rank = 30;

/** Rows that the table is made of, each again and again with another length. */
const poolRows = 4096;
/** Rows of a block of a table that is too large for one array. */
const blockRows = 65_536;
/** Above this a table comes in blocks. */
const mostInOne = 200_000;
/** Singular values fall geometrically to about this share of the first: flatter than random numbers, steeper than GloVe. */
const spread = 1e-3;

/** A V x 300 table with a falling spectrum, the same for the same size. */
export function tableOf(rows: number): Table {
  const random = new Random(7);
  const pool = mixed(random);
  const block = (first: number, count: number): Matrix => {
    const values = new Float32Array(count * columns);
    for (let i = 0; i < count; i++) {
      const source = ((first + i) % poolRows) * columns;
      const length = 1 + 0.5 * Math.sin(first + i);
      for (let j = 0; j < columns; j++) values[i * columns + j] = length * pool[source + j];
    }
    return matrix(count, columns, values);
  };
  if (rows <= mostInOne) return block(0, rows);
  const blocks: Matrix[] = [];
  for (let first = 0; first < rows; first += blockRows) blocks.push(block(first, Math.min(blockRows, rows - first)));
  const table: RowBlocks = { rows, columns, blocks: () => blocks };
  return table;
}

/** poolRows x columns: normal numbers times diag(spread^(j / d)) times a random mixing of the columns. */
function mixed(random: Random): Float32Array {
  const mixing = Float64Array.from(
    { length: columns * columns },
    (_, at) => (spread ** (Math.floor(at / columns) / columns) * random.normal()) / Math.sqrt(columns),
  );
  const pool = new Float32Array(poolRows * columns);
  const row = new Float64Array(columns);
  for (let i = 0; i < poolRows; i++) {
    row.fill(0);
    for (let k = 0; k < columns; k++) {
      const factor = random.normal();
      for (let j = 0; j < columns; j++) row[j] += factor * mixing[k * columns + j];
    }
    pool.set(row, i * columns);
  }
  return pool;
}

/** Its numbers in a file, row by row, for a peer in another process. */
export function writeTable(table: Table, path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const { values } of blocksOf(table)) {
      for (let done = 0; done < values.byteLength; ) done += writeSync(file, values, done);
    }
  } finally {
    closeSync(file);
  }
}

/** The largest relative error of those above 1e-5 of the largest. */
export function relativeError(values: ArrayLike<number>, reference: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < reference.length && reference[i] > 1e-5 * reference[0]; i++) {
    worst = Math.max(worst, Math.abs(values[i] - reference[i]) / reference[i]);
  }
  return worst;
}
