import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { updateDistinctRows } from '../optimizer/distinct-rows';
import type { Optimizer } from '../optimizer/optimizer';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { rowQuotient } from '../wasm/rows';

/**
 * Backward of the embedding bag, fused with the optimizer: one invocation owns one element of one distinct row of the batch, sums its
 * gradient over the row's occurrences in order and updates it in place. Rows that are absent cost nothing, so a step is flat in V.
 */
export function embeddingBagUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `embedding-bag-update/${optimizer.id}`,
    bindings: [
      { name: 'batch', type: 'u32', access: 'read' },
      { name: 'outputGradient', type: 'f32', access: 'read' },
      { name: 'table', type: 'f32', access: 'read_write' },
      { name: 'state', type: 'f32', access: 'read_write' },
    ],
    params: [
      { name: 'rows', type: 'u32' },
      { name: 'columns', type: 'u32' },
    ],
    wgsl: /* wgsl */ `
// gradient[v, j] = sum over occurrences of row v in sentences s of outputGradient[s, j] / n_s; table[v, j] <- update(gradient[v, j])
${batchWgsl}
${optimizer.wgsl}
fn element(index: u32) {
  if (index >= step.distinctRows * params.columns) {
    return;
  }
  let distinct = index / params.columns;
  let column = index % params.columns;
  let start = batch[segmentsStart() + distinct];
  let end = batch[segmentsStart() + distinct + 1u];
  var gradient = 0.0;
  for (var i = start; i < end; i++) {
    let sentence = batch[occurrencesStart() + i];
    let length = batch[step.batchOffset + sentence + 1u] - batch[step.batchOffset + sentence];
    gradient += outputGradient[sentence * params.columns + column] / f32(length);
  }
  let parameter = batch[rowsStart() + distinct] * params.columns + column;
  table[parameter] = update(parameter, params.rows * params.columns, table[parameter], gradient);
}
${flatMainWgsl}
`,
    workgroups: (params, step) => flatGrid(step.distinctRows * params.columns),
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
