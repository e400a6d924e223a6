import type { Kernel } from '../../device/device';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { multiply, rowMajor } from '../wasm/product';
import { projectionParams } from './shape';

/** P = B W, block by block; the bias as it is. P: (blocks r + bias) x outputs. */
export const projectionForward: Kernel = {
  name: 'projection-forward',
  bindings: [
    { name: 'projection', type: 'f32', access: 'read' },
    { name: 'weights', type: 'f32', access: 'read' },
    { name: 'output', type: 'f32', access: 'read_write' },
  ],
  params: projectionParams,
  wgsl: /* wgsl */ `
// output[i r + q, j] = sum over c of projection[q, c] weights[i d + c, j]; output[blocks r, j] = weights[blocks d, j]
fn element(index: u32) {
  let row = index / params.outputs;
  let j = index % params.outputs;
  let products = params.blocks * params.rank;
  if (row >= products + params.bias) {
    return;
  }
  if (row == products) {
    output[index] = weights[params.blocks * params.columns * params.outputs + j];
    return;
  }
  let block = row / params.rank;
  let q = row % params.rank;
  var sum = 0.0;
  for (var c = 0u; c < params.columns; c++) {
    sum += projection[q * params.columns + c] * weights[(block * params.columns + c) * params.outputs + j];
  }
  output[index] = sum;
}
${flatMainWgsl}
`,
  workgroups: ({ rank, outputs, blocks, bias }) => flatGrid((blocks * rank + bias) * outputs),
  cost: ({ rank, columns, outputs, blocks, bias }) => ({
    flops: 2 * blocks * rank * columns * outputs,
    bytes: 4 * (rank * columns + (blocks * (columns + rank) + 2 * bias) * outputs),
  }),
  cpu(buffers, { rank, columns, outputs, blocks, bias }) {
    const { projection, weights, output } = buffers as Record<string, Float32Array>;
    for (let i = 0; i < blocks; i++) {
      multiply(
        rowMajor(output, outputs, i * rank * outputs),
        rowMajor(projection, columns),
        rowMajor(weights, outputs, i * columns * outputs),
        {
          rows: rank,
          columns: outputs,
          depth: columns,
        },
      );
    }
    if (bias === 1) {
      const last = blocks * columns * outputs;
      output.set(weights.subarray(last, last + outputs), blocks * rank * outputs);
    }
  },
};
