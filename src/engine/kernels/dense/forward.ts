import type { Kernel } from '../../device/device';
import { dropout, dropoutParams, dropoutWgsl } from '../shared/dropout';
import { byFours } from '../shared/quads';
import { rowCount, rowCountWgsl, rowParams } from '../shared/rows';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';
import { multiply, rowMajor } from '../wasm/product';
import { rowRelu } from '../wasm/rows';

/**
 * A dense layer: Y = dropout(activation(X W + b)). The weights are one buffer of (inputs + 1) x outputs whose last row is the bias, so that
 * one dispatch updates both; without a bias it is inputs x outputs.
 *
 * Dropout is inverted: what is kept is scaled by 1 / (1 - p), so evaluation needs no change. The mask comes from the counter-based
 * generator, the same on both backends, and isn't stored: with ReLU the gradient passes exactly where Y > 0.
 */
export const denseForward: Kernel = {
  name: 'dense-forward',
  bindings: [
    { name: 'input', type: 'f32', access: 'read', aligned: ({ inputs }) => byFours(inputs) },
    { name: 'weights', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
    { name: 'output', type: 'f32', access: 'read_write', aligned: ({ outputs }) => byFours(outputs) },
  ],
  params: [
    ...rowParams,
    { name: 'inputs', type: 'u32' },
    { name: 'outputs', type: 'u32' },
    { name: 'bias', type: 'u32' },
    { name: 'relu', type: 'u32' },
    ...dropoutParams,
  ],
  wgsl: /* wgsl */ `
// output[s, j] = dropout(relu(sum over k of input[s, k] weights[k, j] + weights[inputs, j]))
${dropoutWgsl}
${rowCountWgsl}
${tiledMatmulWgsl({
  rows: 'rowCount()',
  columns: 'params.outputs',
  depth: 'params.inputs',
  layout: 'depth across',
  leftStride: 'params.inputs',
  rightStride: 'params.outputs',
  functions: /* wgsl */ `
fn left1(index: u32) -> f32 { return loadInput(index); }
fn left4(index: u32) -> vec4f { return loadInput4(index); }
fn right4(index: u32) -> vec4f { return loadWeights4(index); }
fn store4(row: u32, column: u32, sum: vec4f, count: u32) {
  let index = row * params.outputs + column;
  var y = sum;
  if (params.bias == 1u) {
    y += loadWeights4(params.inputs * params.outputs + column);
  }
  if (params.relu == 1u) {
    y = max(y, vec4f());
  }
  storeOutput4(index, y * dropoutScale4(index), count);
}
`,
})}
`,
  workgroups: (params, step) => tiledGrid(rowCount(params, step), params.outputs),
  cost: (params, step) => {
    const rows = rowCount(params, step);
    const { inputs, outputs, bias, relu, dropThreshold } = params;
    const scaled = step.training === 1 && dropThreshold > 0 ? 1 : 0;
    return {
      flops: rows * outputs * (2 * inputs + bias + relu + scaled),
      bytes: 4 * (rows * (inputs + outputs) + (inputs + bias) * outputs),
    };
  },
  cpu(buffers, params, step) {
    const { input, weights, output } = buffers as Record<string, Float32Array>;
    const { inputs, outputs, bias, relu } = params;
    const rows = rowCount(params, step);
    const size = rows * outputs;
    if (bias === 1) {
      const last = weights.subarray(inputs * outputs, (inputs + 1) * outputs);
      for (let out = 0; out < size; out += outputs) output.set(last, out);
    }
    multiply(
      rowMajor(output, outputs),
      rowMajor(input, inputs),
      rowMajor(weights, outputs),
      { rows, columns: outputs, depth: inputs },
      bias === 1,
    );
    if (relu === 1) rowRelu(output)(0, size);
    dropout(output, params, step)?.(0, size);
  },
};
