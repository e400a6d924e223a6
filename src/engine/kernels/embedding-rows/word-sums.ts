import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { rowSum } from '../wasm/rows';

/**
 * The gradient of what each word gave to its tokens: the sum of theirs, in their order, so that the bits are the same each run. Wants a batch whose
 * occurrences are tokens.
 */
export const wordSums: Kernel = {
  name: 'word-sums',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'input', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'output', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [{ name: 'columns', type: 'u32' }],
  wgsl: /* wgsl */ `
// output[d, j] = sum over the tokens t of distinct row d of input[t, j]
${batchWgsl}
fn quad(distinct: u32, column: u32) {
  if (distinct >= step.distinctRows) {
    return;
  }
  let columns = params.columns;
  let segments = segmentsStart();
  let occurrences = occurrencesStart();
  let end = batch[segments + distinct + 1u];
  var sum = vec4f();
  for (var i = batch[segments + distinct]; i < end; i++) {
    sum += loadInput4(batch[occurrences + i] * columns + column);
  }
  storeOutput4(distinct * columns + column, sum, min(4u, columns - column));
}
${quadMainWgsl}
`,
  workgroups: ({ columns }, { distinctRows }) => quadGrid(distinctRows, columns),
  cost: ({ columns }, { tokens, distinctRows }) => ({
    flops: tokens * columns,
    bytes: 4 * ((tokens + distinctRows) * columns + tokens + distinctRows + 1),
  }),
  cpu(buffers, { columns }, step) {
    const batch = buffers.batch as Uint32Array;
    const { input, output } = buffers as Record<string, Float32Array>;
    const { segments, occurrences } = batchLayout(step);
    const sum = rowSum(output, input, batch, columns);
    for (let d = 0; d < step.distinctRows; d++) {
      const first = batch[segments + d];
      sum(d * columns, occurrences + first, batch[segments + d + 1] - first);
    }
  },
};
