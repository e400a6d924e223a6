import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { rowSum } from '../wasm/rows';

/** The row of every token of the batch, one after the other: tokens x columns. The bottom layer of networks that read words in order. */
export const embeddingGather: Kernel = {
  name: 'embedding-gather',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'table', type: 'f32', access: 'read' },
    { name: 'output', type: 'f32', access: 'read_write' },
  ],
  params: [{ name: 'columns', type: 'u32' }],
  wgsl: /* wgsl */ `
// output[t, j] = table[ids[t], j]
${batchWgsl}
fn element(index: u32) {
  if (index >= step.tokens * params.columns) {
    return;
  }
  output[index] = table[batch[idsStart() + index / params.columns] * params.columns + index % params.columns];
}
${flatMainWgsl}
`,
  workgroups: (params, step) => flatGrid(step.tokens * params.columns),
  cost: ({ columns }, { tokens, distinctRows }) => ({ flops: 0, bytes: 4 * ((distinctRows + tokens) * columns + tokens) }),
  cpu(buffers, { columns }, step) {
    const { table, output } = buffers as Record<string, Float32Array>;
    const { ids } = batchLayout(step);
    const sum = rowSum(output, table, buffers.batch as Uint32Array, columns);
    for (let t = 0; t < step.tokens; t++) sum(t * columns, ids + t, 1);
  },
};
