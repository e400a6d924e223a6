import type { Kernel, Params } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { updateDistinctRows } from '../optimizer/distinct-rows';
import type { Optimizer } from '../optimizer/optimizer';
import { rowUpdate } from '../optimizer/update-rows';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { rowCount, rowKinds, rowParams } from '../shared/rows';

/**
 * Backward of the gather, fused with the optimizer: as `embedding-bag-update`, but each occurrence is a token and has a gradient of its
 * own, in a batch whose occurrences are tokens. Where words were gathered, each has one gradient, and there is nothing to sum.
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
    params: [...rowParams, { name: 'rows', type: 'u32' }, { name: 'columns', type: 'u32' }],
    wgsl: /* wgsl */ `
// gradient[v, j] = sum over tokens t with ids[t] = v of outputGradient[t, j]; of words: gradient[rows[d], j] = outputGradient[d, j]
// table[v, j] <- update(gradient[v, j])
${batchWgsl}
${optimizer.wgsl}
fn quad(distinct: u32, column: u32) {
  if (distinct >= step.distinctRows) {
    return;
  }
  let columns = params.columns;
  var gradient = vec4f();
  if (params.rowKind == ${rowKinds.words}u) {
    gradient = loadOutputGradient4(distinct * columns + column);
  } else {
    let segments = segmentsStart();
    let occurrences = segments + step.distinctRows + 1u;
    let end = batch[segments + distinct + 1u];
    for (var i = batch[segments + distinct]; i < end; i++) {
      gradient += loadOutputGradient4(batch[occurrences + i] * columns + column);
    }
  }
  let parameter = batch[rowsStart() + distinct] * columns + column;
  let count = min(4u, columns - column);
  storeTable4(parameter, update(parameter, params.rows * columns, count, loadTable4(parameter), gradient), count);
}
${quadMainWgsl}
`,
    workgroups: (params, step) => quadGrid(step.distinctRows, params.columns),
    cpuScratch: ({ columns }) => columns,
    cost: (params, step) => {
      const { columns, rowKind } = params;
      const { tokens, distinctRows } = step;
      const words = rowKind === rowKinds.words;
      return {
        flops: ((words ? 0 : tokens) + distinctRows * optimizer.cost.flops) * columns,
        bytes:
          (4 * rowCount(params, step) + distinctRows * optimizer.cost.bytes) * columns +
          4 * (words ? distinctRows : tokens + 2 * distinctRows + 1),
      };
    },
    cpu(buffers, { rows, columns, rowKind }, step) {
      const batch = buffers.batch as Uint32Array;
      const { outputGradient, table, state, scratch } = buffers as Record<string, Float32Array>;
      if (rowKind === rowKinds.words) {
        const update = rowUpdate(optimizer, { parameters: table, state, gradient: outputGradient, size: rows * columns }, step);
        const layout = batchLayout(step);
        for (let d = 0; d < step.distinctRows; d++) update(batch[layout.rows + d] * columns, columns, d * columns);
        return;
      }
      updateDistinctRows(optimizer, { batch, table, state, occurrences: outputGradient, sum: scratch }, { rows, columns }, step);
    },
  };
}
