import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { rowQuotient, rowSum } from '../wasm/rows';

/** Mean of the rows that a sentence names, the DAN's bottom layer; an empty sentence has the mean 0. */
export const embeddingBagMean: Kernel = {
  name: 'embedding-bag-mean',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'table', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'output', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [{ name: 'columns', type: 'u32' }],
  wgsl: /* wgsl */ `
// output[s, j] = 1 / n_s * sum over tokens t of sentence s of table[ids[t], j]
${batchWgsl}
fn quad(sentence: u32, column: u32) {
  if (sentence >= step.sentences) {
    return;
  }
  let start = batch[step.batchOffset + sentence];
  let end = batch[step.batchOffset + sentence + 1u];
  let ids = idsStart();
  let columns = params.columns;
  var sum = vec4f();
  for (var t = start; t < end; t++) {
    sum += loadTable4(batch[ids + t] * columns + column);
  }
  storeOutput4(sentence * columns + column, sum / f32(max(end - start, 1u)), min(4u, columns - column));
}
${quadMainWgsl}
`,
  workgroups: (params, step) => quadGrid(step.sentences, params.columns),
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
