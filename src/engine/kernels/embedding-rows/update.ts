import type { Kernel } from '../../device/device';
import { batchWgsl } from '../batch/layout';
import { updateDistinctRows } from '../optimizer/distinct-rows';
import type { Optimizer } from '../optimizer/optimizer';
import { flatGrid, flatMainWgsl } from '../shared/grid';

/**
 * Backward of the gather, fused with the optimizer: as `embedding-bag-update`, but each occurrence is a token and has a gradient of its
 * own. Wants a batch whose occurrences are tokens.
 */
export function embeddingRowsUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `embedding-rows-update/${optimizer.id}`,
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
// gradient[v, j] = sum over tokens t with ids[t] = v of outputGradient[t, j]; table[v, j] <- update(gradient[v, j])
${batchWgsl}
${optimizer.wgsl}
fn element(index: u32) {
  if (index >= step.distinctRows * params.columns) {
    return;
  }
  let distinct = index / params.columns;
  let column = index % params.columns;
  let end = batch[segmentsStart() + distinct + 1u];
  var gradient = 0.0;
  for (var i = batch[segmentsStart() + distinct]; i < end; i++) {
    gradient += outputGradient[batch[occurrencesStart() + i] * params.columns + column];
  }
  let parameter = batch[rowsStart() + distinct] * params.columns + column;
  table[parameter] = update(parameter, params.rows * params.columns, table[parameter], gradient);
}
${flatMainWgsl}
`,
    workgroups: (params, step) => flatGrid(step.distinctRows * params.columns),
    cpuScratch: ({ columns }) => columns,
    cost: ({ columns }, { tokens, distinctRows }) => ({
      flops: (tokens + distinctRows * optimizer.cost.flops) * columns,
      bytes: (4 * tokens + distinctRows * optimizer.cost.bytes) * columns + 4 * (tokens + 2 * distinctRows + 1),
    }),
    cpu(buffers, { rows, columns }, step) {
      const batch = buffers.batch as Uint32Array;
      const { outputGradient, table, state, scratch } = buffers as Record<string, Float32Array>;
      updateDistinctRows(optimizer, { batch, table, state, occurrences: outputGradient, sum: scratch }, { rows, columns }, step);
    },
  };
}
