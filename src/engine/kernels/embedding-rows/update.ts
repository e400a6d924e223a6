import type { Kernel, Params } from '../../device/device';
import { batchWgsl } from '../batch/layout';
import { updateDistinctRows } from '../optimizer/distinct-rows';
import type { Optimizer } from '../optimizer/optimizer';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';

/**
 * Backward of the gather, fused with the optimizer: as `embedding-bag-update`, but each occurrence is a token and has a gradient of its
 * own. Wants a batch whose occurrences are tokens.
 */
export function embeddingRowsUpdate(optimizer: Optimizer): Kernel {
  const aligned = ({ columns }: Params) => byFours(columns);
  return {
    name: `embedding-rows-update/${optimizer.id}`,
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
// gradient[v, j] = sum over tokens t with ids[t] = v of outputGradient[t, j]; table[v, j] <- update(gradient[v, j])
${batchWgsl}
${optimizer.wgsl}
fn quad(distinct: u32, column: u32) {
  if (distinct >= step.distinctRows) {
    return;
  }
  let columns = params.columns;
  let segments = segmentsStart();
  let occurrences = segments + step.distinctRows + 1u;
  let end = batch[segments + distinct + 1u];
  var gradient = vec4f();
  for (var i = batch[segments + distinct]; i < end; i++) {
    gradient += loadOutputGradient4(batch[occurrences + i] * columns + column);
  }
  let parameter = batch[rowsStart() + distinct] * columns + column;
  let count = min(4u, columns - column);
  storeTable4(parameter, update(parameter, params.rows * columns, count, loadTable4(parameter), gradient), count);
}
${quadMainWgsl}
`,
    workgroups: (params, step) => quadGrid(step.distinctRows, params.columns),
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
