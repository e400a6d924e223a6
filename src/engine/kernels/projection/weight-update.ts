import type { Kernel } from '../../device/device';
import type { Optimizer } from '../optimizer/optimizer';
import { rowUpdate } from '../optimizer/update-rows';
import { byFours } from '../shared/quads';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';
import { multiply, rowMajor, transposed } from '../wasm/product';
import { projectionParams } from './shape';

/** Gradient of W, from that of P = B W, fused with the optimizer: dW = B^T dP, block by block; the bias's as it is. Must run before B is updated. */
export function projectionWeightUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `projection-weight-update/${optimizer.id}`,
    bindings: [
      { name: 'projection', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
      { name: 'productGradient', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
      { name: 'weights', type: 'f32', access: 'read_write', aligned: ({ outputs }) => byFours(outputs) },
      { name: 'state', type: 'f32', access: 'read_write', aligned: ({ outputs }) => byFours(outputs) },
    ],
    params: projectionParams,
    wgsl: /* wgsl */ `
// gradient[i d + c, j] = sum over q of projection[q, c] productGradient[i r + q, j]; gradient[blocks d, j] = productGradient[blocks r, j]
${optimizer.wgsl}
// The bias is one more block, of one row: 1 times its row of the gradient.
fn isBias() -> bool { return block == params.blocks; }
${tiledMatmulWgsl({
  rows: 'select(params.columns, 1u, isBias())',
  columns: 'params.outputs',
  depth: 'select(params.rank, 1u, isBias())',
  layout: 'across across',
  leftStride: 'params.columns',
  rightStride: 'params.outputs',
  rightStart: 'block * params.rank * params.outputs',
  prepare: 'ones = vec4<bool>(isBias());',
  functions: /* wgsl */ `
var<private> ones: vec4<bool>;
fn left4(index: u32) -> vec4f { return select(loadProjection4(index), vec4f(1.0), ones); }
fn right4(index: u32) -> vec4f { return loadProductGradient4(index); }
fn store4(row: u32, column: u32, sum: vec4f, count: u32) {
  let index = (block * params.columns + row) * params.outputs + column;
  let size = (params.blocks * params.columns + params.bias) * params.outputs;
  storeWeights4(index, update(index, size, count, loadWeights4(index), sum), count);
}
`,
})}
`,
    workgroups: ({ columns, outputs, blocks, bias }) => tiledGrid(columns, outputs, blocks + bias),
    cpuScratch: ({ columns, outputs, blocks, bias }) => (blocks * columns + bias) * outputs,
    cost: ({ rank, columns, outputs, blocks, bias }) => {
      const size = (blocks * columns + bias) * outputs;
      return {
        flops: 2 * blocks * rank * columns * outputs + size * optimizer.cost.flops,
        bytes: 4 * (rank * columns + (blocks * rank + bias) * outputs) + size * optimizer.cost.bytes,
      };
    },
    cpu(buffers, { rank, columns, outputs, blocks, bias }, step) {
      const { projection, productGradient, weights, state, scratch: gradient } = buffers as Record<string, Float32Array>;
      const rows = blocks * columns;
      const size = (rows + bias) * outputs;
      for (let i = 0; i < blocks; i++) {
        multiply(
          rowMajor(gradient, outputs, i * columns * outputs),
          transposed(projection, columns),
          rowMajor(productGradient, outputs, i * rank * outputs),
          { rows: columns, columns: outputs, depth: rank },
        );
      }
      if (bias === 1) {
        const last = blocks * rank * outputs;
        gradient.set(productGradient.subarray(last, last + outputs), rows * outputs);
      }
      rowUpdate(optimizer, { parameters: weights, state, gradient, size }, step)(0, size, 0);
    },
  };
}
