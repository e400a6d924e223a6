import { type Matrix, matrix } from '../matrix';

/** A table that is too large for one array, in blocks of whole rows. */
export interface RowBlocks {
  /** V. */
  readonly rows: number;
  /** d. */
  readonly columns: number;
  /** The rows in order. May be gone through several times. */
  blocks(): Iterable<Matrix>;
}

export type Table = Matrix | RowBlocks;

export function blocksOf(table: Table): Iterable<Matrix> {
  return 'blocks' in table ? table.blocks() : [table];
}

/** The columns of a table as rows. */
export function transpose(table: Table): Matrix {
  const { rows, columns } = table;
  const result = matrix(columns, rows);
  let first = 0;
  for (const block of blocksOf(table)) {
    for (let i = 0; i < block.rows; i++) {
      for (let j = 0; j < columns; j++) result.values[j * rows + first + i] = block.values[i * columns + j];
    }
    first += block.rows;
  }
  return result;
}
