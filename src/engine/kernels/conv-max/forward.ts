import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import { dropout, dropoutParams, dropoutWgsl } from '../shared/dropout';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { byFours } from '../shared/quads';
import { productTerms } from '../shared/tiled-matmul';
import { multiply, rowMajor } from '../wasm/product';
import { rowLargest } from '../wasm/rows';
import { convParams, convWgsl, windowCount, windowProducts } from './shape';

/**
 * Convolution over a sentence's tokens, ReLU and the maximum over time (Kim, EMNLP 2014) in one: each invocation goes through a sentence's
 * windows, four windows by four filters at a time in registers, and keeps the largest; the activations themselves are never stored. ReLU
 * is monotone, so it comes once, after the maximum. `chosen` is the first token of the window that won (the first of equal ones).
 *
 * Weights: (span columns + 1) x filters, the last row the bias. An empty sentence has the bias alone.
 */
export const convMaxForward: Kernel = {
  name: 'conv-max-forward',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'input', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'weights', type: 'f32', access: 'read', aligned: ({ filters }) => byFours(filters) },
    { name: 'output', type: 'f32', access: 'read_write' },
    { name: 'chosen', type: 'u32', access: 'read_write' },
  ],
  params: [...convParams, ...dropoutParams],
  wgsl: /* wgsl */ `
// output[s, f] = dropout(relu(bias[f] + max over windows w of sum over k of input[w columns + k] weights[k, f]))
${convWgsl}
${dropoutWgsl}
fn left1(index: u32) -> f32 { return loadInput(index); }
fn left4(index: u32) -> vec4f { return loadInput4(index); }
fn right4(index: u32) -> vec4f { return loadWeights4(index); }
fn element(index: u32) {
  let quads = (params.filters + 3u) / 4u;
  let sentence = index / quads;
  if (sentence >= step.sentences) {
    return;
  }
  let column = (index % quads) * 4u;
  let start = startOf(sentence);
  let depth = depthOf(sentence);
  let whole = depth & ~3u;
  let columns = params.columns;
  let rightAt = vec4u(column);
  let rightStride = params.filters;
  let windows = select(1u, lengthOf(sentence) - params.span + 1u, lengthOf(sentence) >= params.span);
  var best = vec4f(-3.0e38);
  var argument = vec4u(start);
  for (var first = 0u; first < windows; first += 4u) {
    // Past the last window the last one stands again: it can't win twice.
    let r = min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(windows - 1u)) + vec4u(start);
    let leftAt = r * columns;
    var sum0 = vec4f();
    var sum1 = vec4f();
    var sum2 = vec4f();
    var sum3 = vec4f();
    for (var k = 0u; k < whole; k += 4u) {${productTerms['depth across'].four}
    }
    for (var k = whole; k < depth; k++) {${productTerms['depth across'].one}
    }
    argument = select(argument, vec4u(r.x), sum0 > best);
    best = max(best, sum0);
    argument = select(argument, vec4u(r.y), sum1 > best);
    best = max(best, sum1);
    argument = select(argument, vec4u(r.z), sum2 > best);
    best = max(best, sum2);
    argument = select(argument, vec4u(r.w), sum3 > best);
    best = max(best, sum3);
  }
  let y = max(best + right4(params.span * columns * rightStride + column), vec4f(0.0));
  let out = sentence * params.outputWidth + params.outputOffset + column;
  for (var c = 0u; c < min(4u, params.filters - column); c++) {
    output[out + c] = y[c] * dropoutScale(out + c);
    chosen[out + c] = argument[c];
  }
}
${flatMainWgsl}
`,
  workgroups: (params, step) => flatGrid(step.sentences * Math.ceil(params.filters / 4)),
  cpuScratch: ({ span, filters }, { tokens }) => (Math.max(0, tokens - span + 1) + 1) * filters,
  cost: (params, step) => {
    const { columns, span, filters, dropThreshold } = params;
    const { sentences, tokens } = step;
    const scaled = step.training === 1 && dropThreshold > 0 ? 1 : 0;
    return {
      // A product and a comparison a window; then bias, ReLU and dropout.
      flops: filters * (windowProducts(params, step) * 2 + windowCount(params, step) + sentences * (2 + scaled)),
      bytes: 4 * (tokens * columns + (span * columns + 1) * filters + 2 * sentences * filters + sentences + 1),
    };
  },
  cpu(buffers, params, step) {
    const { batch, chosen } = buffers;
    const { input, weights, output, scratch } = buffers as Record<string, Float32Array>;
    const { columns, span, filters, outputWidth, outputOffset } = params;
    const { offsets } = batchLayout(step);
    const bias = span * columns * filters;
    // The windows of all sentences are one product, whose left rows overlap; those that run over a sentence's end are never looked at.
    const whole = Math.max(0, step.tokens - span + 1);
    const sums = scratch.subarray(filters);
    const windowsFrom = (first: number) => ({ values: input, offset: first * columns, row: columns, column: 1 });
    const right = rowMajor(weights, filters);
    multiply(rowMajor(sums, filters), windowsFrom(0), right, { rows: whole, columns: filters, depth: span * columns });
    const short = scratch.subarray(0, filters);
    const keepLargest = rowLargest(output, chosen as Uint32Array, sums);
    const drop = dropout(output, params, step);
    for (let s = 0; s < step.sentences; s++) {
      const start = batch[offsets + s];
      const length = batch[offsets + s + 1] - start;
      const out = s * outputWidth + outputOffset;
      if (length < span) {
        multiply(rowMajor(short, filters), windowsFrom(start), right, { rows: 1, columns: filters, depth: length * columns });
      }
      const row = start * filters;
      output.set(length < span ? short : sums.subarray(row, row + filters), out);
      chosen.fill(start, out, out + filters);
      for (let first = 1; first <= length - span; first++) keepLargest(out, row + first * filters, filters, start + first);
      for (let f = 0; f < filters; f++) output[out + f] = Math.max(0, output[out + f] + weights[bias + f]);
      drop?.(out, filters);
    }
  },
};
