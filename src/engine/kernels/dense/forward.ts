import type { Kernel } from '../../device/device';
import { dropoutParams, dropoutScale, dropoutWgsl } from '../shared/dropout';
import { rowCount, rowCountWgsl, rowParams } from '../shared/rows';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';

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
    { name: 'input', type: 'f32', access: 'read' },
    { name: 'weights', type: 'f32', access: 'read' },
    { name: 'output', type: 'f32', access: 'read_write' },
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
  functions: /* wgsl */ `
fn left(row: u32, k: u32) -> f32 { return input[row * params.inputs + k]; }
fn right(k: u32, column: u32) -> f32 { return weights[k * params.outputs + column]; }
fn store(row: u32, column: u32, sum: f32) {
  let index = row * params.outputs + column;
  var y = sum;
  if (params.bias == 1u) {
    y += weights[params.inputs * params.outputs + column];
  }
  if (params.relu == 1u) {
    y = max(y, 0.0);
  }
  output[index] = y * dropoutScale(index);
}
`,
})}
`,
  workgroups: (params, step) => tiledGrid(rowCount(params, step), params.outputs),
  cpu(buffers, params, step) {
    const { input, weights, output } = buffers as Record<string, Float32Array>;
    const { inputs, outputs, bias, relu, dropThreshold } = params;
    const dropping = step.training === 1 && dropThreshold > 0;
    const rows = rowCount(params, step);
    for (let s = 0; s < rows; s++) {
      const out = s * outputs;
      for (let j = 0; j < outputs; j++) {
        output[out + j] = bias === 1 ? weights[inputs * outputs + j] : 0;
      }
      addProduct(output, out, input, s * inputs, weights, inputs, outputs);
      if (relu === 1) {
        for (let j = 0; j < outputs; j++) {
          if (output[out + j] < 0) output[out + j] = 0;
        }
      }
      if (dropping) {
        for (let j = 0; j < outputs; j++) {
          output[out + j] *= dropoutScale(params, step, out + j);
        }
      }
    }
  },
};

/** output[out ..] += input[at .. at + inputs] x weights (inputs x outputs); four rows of the weights at a time halve the stores. */
function addProduct(
  output: Float32Array,
  out: number,
  input: Float32Array,
  at: number,
  weights: Float32Array,
  inputs: number,
  outputs: number,
): void {
  let k = 0;
  for (; k + 3 < inputs; k += 4) {
    const x0 = input[at + k];
    const x1 = input[at + k + 1];
    const x2 = input[at + k + 2];
    const x3 = input[at + k + 3];
    const w0 = k * outputs;
    const w1 = w0 + outputs;
    const w2 = w1 + outputs;
    const w3 = w2 + outputs;
    for (let j = 0; j < outputs; j++) {
      output[out + j] += x0 * weights[w0 + j] + x1 * weights[w1 + j] + x2 * weights[w2 + j] + x3 * weights[w3 + j];
    }
  }
  for (; k < inputs; k++) {
    const x = input[at + k];
    const w = k * outputs;
    for (let j = 0; j < outputs; j++) {
      output[out + j] += x * weights[w + j];
    }
  }
}
