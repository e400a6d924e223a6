import type { Kernel } from '../../device/device';
import { flatGrid, flatMainWgsl } from '../shared/grid';
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
  cpu(buffers, { rank, columns, outputs, blocks, bias }) {
    const { projection, weights, output } = buffers as Record<string, Float32Array>;
    output.fill(0, 0, blocks * rank * outputs);
    for (let row = 0; row < blocks * rank; row++) {
      const first = Math.floor(row / rank) * columns;
      const q = (row % rank) * columns;
      for (let c = 0; c < columns; c++) {
        const b = projection[q + c];
        const w = (first + c) * outputs;
        for (let j = 0; j < outputs; j++) output[row * outputs + j] += b * weights[w + j];
      }
    }
    if (bias === 1) {
      const last = blocks * columns * outputs;
      output.set(weights.subarray(last, last + outputs), blocks * rank * outputs);
    }
  },
};
