import type { Kernel } from '../../device/device';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { multiply, rowMajor, transposed } from '../wasm/product';
import { projectionParams } from './shape';

/** Gradient of B, from that of P = B W: dB = the sum over blocks of dP W^T. Must run before W is updated. */
export const projectionGradient: Kernel = {
  name: 'projection-gradient',
  bindings: [
    { name: 'productGradient', type: 'f32', access: 'read' },
    { name: 'weights', type: 'f32', access: 'read' },
    { name: 'gradient', type: 'f32', access: 'read_write' },
  ],
  params: [
    ...projectionParams,
    /** 1: added to what `gradient` holds, where several matrices take B in. */
    { name: 'accumulate', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// gradient[q, c] = sum over i, j of productGradient[i r + q, j] weights[i d + c, j]
fn element(index: u32) {
  if (index >= params.rank * params.columns) {
    return;
  }
  let q = index / params.columns;
  let c = index % params.columns;
  var sum = 0.0;
  for (var i = 0u; i < params.blocks; i++) {
    let p = (i * params.rank + q) * params.outputs;
    let w = (i * params.columns + c) * params.outputs;
    for (var j = 0u; j < params.outputs; j++) {
      sum += productGradient[p + j] * weights[w + j];
    }
  }
  if (params.accumulate == 1u) {
    sum += gradient[index];
  }
  gradient[index] = sum;
}
${flatMainWgsl}
`,
  workgroups: ({ rank, columns }) => flatGrid(rank * columns),
  cost: ({ rank, columns, outputs, blocks, accumulate }) => ({
    flops: rank * columns * (2 * blocks * outputs + accumulate),
    bytes: 4 * (blocks * (rank + columns) * outputs + (1 + accumulate) * rank * columns),
  }),
  cpu(buffers, { rank, columns, outputs, blocks, accumulate }) {
    const { productGradient, weights, gradient } = buffers as Record<string, Float32Array>;
    for (let i = 0; i < blocks; i++) {
      multiply(
        rowMajor(gradient, columns),
        rowMajor(productGradient, outputs, i * rank * outputs),
        transposed(weights, outputs, i * columns * outputs),
        { rows: rank, columns, depth: outputs },
        accumulate === 1 || i > 0,
      );
    }
  },
};
