import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { rowQuotient, rowSum } from '../wasm/rows';

/** Mean of the rows that a sentence names, the DAN's bottom layer; an empty sentence has the mean 0. */
export const embeddingBagMean: Kernel = {
  name: 'embedding-bag-mean',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'table', type: 'f32', access: 'read' },
    { name: 'output', type: 'f32', access: 'read_write' },
  ],
  params: [{ name: 'columns', type: 'u32' }],
  wgsl: /* wgsl */ `
// output[s, j] = 1 / n_s * sum over tokens t of sentence s of table[ids[t], j]
${batchWgsl}
fn element(index: u32) {
  if (index >= step.sentences * params.columns) {
    return;
  }
  let sentence = index / params.columns;
  let column = index % params.columns;
  let start = batch[step.batchOffset + sentence];
  let end = batch[step.batchOffset + sentence + 1u];
  var sum = 0.0;
  for (var t = start; t < end; t++) {
    sum += table[batch[idsStart() + t] * params.columns + column];
  }
  output[index] = sum / f32(max(end - start, 1u));
}
${flatMainWgsl}
`,
  workgroups: (params, step) => flatGrid(step.sentences * params.columns),
  cost: ({ columns }, { sentences, tokens, distinctRows }) => ({
    flops: (tokens + sentences) * columns,
    bytes: 4 * ((distinctRows + sentences) * columns + tokens + sentences + 1),
  }),
  cpu(buffers, params, step) {
    const batch = buffers.batch as Uint32Array;
    const { table, output } = buffers as Record<string, Float32Array>;
    const { columns } = params;
    const layout = batchLayout(step);
    const sum = rowSum(output, table, batch, columns);
    const divide = rowQuotient(output, output);
    for (let s = 0; s < step.sentences; s++) {
      const out = s * columns;
      const start = batch[layout.offsets + s];
      const count = batch[layout.offsets + s + 1] - start;
      sum(out, layout.ids + start, count);
      divide(out, out, columns, Math.max(count, 1));
    }
  },
};
