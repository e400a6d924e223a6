import type { Device } from '../device/device';
import { type Matrix, matrix } from '../matrix';

/** Rows that share each number of the basis once it is loaded. */
const rowsAtOnce = 4;

/**
 * E W: every row of a table projected on the directions of a basis. Sums are taken in float64 and rounded once.
 *
 * @param table V x d.
 * @param basis W^T: r x d, row-major, a direction a row.
 * @returns V x r.
 */
export async function project(table: Matrix, basis: Float64Array, _device: Device): Promise<Matrix> {
  const { rows, columns, values } = table;
  const rank = basis.length / columns;
  const result = matrix(rows, rank);
  // Rows behind the last keep what they held; their results are not stored.
  const block = new Float64Array(rowsAtOnce * columns);
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - row);
    block.set(values.subarray(row * columns, (row + count) * columns));
    for (let j = 0; j < rank; j++) {
      const at = j * columns;
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let k = 0; k < columns; k++) {
        const weight = basis[at + k];
        sum0 += block[k] * weight;
        sum1 += block[columns + k] * weight;
        sum2 += block[2 * columns + k] * weight;
        sum3 += block[3 * columns + k] * weight;
      }
      const sums = [sum0, sum1, sum2, sum3];
      for (let i = 0; i < count; i++) result.values[(row + i) * rank + j] = sums[i];
    }
  }
  return result;
}
