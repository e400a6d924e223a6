import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import { dropoutParams, dropoutScale, dropoutWgsl } from '../shared/dropout';
import { gatesWgsl, lstmParams, lstmWorkgroup, mostHiddenUnits, noToken, poolings, sigmoid } from './gates';

/**
 * The recurrence of an LSTM (Hochreiter, Schmidhuber 1997; gates in PyTorch's order: input, forget, cell, output) over all time steps of all
 * sentences in one dispatch: a workgroup a sentence, its state in workgroup memory. Sentences are not padded: each ends at its own length.
 *
 * `gates` comes in as X Wx + b (tokens x 4 H), and leaves as the gates' values; `cells` and `previous` (the state before each token) are kept for
 * the way back. `chosen` is the token whose state each output is: the last, or the one with the largest value.
 */
export const lstmForward: Kernel = {
  name: 'lstm-forward',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'weights', type: 'f32', access: 'read' },
    { name: 'gates', type: 'f32', access: 'read_write' },
    { name: 'cells', type: 'f32', access: 'read_write' },
    { name: 'previous', type: 'f32', access: 'read_write' },
    { name: 'output', type: 'f32', access: 'read_write' },
    { name: 'chosen', type: 'u32', access: 'read_write' },
  ],
  params: [...lstmParams, ...dropoutParams],
  wgsl: /* wgsl */ `
// i, f, o = sigmoid, g = tanh of (gates[t] + h(t - 1) weights); c(t) = f c(t - 1) + i g; h(t) = o tanh(c(t)); output = dropout(h(last) or max h)
${gatesWgsl}
${dropoutWgsl}
var<workgroup> states: array<f32, ${2 * mostHiddenUnits}>;

@compute @workgroup_size(${lstmWorkgroup})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let start = batch[step.batchOffset + group.x];
  let end = batch[step.batchOffset + group.x + 1u];
  let units = params.hidden;
  let out = group.x * params.outputWidth + params.outputOffset;
  for (var j = local; j < units; j += ${lstmWorkgroup}u) {
    states[j] = 0.0;
    output[out + j] = 0.0;
    chosen[out + j] = ${noToken}u;
  }
  // The two halves of states take turns: one is read while the other is written.
  var current = 0u;
  workgroupBarrier();
  for (var n = 0u; n < end - start; n++) {
    let t = select(start + n, end - 1u - n, params.backwards == 1u);
    let before = select(t - 1u, t + 1u, params.backwards == 1u);
    for (var j = local; j < units; j += ${lstmWorkgroup}u) {
      let gate = t * 4u * units + j;
      var a = vec4f(gates[gate], gates[gate + units], gates[gate + 2u * units], gates[gate + 3u * units]);
      for (var k = 0u; k < units; k++) {
        let w = k * 4u * units + j;
        a += states[current + k] * vec4f(weights[w], weights[w + units], weights[w + 2u * units], weights[w + 3u * units]);
      }
      let i = sigmoid(a.x);
      let f = sigmoid(a.y);
      let g = squash(a.z);
      let o = sigmoid(a.w);
      var c = i * g;
      if (n > 0u) {
        c += f * cells[before * units + j];
      }
      let h = o * squash(c);
      gates[gate] = i;
      gates[gate + units] = f;
      gates[gate + 2u * units] = g;
      gates[gate + 3u * units] = o;
      cells[t * units + j] = c;
      previous[t * units + j] = states[current + j];
      states[${mostHiddenUnits}u - current + j] = h;
      if (n == 0u || params.pooling == ${poolings.last}u || h > output[out + j]) {
        output[out + j] = h;
        chosen[out + j] = t;
      }
    }
    current = ${mostHiddenUnits}u - current;
    workgroupBarrier();
  }
  for (var j = local; j < units; j += ${lstmWorkgroup}u) {
    output[out + j] *= dropoutScale(out + j);
  }
}
`,
  workgroups: (_params, step) => [step.sentences, 1, 1],
  cpu(buffers, params, step) {
    const { batch, chosen } = buffers;
    const { weights, gates, cells, previous, output } = buffers as Record<string, Float32Array>;
    const { hidden: units, backwards, pooling, outputWidth, outputOffset } = params;
    const { offsets } = batchLayout(step);
    const state = new Float32Array(units);
    for (let s = 0; s < step.sentences; s++) {
      const start = batch[offsets + s];
      const end = batch[offsets + s + 1];
      const out = s * outputWidth + outputOffset;
      state.fill(0);
      output.fill(0, out, out + units);
      chosen.fill(noToken, out, out + units);
      for (let n = 0; n < end - start; n++) {
        const t = backwards === 1 ? end - 1 - n : start + n;
        const before = (backwards === 1 ? t + 1 : t - 1) * units;
        const row = t * 4 * units;
        if (n > 0) addRecurrent(gates, row, state, weights, units);
        for (let j = 0; j < units; j++) {
          const i = sigmoid(gates[row + j]);
          const f = sigmoid(gates[row + units + j]);
          const g = Math.tanh(gates[row + 2 * units + j]);
          const o = sigmoid(gates[row + 3 * units + j]);
          const c = n > 0 ? i * g + f * cells[before + j] : i * g;
          const h = o * Math.tanh(c);
          gates[row + j] = i;
          gates[row + units + j] = f;
          gates[row + 2 * units + j] = g;
          gates[row + 3 * units + j] = o;
          cells[t * units + j] = c;
          previous[t * units + j] = state[j];
          state[j] = h;
          if (n === 0 || pooling === poolings.last || state[j] > output[out + j]) {
            output[out + j] = h;
            chosen[out + j] = t;
          }
        }
      }
      for (let j = 0; j < units; j++) output[out + j] *= dropoutScale(params, step, out + j);
    }
  },
};

/** gates[row ..] += state x weights (H x 4 H). */
function addRecurrent(gates: Float32Array, row: number, state: Float32Array, weights: Float32Array, units: number): void {
  const width = 4 * units;
  for (let k = 0; k < units; k++) {
    const h = state[k];
    const w = k * width;
    for (let j = 0; j < width; j++) gates[row + j] += h * weights[w + j];
  }
}
