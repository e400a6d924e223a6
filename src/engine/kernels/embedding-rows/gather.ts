import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { rowCount, rowCountWgsl, rowKinds, rowParams } from '../shared/rows';
import { rowSum } from '../wasm/rows';

/**
 * The row of every token of the batch, one after the other: tokens x columns; or of every word, once: distinct rows x columns. The bottom layer of
 * networks that read words in order.
 */
export const embeddingGather: Kernel = {
  name: 'embedding-gather',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'table', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'output', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [...rowParams, { name: 'columns', type: 'u32' }],
  wgsl: /* wgsl */ `
// output[t, j] = table[ids[t], j]; of words: output[d, j] = table[rows[d], j]
${batchWgsl}
${rowCountWgsl}
fn quad(row: u32, column: u32) {
  if (row >= rowCount()) {
    return;
  }
  let ids = select(idsStart(), rowsStart(), params.rowKind == ${rowKinds.words}u);
  let values = loadTable4(batch[ids + row] * params.columns + column);
  storeOutput4(row * params.columns + column, values, min(4u, params.columns - column));
}
${quadMainWgsl}
`,
  workgroups: (params, step) => quadGrid(rowCount(params, step), params.columns),
  cost: (params, step) => {
    const rows = rowCount(params, step);
    return { flops: 0, bytes: 4 * ((step.distinctRows + rows) * params.columns + rows) };
  },
  cpu(buffers, params, step) {
    const { table, output } = buffers as Record<string, Float32Array>;
    const { columns, rowKind } = params;
    const layout = batchLayout(step);
    const ids = rowKind === rowKinds.words ? layout.rows : layout.ids;
    const rows = rowCount(params, step);
    const sum = rowSum(output, table, buffers.batch as Uint32Array, columns);
    for (let row = 0; row < rows; row++) sum(row * columns, ids + row, 1);
  },
};
