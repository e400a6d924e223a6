import type { Kernel } from '../../device/device';
import type { Optimizer } from '../optimizer/optimizer';
import { rowUpdate } from '../optimizer/update-rows';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { multiply, rowMajor, transposed } from '../wasm/product';
import { projectionParams } from './shape';

/** Gradient of W, from that of P = B W, fused with the optimizer: dW = B^T dP, block by block; the bias's as it is. Must run before B is updated. */
export function projectionWeightUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `projection-weight-update/${optimizer.id}`,
    bindings: [
      { name: 'projection', type: 'f32', access: 'read' },
      { name: 'productGradient', type: 'f32', access: 'read' },
      { name: 'weights', type: 'f32', access: 'read_write' },
      { name: 'state', type: 'f32', access: 'read_write' },
    ],
    params: projectionParams,
    wgsl: /* wgsl */ `
// gradient[i d + c, j] = sum over q of projection[q, c] productGradient[i r + q, j]; gradient[blocks d, j] = productGradient[blocks r, j]
${optimizer.wgsl}
fn element(index: u32) {
  let row = index / params.outputs;
  let j = index % params.outputs;
  let rows = params.blocks * params.columns;
  if (row >= rows + params.bias) {
    return;
  }
  var gradient = 0.0;
  if (row == rows) {
    gradient = productGradient[params.blocks * params.rank * params.outputs + j];
  } else {
    let block = row / params.columns;
    let c = row % params.columns;
    for (var q = 0u; q < params.rank; q++) {
      gradient += projection[q * params.columns + c] * productGradient[(block * params.rank + q) * params.outputs + j];
    }
  }
  weights[index] = update(index, (rows + params.bias) * params.outputs, weights[index], gradient);
}
${flatMainWgsl}
`,
    workgroups: ({ columns, outputs, blocks, bias }) => flatGrid((blocks * columns + bias) * outputs),
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
