import type { WordVectors } from '../data/dataset';
import type { Device } from '../device/device';
import { type Matrix, matrix } from '../matrix';
import type { RowBlocks } from '../svd/row-blocks';
import { truncatedSvd } from '../svd/svd';

/** The most frequent words of a table, among which neighbours are sought: as many as a slider can be answered for at once. */
export const searchedWords = 20_000;

/** A table's first words in the coordinates of their own singular-value decomposition. */
export interface WordSpace {
  /** n, at most 20,000. */
  words: number;
  /** Descending, min(n, d) of them. */
  singularValues: Float64Array;
  /** U S: n x min(n, d). Its first r columns are the words in the truncated SVD of rank r. */
  coordinates: Matrix;
  /** W^T: min(n, d) x d. */
  directions: Matrix;
}

const spaces = new WeakMap<WordVectors, Promise<WordSpace>>();

/**
 * The decomposition of a loaded table, computed once: it is kept as long as the table is, and forgotten with it.
 *
 * @throws LabError `diverged` where the table holds numbers that are not finite.
 */
export function wordSpace(vectors: WordVectors, device: Device): Promise<WordSpace> {
  const known = spaces.get(vectors);
  if (known) return known;
  const computed = decompose(vectors, device).catch((error: unknown) => {
    // A device that was lost is no property of the table.
    spaces.delete(vectors);
    throw error;
  });
  spaces.set(vectors, computed);
  return computed;
}

async function decompose({ vectors }: WordVectors, device: Device): Promise<WordSpace> {
  const table = firstRows(vectors, searchedWords);
  const rank = Math.min(table.rows, table.columns);
  const { a, b, singularValues } = await truncatedSvd(table, device, { rank, split: 'left' });
  return { words: table.rows, singularValues, coordinates: a, directions: b };
}

/** The first rows of a table in blocks, without copying them. */
function firstRows(table: RowBlocks, limit: number): RowBlocks {
  const rows = Math.min(table.rows, limit);
  return {
    rows,
    columns: table.columns,
    *blocks() {
      let left = rows;
      for (const block of table.blocks()) {
        if (left === 0) return;
        const count = Math.min(left, block.rows);
        yield matrix(count, table.columns, block.values.subarray(0, count * table.columns));
        left -= count;
      }
    },
  };
}
