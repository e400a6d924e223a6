import { LabError } from '../errors';
import { type Matrix, matrix } from '../matrix';

/** Bytes of a block at most, unless one row is longer. */
const blockBytes = 4 * 2 ** 20;

/**
 * A table of word vectors in blocks of equally many rows: it grows without ever being copied, so that reading a million rows takes the
 * table's own size and one block, and whoever goes through it whole (a Gram matrix) can do so block by block.
 */
export class WordTable {
  readonly rowsPerBlock: number;
  private readonly full: Float32Array[] = [];
  private committed = 0;

  /** @param columns d, 1 or more */
  constructor(readonly columns: number) {
    this.rowsPerBlock = Math.max(1, Math.floor(blockBytes / 4 / columns));
  }

  /** A table over values that are there already (not copied): one block. */
  static over({ rows, columns, values }: Matrix): WordTable {
    const table = new WordTable(columns);
    Object.assign(table, { rowsPerBlock: Math.max(1, rows) });
    table.full.push(values);
    table.committed = rows;
    return table;
  }

  /** V. */
  get rows(): number {
    return this.committed;
  }

  get sizeBytes(): number {
    return this.committed * this.columns * 4;
  }

  /**
   * Room for the next row: write d numbers to `values[at ...]`, then `commit`. Uncommitted rows are overwritten.
   *
   * @throws LabError `out-of-memory`
   */
  next(): { values: Float32Array; at: number } {
    const block = Math.floor(this.committed / this.rowsPerBlock);
    if (block === this.full.length) {
      this.full.push(allocate(this.rowsPerBlock * this.columns));
    }
    return { values: this.full[block], at: (this.committed % this.rowsPerBlock) * this.columns };
  }

  /** Keeps the row that was written. */
  commit(): void {
    this.committed++;
  }

  /** Row i, d numbers: a view, not to be written. */
  row(i: number): Float32Array {
    const at = (i % this.rowsPerBlock) * this.columns;
    return this.full[Math.floor(i / this.rowsPerBlock)].subarray(at, at + this.columns);
  }

  /** The rows in order, block by block: views, not to be written. */
  *blocks(): Generator<Matrix> {
    for (const [i, values] of this.full.entries()) {
      const rows = Math.min(this.rowsPerBlock, this.committed - i * this.rowsPerBlock);
      yield matrix(rows, this.columns, values.subarray(0, rows * this.columns));
    }
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
      'Keep fewer words: the most frequent ones, or those of the data set.',
    );
  }
}
