import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import { dropoutParams, dropoutScale, dropoutWgsl } from '../shared/dropout';
import { multiply, rowMajor } from '../wasm/product';
import { cellFlops, gateFlops, gatesWgsl, lstmParams, lstmWorkgroup, mostHiddenUnits, noToken, poolings, sigmoid } from './gates';

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
  cost: ({ hidden, pooling, dropThreshold }, { sentences, tokens, training }) => {
    const pooled = pooling === poolings.max ? tokens : 0;
    const scaled = training === 1 && dropThreshold > 0 ? sentences : 0;
    return {
      flops: hidden * (tokens * (8 * hidden + 4 + gateFlops + cellFlops) + pooled + scaled),
      // The gates are read and written; cells and states are written, since a workgroup may keep its own.
      bytes: 4 * (4 * hidden * hidden + hidden * (tokens * (8 + 2) + 2 * sentences) + sentences + 1),
    };
  },
  cpu(buffers, params, step) {
    const { batch, chosen } = buffers;
    const { weights, gates, cells, previous, output } = buffers as Record<string, Float32Array>;
    const { hidden: units, backwards, pooling, outputWidth, outputOffset } = params;
    const { offsets } = batchLayout(step);
    const startOf = (s: number) => batch[offsets + s];
    const lengthOf = (s: number) => batch[offsets + s + 1] - batch[offsets + s];
    const outOf = (s: number) => s * outputWidth + outputOffset;
    let active: number[] = [];
    for (let s = 0; s < step.sentences; s++) {
      output.fill(0, outOf(s), outOf(s) + units);
      chosen.fill(noToken, outOf(s), outOf(s) + units);
      if (lengthOf(s) > 0) active.push(s);
    }
    // A time step of all sentences that have one is one product; states are packed in the order of `active`.
    let states = new Float32Array(active.length * units);
    const sums = new Float32Array(active.length * 4 * units);
    for (let n = 0; active.length > 0; n++) {
      if (n > 0) {
        multiply(rowMajor(sums, 4 * units), rowMajor(states, units), rowMajor(weights, 4 * units), {
          rows: active.length,
          columns: 4 * units,
          depth: units,
        });
      }
      active.forEach((s, a) => {
        const t = backwards === 1 ? startOf(s) + lengthOf(s) - 1 - n : startOf(s) + n;
        const before = (backwards === 1 ? t + 1 : t - 1) * units;
        const row = t * 4 * units;
        const sum = a * 4 * units;
        const out = outOf(s);
        for (let j = 0; j < units; j++) {
          const i = sigmoid(gates[row + j] + sums[sum + j]);
          const f = sigmoid(gates[row + units + j] + sums[sum + units + j]);
          const g = Math.tanh(gates[row + 2 * units + j] + sums[sum + 2 * units + j]);
          const o = sigmoid(gates[row + 3 * units + j] + sums[sum + 3 * units + j]);
          const c = n > 0 ? i * g + f * cells[before + j] : i * g;
          gates[row + j] = i;
          gates[row + units + j] = f;
          gates[row + 2 * units + j] = g;
          gates[row + 3 * units + j] = o;
          cells[t * units + j] = c;
          previous[t * units + j] = states[a * units + j];
          states[a * units + j] = o * Math.tanh(c);
          if (n === 0 || pooling === poolings.last || states[a * units + j] > output[out + j]) {
            output[out + j] = states[a * units + j];
            chosen[out + j] = t;
          }
        }
      });
      const goesOn = active.map((s) => lengthOf(s) > n + 1);
      if (goesOn.includes(false)) {
        const kept = active.flatMap((_, a) => (goesOn[a] ? [a] : []));
        states = packRows(states, kept, units);
        active = kept.map((a) => active[a]);
      }
    }
    for (let s = 0; s < step.sentences; s++) {
      for (let j = outOf(s); j < outOf(s) + units; j++) output[j] *= dropoutScale(params, step, j);
    }
  },
};

/** Some rows of a matrix, one after the other. */
function packRows(values: Float32Array, rows: readonly number[], width: number): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    packed.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return packed;
}
