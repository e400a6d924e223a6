import type { StepValues } from '../../device/device';
import { batchLayout } from '../batch/layout';
import { rowSum } from '../wasm/rows';
import type { Optimizer } from './optimizer';
import { rowUpdate } from './update-rows';

interface Arrays {
  batch: Uint32Array;
  table: Float32Array;
  state: Float32Array;
  /** A gradient each occurrence may name: of a sentence, or of a token. */
  occurrences: Float32Array;
  /** Room for the gradient of one row of the table. */
  sum: Float32Array;
}

/** Updates the rows of a table that a batch names, each by the sum of its occurrences' gradients, in order. */
export function updateDistinctRows(
  optimizer: Optimizer,
  { batch, table, state, occurrences, sum }: Arrays,
  { rows, columns }: { rows: number; columns: number },
  step: StepValues,
): void {
  const layout = batchLayout(step);
  const size = rows * columns;
  const add = rowSum(sum, occurrences, batch, columns);
  const update = rowUpdate(optimizer, { parameters: table, state, gradient: sum, size }, step);
  const updateByOne = rowUpdate(optimizer, { parameters: table, state, gradient: occurrences, size }, step);
  for (let d = 0; d < step.distinctRows; d++) {
    const first = batch[layout.segments + d];
    const count = batch[layout.segments + d + 1] - first;
    const row = batch[layout.rows + d] * columns;
    if (count === 1) updateByOne(row, columns, batch[layout.occurrences + first] * columns);
    else {
      add(0, layout.occurrences + first, count);
      update(row, columns, 0);
    }
  }
}
