import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { dropout, dropoutParams, dropoutWgsl } from '../shared/dropout';
import { multiply, rowMajor } from '../wasm/product';
import { rowLargest } from '../wasm/rows';
import { cellForward } from './cell';
import { cellFlops, gateFlops, gatesWgsl, lstmParams, lstmWorkgroup, mostHiddenUnits, noToken, poolings } from './gates';

/**
 * The recurrence of an LSTM (Hochreiter, Schmidhuber 1997; gates in PyTorch's order: input, forget, cell, output) over all time steps of all
 * sentences in one dispatch: a workgroup a sentence, its state in workgroup memory. Sentences are not padded: each ends at its own length.
 *
 * `products` is X Wx + b of each word of the batch (distinct rows x 4 H), which its tokens have in common. The gates' values (tokens x 4 H), `cells` and
 * `previous` (the state before each token) are kept for the way back. `chosen` is the token whose state each output is: the last, or the one with the largest value.
 */
export const lstmForward: Kernel = {
  name: 'lstm-forward',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'products', type: 'f32', access: 'read' },
    { name: 'weights', type: 'f32', access: 'read' },
    { name: 'gates', type: 'f32', access: 'read_write' },
    { name: 'cells', type: 'f32', access: 'read_write' },
    { name: 'previous', type: 'f32', access: 'read_write' },
    { name: 'output', type: 'f32', access: 'read_write' },
    { name: 'chosen', type: 'u32', access: 'read_write' },
  ],
  params: [...lstmParams, ...dropoutParams],
  wgsl: /* wgsl */ `
// i, f, o = sigmoid, g = tanh of (products[ids[t]] + h(t - 1) weights); c(t) = f c(t - 1) + i g; h(t) = o tanh(c(t)); output = dropout(h(last) or max h)
${batchWgsl}
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
    let row = batch[idsStart() + t] * 4u * units;
    for (var j = local; j < units; j += ${lstmWorkgroup}u) {
      let gate = t * 4u * units + j;
      let product = row + j;
      var a = vec4f(products[product], products[product + units], products[product + 2u * units], products[product + 3u * units]);
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
  cpuScratch: ({ hidden }, { sentences }) => sentences * 5 * hidden,
  cost: ({ hidden, pooling, dropThreshold }, { sentences, tokens, distinctRows, training }) => {
    const pooled = pooling === poolings.max ? tokens : 0;
    const scaled = training === 1 && dropThreshold > 0 ? sentences : 0;
    return {
      flops: hidden * (tokens * (8 * hidden + 4 + gateFlops + cellFlops) + pooled + scaled),
      // Gates, cells and states are written: a workgroup may keep its own.
      bytes: 4 * (hidden * (4 * hidden + 4 * distinctRows + tokens * (4 + 2) + 2 * sentences) + tokens + sentences + 1),
    };
  },
  cpu(buffers, params, step) {
    const batch = buffers.batch as Uint32Array;
    const chosen = buffers.chosen as Uint32Array;
    const { products, weights, gates, cells, previous, output, scratch } = buffers as Record<string, Float32Array>;
    const { hidden: units, backwards, pooling, outputWidth, outputOffset } = params;
    const { offsets, ids } = batchLayout(step);
    const lengthOf = (s: number) => batch[offsets + s + 1] - batch[offsets + s];
    const outOf = (s: number) => s * outputWidth + outputOffset;
    const active: number[] = [];
    for (let s = 0; s < step.sentences; s++) {
      output.fill(0, outOf(s), outOf(s) + units);
      chosen.fill(noToken, outOf(s), outOf(s) + units);
      if (lengthOf(s) > 0) active.push(s);
    }
    // A time step of all sentences that have one is one product; states are packed in the order of `active`.
    const states = scratch.subarray(0, active.length * units).fill(0);
    const sums = scratch.subarray(active.length * units, active.length * 5 * units).fill(0);
    const stepCell = cellForward({ products, gates, sums, cells, previous, states }, units);
    const keepLargest = rowLargest(output, chosen, states);
    for (let n = 0; active.length > 0; n++) {
      if (n > 0) {
        multiply(rowMajor(sums, 4 * units), rowMajor(states, units), rowMajor(weights, 4 * units), {
          rows: active.length,
          columns: 4 * units,
          depth: units,
        });
      }
      active.forEach((s, a) => {
        const t = batch[offsets + s] + (backwards === 1 ? lengthOf(s) - 1 - n : n);
        const before = (backwards === 1 ? t + 1 : t - 1) * units;
        const state = a * units;
        stepCell(batch[ids + t] * 4 * units, t * 4 * units, a * 4 * units, t * units, n > 0 ? before : null, state);
        if (n > 0 && pooling === poolings.max) keepLargest(outOf(s), state, units, t);
        else if (n === 0 || pooling === poolings.last) {
          output.set(states.subarray(state, state + units), outOf(s));
          chosen.fill(t, outOf(s), outOf(s) + units);
        }
      });
      let kept = 0;
      for (const [a, s] of active.entries()) {
        if (lengthOf(s) <= n + 1) continue;
        if (kept < a) states.copyWithin(kept * units, a * units, (a + 1) * units);
        active[kept++] = s;
      }
      active.length = kept;
    }
    const drop = dropout(output, params, step);
    if (drop) for (let s = 0; s < step.sentences; s++) drop(outOf(s), units);
  },
};
