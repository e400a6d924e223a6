import { LabError } from '../../errors';
import { type Matrix, matrix } from '../../matrix';

const firstRows = 256;
/** Floats a block holds at most (16 MiB). */
const blockFloats = 4 * 2 ** 20;

/**
 * A table of rows whose number isn't known beforehand. Rows go into blocks that double in size up to 16 MiB and are joined once, at the
 * end: it never holds more than twice the table and one block.
 */
export class GrowingTable {
  private readonly full: Float32Array[] = [];
  private block: Float32Array;
  private used = 0;
  rows = 0;

  /** @param columns values a row, 1 or more */
  constructor(readonly columns: number) {
    this.block = allocate(Math.max(1, Math.min(firstRows, Math.floor(blockFloats / columns))) * columns);
  }

  /**
   * Room for the next row: write it to `values[at ...]`, then `commit`. Uncommitted rows are overwritten.
   * @throws LabError `out-of-memory`
   */
  next(): { values: Float32Array; at: number } {
    if (this.used + this.columns > this.block.length) {
      this.full.push(this.block);
      const rows = Math.max(1, Math.min((this.block.length / this.columns) * 2, Math.floor(blockFloats / this.columns)));
      this.block = allocate(rows * this.columns);
      this.used = 0;
    }
    return { values: this.block, at: this.used };
  }

  /** Keeps the row that was written. */
  commit(): void {
    this.used += this.columns;
    this.rows++;
  }

  /** All committed rows as one matrix; the table is spent then. */
  join(): Matrix {
    const values = allocate(this.rows * this.columns);
    let at = 0;
    for (let block = this.full.shift(); block !== undefined; block = this.full.shift()) {
      values.set(block, at);
      at += block.length;
    }
    values.set(this.block.subarray(0, this.used), at);
    return matrix(this.rows, this.columns, values);
  }
}

function allocate(length: number): Float32Array {
  try {
    return new Float32Array(length);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LabError(
      'out-of-memory',
      `There is not enough memory for ${Math.ceil((length * 4) / 2 ** 20)} MiB more of word vectors.`,
      'Take a smaller table: fewer words (the file is ordered by frequency, so its first lines matter most) or fewer dimensions.',
    );
  }
}
