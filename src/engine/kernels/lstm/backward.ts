import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import { dropout, dropoutParams, dropoutWgsl } from '../shared/dropout';
import { multiply, rowMajor } from '../wasm/product';
import { cellBackward } from './cell';
import { backwardFlops, gatesWgsl, lstmParams, lstmWorkgroup, mostHiddenUnits } from './gates';

/**
 * Backpropagation through time of `lstm-forward`, all time steps of all sentences in one dispatch: the gradient of the gates' sums (tokens x
 * 4 H), from which dense kernels make those of X, Wx, Wh and b. `transposed` is Wh^T, so that neighbours in the workgroup read neighbours.
 */
export const lstmBackward: Kernel = {
  name: 'lstm-backward',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'transposed', type: 'f32', access: 'read' },
    { name: 'gates', type: 'f32', access: 'read' },
    { name: 'cells', type: 'f32', access: 'read' },
    { name: 'chosen', type: 'u32', access: 'read' },
    { name: 'outputGradient', type: 'f32', access: 'read' },
    { name: 'gatesGradient', type: 'f32', access: 'read_write' },
  ],
  params: [...lstmParams, ...dropoutParams],
  wgsl: /* wgsl */ `
// dh(t) = [t chosen] dropout(outputGradient) + gatesGradient(t + 1) weights^T; dc(t) = dh o (1 - tanh(c)^2) + dc(t + 1) f(t + 1);
// gatesGradient(t) = dc g i (1 - i), dc c(t - 1) f (1 - f), dc i (1 - g^2), dh tanh(c) o (1 - o)
${gatesWgsl}
${dropoutWgsl}
var<workgroup> stateGradient: array<f32, ${mostHiddenUnits}>;
var<workgroup> cellGradient: array<f32, ${mostHiddenUnits}>;

@compute @workgroup_size(${lstmWorkgroup})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let start = batch[step.batchOffset + group.x];
  let end = batch[step.batchOffset + group.x + 1u];
  let units = params.hidden;
  let out = group.x * params.outputWidth + params.outputOffset;
  // Each element of the two is touched by one invocation only, so they need no barrier.
  for (var j = local; j < units; j += ${lstmWorkgroup}u) {
    stateGradient[j] = 0.0;
    cellGradient[j] = 0.0;
  }
  for (var n = end - start; n > 0u; n--) {
    let t = select(start + n - 1u, end - n, params.backwards == 1u);
    let before = select(t - 1u, t + 1u, params.backwards == 1u);
    let row = t * 4u * units;
    for (var j = local; j < units; j += ${lstmWorkgroup}u) {
      var dh = stateGradient[j];
      if (chosen[out + j] == t) {
        dh += outputGradient[out + j] * dropoutScale(out + j);
      }
      let i = gates[row + j];
      let f = gates[row + units + j];
      let g = gates[row + 2u * units + j];
      let o = gates[row + 3u * units + j];
      let c = squash(cells[t * units + j]);
      var c0 = 0.0;
      if (n > 1u) {
        c0 = cells[before * units + j];
      }
      let dc = cellGradient[j] + dh * o * (1.0 - c * c);
      cellGradient[j] = dc * f;
      gatesGradient[row + j] = dc * g * i * (1.0 - i);
      gatesGradient[row + units + j] = dc * c0 * f * (1.0 - f);
      gatesGradient[row + 2u * units + j] = dc * i * (1.0 - g * g);
      gatesGradient[row + 3u * units + j] = dh * c * o * (1.0 - o);
    }
    // Every invocation now reads what all of them have written of this time step; the next one writes to another row.
    storageBarrier();
    for (var k = local; k < units; k += ${lstmWorkgroup}u) {
      var sum = 0.0;
      for (var m = 0u; m < 4u * units; m++) {
        sum += gatesGradient[row + m] * transposed[m * units + k];
      }
      stateGradient[k] = sum;
    }
  }
}
`,
  workgroups: (_params, step) => [step.sentences, 1, 1],
  cpuScratch: ({ hidden, outputWidth }, { sentences }) => sentences * (7 * hidden + outputWidth),
  cost: ({ hidden, dropThreshold }, { sentences, tokens, training }) => {
    const scaled = training === 1 && dropThreshold > 0 ? sentences : 0;
    return {
      flops: hidden * (tokens * (8 * hidden + backwardFlops) + scaled + sentences),
      bytes: 4 * (4 * hidden * hidden + hidden * (tokens * (4 + 1 + 4) + 2 * sentences) + sentences + 1),
    };
  },
  cpu(buffers, params, step) {
    const batch = buffers.batch as Uint32Array;
    const chosen = buffers.chosen as Uint32Array;
    const { transposed, gates, cells, outputGradient, gatesGradient, scratch } = buffers as Record<string, Float32Array>;
    const { hidden: units, backwards, outputWidth, outputOffset } = params;
    const { offsets } = batchLayout(step);
    const { sentences } = step;
    const lengthOf = (s: number) => batch[offsets + s + 1] - batch[offsets + s];
    let taken = 0;
    const take = (length: number) => {
      taken += length;
      return scratch.subarray(taken - length, taken);
    };
    const cellGradients = take(sentences * units).fill(0);
    const stateGradients = take(sentences * units).fill(0);
    // Of the sentences that have a time step n, packed in the order of `active`: a sentence joins them at its last one.
    const packedGates = take(sentences * 4 * units);
    const products = take(sentences * units);
    const masked = take(sentences * outputWidth);
    masked.set(outputGradient.subarray(0, masked.length));
    dropout(masked, params, step)?.(0, masked.length);
    const arrays = { gates, cells, chosen, outputGradient: masked, stateGradients, cellGradients, gatesGradient, packedGates };
    const stepCell = cellBackward(arrays, units);
    let longest = 0;
    for (let s = 0; s < sentences; s++) longest = Math.max(longest, lengthOf(s));
    for (let n = longest; n > 0; n--) {
      const active: number[] = [];
      for (let s = 0; s < sentences; s++) if (lengthOf(s) >= n) active.push(s);
      active.forEach((s, a) => {
        const t = batch[offsets + s] + (backwards === 1 ? lengthOf(s) - n : n - 1);
        const before = (backwards === 1 ? t + 1 : t - 1) * units;
        stepCell(t, t * 4 * units, t * units, n > 1 ? before : null, s * outputWidth + outputOffset, s * units, a * 4 * units);
      });
      if (n === 1) break;
      multiply(rowMajor(products, units), rowMajor(packedGates, 4 * units), rowMajor(transposed, units), {
        rows: active.length,
        columns: units,
        depth: 4 * units,
      });
      active.forEach((s, a) => {
        stateGradients.set(products.subarray(a * units, (a + 1) * units), s * units);
      });
    }
  },
};
