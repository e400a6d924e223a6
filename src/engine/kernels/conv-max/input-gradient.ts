import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import { byFours, quadGrid, quadMainWgsl } from '../shared/quads';
import { transpose } from '../shared/transpose';
import { rowAdd } from '../wasm/rows';
import { convParams, convWgsl, winningProducts } from './shape';

/** Backward of `conv-max-forward` towards the tokens' vectors: what each filter's winning window sends to the tokens in it. */
export const convMaxInputGradient: Kernel = {
  name: 'conv-max-input-gradient',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'chosen', type: 'u32', access: 'read' },
    { name: 'outputGradient', type: 'f32', access: 'read' },
    { name: 'weights', type: 'f32', access: 'read' },
    { name: 'inputGradient', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [
    ...convParams,
    /** 1: added to what `inputGradient` holds, where filters of several spans read one input. */
    { name: 'accumulate', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// inputGradient[t, c] = sum over f with 0 <= i = t - chosen[s, f] < span of outputGradient[s, f] weights[i columns + c, f]
${convWgsl}
// The sentence of a token: the last one that starts at it or before it, empty ones passed over.
fn sentenceOf(token: u32) -> u32 {
  var low = 0u;
  var high = step.sentences;
  while (high - low > 1u) {
    let middle = (low + high) / 2u;
    if (startOf(middle) <= token) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}
fn quad(token: u32, column: u32) {
  if (token >= step.tokens) {
    return;
  }
  let out = sentenceOf(token) * params.outputWidth + params.outputOffset;
  let next = params.filters;
  let span = params.span;
  let columns = params.columns;
  var gradient = vec4f();
  for (var f = 0u; f < next; f++) {
    // Below the window's first token this wraps around to a large number.
    let i = token - chosen[out + f];
    if (i < span) {
      let w = (i * columns + column) * next + f;
      gradient += outputGradient[out + f] * vec4f(weights[w], weights[w + next], weights[w + 2u * next], weights[w + 3u * next]);
    }
  }
  let index = token * params.columns + column;
  if (params.accumulate == 1u) {
    gradient += loadInputGradient4(index);
  }
  storeInputGradient4(index, gradient, min(4u, params.columns - column));
}
${quadMainWgsl}
`,
  workgroups: (params, step) => quadGrid(step.tokens, params.columns),
  cpuScratch: ({ span, columns, filters }) => span * columns * filters,
  cost: (params, step) => {
    const { columns, span, filters, accumulate } = params;
    const { sentences, tokens } = step;
    return {
      flops: 2 * filters * winningProducts(params, step) + accumulate * tokens * columns,
      bytes: 4 * (2 * sentences * filters + span * columns * filters + (1 + accumulate) * tokens * columns + sentences + 1),
    };
  },
  cpu(buffers, params, step) {
    const { batch, chosen } = buffers;
    const { outputGradient, weights, inputGradient, scratch: byFilter } = buffers as Record<string, Float32Array>;
    const { columns, span, filters, outputWidth, outputOffset, accumulate } = params;
    const { offsets } = batchLayout(step);
    transpose(weights, span * columns, filters, byFilter);
    const add = rowAdd(inputGradient, byFilter);
    if (accumulate === 0) inputGradient.fill(0, 0, step.tokens * columns);
    for (let s = 0; s < step.sentences; s++) {
      const own = Math.min(batch[offsets + s + 1] - batch[offsets + s], span) * columns;
      const out = s * outputWidth + outputOffset;
      for (let f = 0; f < filters; f++) {
        const dy = outputGradient[out + f];
        if (dy === 0) continue;
        add(chosen[out + f] * columns, f * span * columns, own, dy);
      }
    }
  },
};
