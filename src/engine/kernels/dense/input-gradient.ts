import type { Kernel } from '../../device/device';
import { byFours } from '../shared/quads';
import { rowCount, rowCountWgsl, rowParams } from '../shared/rows';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';
import { multiply, rowMajor, transposed } from '../wasm/product';
import { rowMask } from '../wasm/rows';

/**
 * Backward of a dense layer towards its input: dX = dY W^T, times the mask of the layer below where that one ends in ReLU and dropout (its
 * output X is positive exactly where both let it through, then scaled).
 */
export const denseInputGradient: Kernel = {
  name: 'dense-input-gradient',
  bindings: [
    { name: 'outputGradient', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
    { name: 'weights', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
    { name: 'input', type: 'f32', access: 'read', aligned: ({ inputs }) => byFours(inputs) },
    { name: 'inputGradient', type: 'f32', access: 'read_write', aligned: ({ inputs }) => byFours(inputs) },
  ],
  params: [
    ...rowParams,
    { name: 'inputs', type: 'u32' },
    { name: 'outputs', type: 'u32' },
    /** 1: the input came out of a ReLU. */
    { name: 'masked', type: 'u32' },
    /** What the dropout below scaled its output by. */
    { name: 'keepScale', type: 'f32' },
    /** 1: added to what `inputGradient` holds, where two products make one gradient; not with a mask. */
    { name: 'accumulate', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// inputGradient[s, k] = sum over j of outputGradient[s, j] weights[k, j]; masked: times keepScale where input[s, k] > 0, else 0
${rowCountWgsl}
${tiledMatmulWgsl({
  rows: 'rowCount()',
  columns: 'params.inputs',
  depth: 'params.outputs',
  layout: 'depth depth',
  leftStride: 'params.outputs',
  rightStride: 'params.outputs',
  functions: /* wgsl */ `
fn left1(index: u32) -> f32 { return loadOutputGradient(index); }
fn left4(index: u32) -> vec4f { return loadOutputGradient4(index); }
fn right1(index: u32) -> f32 { return loadWeights(index); }
fn right4(index: u32) -> vec4f { return loadWeights4(index); }
fn store4(row: u32, column: u32, sum: vec4f, count: u32) {
  let index = row * params.inputs + column;
  var gradient = sum;
  if (params.masked == 1u) {
    // Dropout scales only while training; in a pass without it the mask is ReLU's alone.
    let scale = select(1.0, params.keepScale, step.training == 1u);
    gradient = select(vec4f(), sum * scale, loadInput4(index) > vec4f());
  }
  if (params.accumulate == 1u) {
    gradient += loadInputGradient4(index);
  }
  storeInputGradient4(index, gradient, count);
}
`,
})}
`,
  workgroups: (params, step) => tiledGrid(rowCount(params, step), params.inputs),
  cost: (params, step) => {
    const rows = rowCount(params, step);
    const { inputs, outputs, masked, accumulate } = params;
    return {
      flops: rows * inputs * (2 * outputs + 2 * masked + accumulate),
      bytes: 4 * (rows * (outputs + inputs * (1 + masked + accumulate)) + inputs * outputs),
    };
  },
  cpu(buffers, params, step) {
    const { outputGradient, weights, input, inputGradient } = buffers as Record<string, Float32Array>;
    const { inputs, outputs, masked, keepScale, accumulate } = params;
    const rows = rowCount(params, step);
    const size = rows * inputs;
    if (masked === 1 && accumulate === 1) throw new RangeError('a masked gradient is of one layer only');
    multiply(
      rowMajor(inputGradient, inputs),
      rowMajor(outputGradient, outputs),
      transposed(weights, outputs),
      { rows, columns: inputs, depth: outputs },
      accumulate === 1,
    );
    if (masked === 1) rowMask(inputGradient, input)(size, step.training === 1 ? keepScale : 1);
  },
};
