import type { Kernel, Params } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { updateDistinctRows } from '../optimizer/distinct-rows';
import type { Optimizer } from '../optimizer/optimizer';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { rowQuotient } from '../wasm/rows';

/**
 * Backward of the embedding bag, fused with the optimizer: one invocation owns four elements of one distinct row of the batch, sums their
 * gradients over the row's occurrences in order and updates them in place. Rows that are absent cost nothing, so a step is flat in V.
 */
export function embeddingBagUpdate(optimizer: Optimizer): Kernel {
  const aligned = ({ columns }: Params) => byFours(columns);
  return {
    name: `embedding-bag-update/${optimizer.id}`,
    bindings: [
      { name: 'batch', type: 'u32', access: 'read' },
      { name: 'outputGradient', type: 'f32', access: 'read', aligned },
      { name: 'table', type: 'f32', access: 'read_write', aligned },
      { name: 'state', type: 'f32', access: 'read_write', aligned },
    ],
    params: [
      { name: 'rows', type: 'u32' },
      { name: 'columns', type: 'u32' },
    ],
    wgsl: /* wgsl */ `
// gradient[v, j] = sum over occurrences of row v in sentences s of outputGradient[s, j] / n_s; table[v, j] <- update(gradient[v, j])
${batchWgsl}
${optimizer.wgsl}
fn quad(distinct: u32, column: u32) {
  if (distinct >= step.distinctRows) {
    return;
  }
  let columns = params.columns;
  let segments = segmentsStart();
  let occurrences = segments + step.distinctRows + 1u;
  let offsets = step.batchOffset;
  let start = batch[segments + distinct];
  let end = batch[segments + distinct + 1u];
  var gradient = vec4f();
  for (var i = start; i < end; i++) {
    let sentence = batch[occurrences + i];
    let length = batch[offsets + sentence + 1u] - batch[offsets + sentence];
    gradient += loadOutputGradient4(sentence * columns + column) * (1.0 / f32(length));
  }
  let parameter = batch[rowsStart() + distinct] * columns + column;
  let count = min(4u, columns - column);
  storeTable4(parameter, update(parameter, params.rows * columns, count, loadTable4(parameter), gradient), count);
}
${quadMainWgsl}
`,
    workgroups: (params, step) => quadGrid(step.distinctRows, params.columns),
    cpuScratch: ({ columns }, { sentences }) => (sentences + 1) * columns,
    cost: ({ columns }, { sentences, tokens, distinctRows }) => ({
      flops: (2 * tokens + distinctRows * optimizer.cost.flops) * columns,
      bytes: (4 * sentences + distinctRows * optimizer.cost.bytes) * columns + 4 * (sentences + tokens + 2 * distinctRows + 2),
    }),
    cpu(buffers, { rows, columns }, step) {
      const batch = buffers.batch as Uint32Array;
      const { outputGradient, table, state, scratch } = buffers as Record<string, Float32Array>;
      const { offsets } = batchLayout(step);
      // Each sentence's share is the same for all of its words.
      const divide = rowQuotient(scratch, outputGradient);
      for (let s = 0; s < step.sentences; s++) divide(s * columns, s * columns, columns, batch[offsets + s + 1] - batch[offsets + s]);
      const arrays = { batch, table, state, occurrences: scratch, sum: scratch.subarray(step.sentences * columns) };
      updateDistinctRows(optimizer, arrays, { rows, columns }, step);
    },
  };
}
