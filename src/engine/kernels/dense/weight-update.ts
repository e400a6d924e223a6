import type { Kernel } from '../../device/device';
import type { Optimizer } from '../optimizer/optimizer';
import { rowUpdate } from '../optimizer/update-rows';
import { byFours } from '../shared/quads';
import { rowCount, rowCountWgsl, rowParams } from '../shared/rows';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';
import { multiply, rowMajor, transposed } from '../wasm/product';
import { rowAdd } from '../wasm/rows';

/**
 * Backward of a dense layer towards its weights and bias, fused with the optimizer: dW = X^T dY, db = the column sums of dY. Must run after
 * the input gradient, which reads the weights of before.
 */
export function denseWeightUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `dense-weight-update/${optimizer.id}`,
    bindings: [
      { name: 'input', type: 'f32', access: 'read', aligned: ({ inputs }) => byFours(inputs) },
      { name: 'outputGradient', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
      { name: 'weights', type: 'f32', access: 'read_write', aligned: ({ outputs }) => byFours(outputs) },
      { name: 'state', type: 'f32', access: 'read_write', aligned: ({ outputs }) => byFours(outputs) },
    ],
    params: [...rowParams, { name: 'inputs', type: 'u32' }, { name: 'outputs', type: 'u32' }, { name: 'bias', type: 'u32' }],
    wgsl: /* wgsl */ `
// gradient[k, j] = sum over s of input[s, k] outputGradient[s, j], with input[s, inputs] = 1 for the bias; weights <- update(gradient)
${optimizer.wgsl}
${rowCountWgsl}
${tiledMatmulWgsl({
  rows: '(params.inputs + params.bias)',
  columns: 'params.outputs',
  depth: 'rowCount()',
  layout: 'across across',
  leftStride: 'params.inputs',
  rightStride: 'params.outputs',
  prepare: 'beyond = vec4u(row, row + 1u, row + 2u, row + 3u) >= vec4u(params.inputs);',
  functions: /* wgsl */ `
var<private> beyond: vec4<bool>;
fn left4(index: u32) -> vec4f { return select(loadInput4(index), vec4f(1.0), beyond); }
fn right4(index: u32) -> vec4f { return loadOutputGradient4(index); }
fn store4(row: u32, column: u32, sum: vec4f, count: u32) {
  let index = row * params.outputs + column;
  let size = (params.inputs + params.bias) * params.outputs;
  storeWeights4(index, update(index, size, count, loadWeights4(index), sum), count);
}
`,
})}
`,
    workgroups: (params) => tiledGrid(params.inputs + params.bias, params.outputs),
    cpuScratch: ({ inputs, outputs, bias }) => (inputs + bias) * outputs,
    cost: (params, step) => {
      const rows = rowCount(params, step);
      const { inputs, outputs, bias } = params;
      const size = (inputs + bias) * outputs;
      return {
        flops: rows * outputs * (2 * inputs + bias) + size * optimizer.cost.flops,
        bytes: 4 * rows * (inputs + outputs) + size * optimizer.cost.bytes,
      };
    },
    cpu(buffers, params, step) {
      const { input, outputGradient, weights, state, scratch: gradient } = buffers as Record<string, Float32Array>;
      const { inputs, outputs, bias } = params;
      const size = (inputs + bias) * outputs;
      const rows = rowCount(params, step);
      multiply(rowMajor(gradient, outputs), transposed(input, inputs), rowMajor(outputGradient, outputs), {
        rows: inputs,
        columns: outputs,
        depth: rows,
      });
      if (bias === 1) {
        const sums = inputs * outputs;
        const add = rowAdd(gradient, outputGradient);
        gradient.fill(0, sums, size);
        for (let s = 0; s < rows; s++) add(sums, s * outputs, outputs, 1);
      }
      rowUpdate(optimizer, { parameters: weights, state, gradient, size }, step)(0, size, 0);
    },
  };
}
