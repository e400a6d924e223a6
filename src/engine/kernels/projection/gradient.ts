import type { Kernel } from '../../device/device';
import { byFours } from '../shared/quads';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';
import { multiply, rowMajor, transposed } from '../wasm/product';
import { projectionParams } from './shape';

/** Gradient of B, from that of P = B W: dB = the sum over blocks of dP W^T. Must run before W is updated. */
export const projectionGradient: Kernel = {
  name: 'projection-gradient',
  bindings: [
    { name: 'productGradient', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
    { name: 'weights', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
    { name: 'gradient', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [
    ...projectionParams,
    /** 1: added to what `gradient` holds, where several matrices take B in. */
    { name: 'accumulate', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// gradient[q, c] = sum over i, j of productGradient[i r + q, j] weights[i d + c, j]
${tiledMatmulWgsl({
  rows: 'params.rank',
  columns: 'params.columns',
  depth: 'params.outputs',
  blocks: 'params.blocks',
  layout: 'depth depth',
  leftStride: 'params.outputs',
  leftStart: 'block * params.rank * params.outputs',
  rightStride: 'params.outputs',
  rightStart: 'block * params.columns * params.outputs',
  functions: /* wgsl */ `
fn left1(index: u32) -> f32 { return loadProductGradient(index); }
fn left4(index: u32) -> vec4f { return loadProductGradient4(index); }
fn right1(index: u32) -> f32 { return loadWeights(index); }
fn right4(index: u32) -> vec4f { return loadWeights4(index); }
fn store4(row: u32, column: u32, sum: vec4f, count: u32) {
  let index = row * params.columns + column;
  var result = sum;
  if (params.accumulate == 1u) {
    result += loadGradient4(index);
  }
  storeGradient4(index, result, count);
}
`,
})}
`,
  workgroups: ({ rank, columns }) => tiledGrid(rank, columns),
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
