import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { rowSum } from '../wasm/rows';

/** The row of every token of the batch, one after the other: tokens x columns. The bottom layer of networks that read words in order. */
export const embeddingGather: Kernel = {
  name: 'embedding-gather',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'table', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'output', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [{ name: 'columns', type: 'u32' }],
  wgsl: /* wgsl */ `
// output[t, j] = table[ids[t], j]
${batchWgsl}
fn quad(token: u32, column: u32) {
  if (token >= step.tokens) {
    return;
  }
  let values = loadTable4(batch[idsStart() + token] * params.columns + column);
  storeOutput4(token * params.columns + column, values, min(4u, params.columns - column));
}
${quadMainWgsl}
`,
  workgroups: (params, step) => quadGrid(step.tokens, params.columns),
  cost: ({ columns }, { tokens, distinctRows }) => ({ flops: 0, bytes: 4 * ((distinctRows + tokens) * columns + tokens) }),
  cpu(buffers, { columns }, step) {
    const { table, output } = buffers as Record<string, Float32Array>;
    const { ids } = batchLayout(step);
    const sum = rowSum(output, table, buffers.batch as Uint32Array, columns);
    for (let t = 0; t < step.tokens; t++) sum(t * columns, ids + t, 1);
  },
};
