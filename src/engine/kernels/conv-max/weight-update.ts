import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import type { Optimizer } from '../optimizer/optimizer';
import { rowUpdate } from '../optimizer/update-rows';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { byFours } from '../shared/quads';
import { transpose } from '../shared/transpose';
import { rowAdd } from '../wasm/rows';
import { convParams, convWgsl, winningProducts } from './shape';

/** Backward of `conv-max-forward` towards its weights, fused with the optimizer: only the windows that won have a gradient, one a sentence and filter. */
export function convMaxWeightUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `conv-max-weight-update/${optimizer.id}`,
    bindings: [
      { name: 'batch', type: 'u32', access: 'read' },
      { name: 'input', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
      { name: 'chosen', type: 'u32', access: 'read' },
      { name: 'outputGradient', type: 'f32', access: 'read' },
      { name: 'weights', type: 'f32', access: 'read_write', aligned: ({ filters }) => byFours(filters) },
      { name: 'state', type: 'f32', access: 'read_write', aligned: ({ filters }) => byFours(filters) },
    ],
    params: convParams,
    wgsl: /* wgsl */ `
// gradient[k, f] = sum over s of outputGradient[s, f] input[chosen[s, f] columns + k]; of the bias: sum over s of outputGradient[s, f]
${convWgsl}
${optimizer.wgsl}
// Four numbers of a filter's winning window from k on; of the bias 1, and zeros for what a short sentence lacks.
fn windowAt(window: u32, k: vec4u, own: u32, depth: u32) -> vec4f {
  let values = select(vec4f(), loadInput4(window + k.x), k < vec4u(own));
  return select(values, vec4f(1.0), k == vec4u(depth));
}
// An invocation has four k by four filters.
fn element(index: u32) {
  let columns = params.columns;
  let depth = params.span * columns;
  let sentences = step.sentences;
  let width = params.outputWidth;
  let offset = params.outputOffset;
  let quads = (params.filters + 3u) / 4u;
  let row = index / quads * 4u;
  let column = index % quads * 4u;
  if (row > depth) {
    return;
  }
  let k = vec4u(row, row + 1u, row + 2u, row + 3u);
  let f = min(vec4u(column, column + 1u, column + 2u, column + 3u), vec4u(params.filters - 1u));
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var s = 0u; s < sentences; s++) {
    let out = vec4u(s * width + offset) + f;
    let dy = vec4f(outputGradient[out.x], outputGradient[out.y], outputGradient[out.z], outputGradient[out.w]);
    let own = depthOf(s);
    let a = windowAt(chosen[out.x] * columns, k, own, depth);
    let b = windowAt(chosen[out.y] * columns, k, own, depth);
    let c = windowAt(chosen[out.z] * columns, k, own, depth);
    let d = windowAt(chosen[out.w] * columns, k, own, depth);
    sum0 += dy * vec4f(a.x, b.x, c.x, d.x);
    sum1 += dy * vec4f(a.y, b.y, c.y, d.y);
    sum2 += dy * vec4f(a.z, b.z, c.z, d.z);
    sum3 += dy * vec4f(a.w, b.w, c.w, d.w);
  }
  updateRow(row, column, sum0);
  if (row + 1u <= depth) { updateRow(row + 1u, column, sum1); }
  if (row + 2u <= depth) { updateRow(row + 2u, column, sum2); }
  if (row + 3u <= depth) { updateRow(row + 3u, column, sum3); }
}
fn updateRow(row: u32, column: u32, gradient: vec4f) {
  let index = row * params.filters + column;
  let size = (params.span * params.columns + 1u) * params.filters;
  let count = min(4u, params.filters - column);
  storeWeights4(index, update(index, size, count, loadWeights4(index), gradient), count);
}
${flatMainWgsl}
`,
    workgroups: ({ span, columns, filters }) => flatGrid(Math.ceil((span * columns + 1) / 4) * Math.ceil(filters / 4)),
    cpuScratch: ({ span, columns, filters }) => 2 * (span * columns + 1) * filters,
    cost: (params, step) => {
      const { columns, span, filters } = params;
      const { sentences, tokens } = step;
      const size = (span * columns + 1) * filters;
      return {
        flops: filters * (2 * winningProducts(params, step) + sentences) + size * optimizer.cost.flops,
        bytes: 4 * (tokens * columns + 2 * sentences * filters + sentences + 1) + size * optimizer.cost.bytes,
      };
    },
    cpu(buffers, params, step) {
      const { batch, chosen } = buffers;
      const { input, outputGradient, weights, state, scratch } = buffers as Record<string, Float32Array>;
      const { columns, span, filters, outputWidth, outputOffset } = params;
      const { offsets } = batchLayout(step);
      const depth = span * columns;
      const size = (depth + 1) * filters;
      // A row a filter, so that the windows are added in one run each.
      const byFilter = scratch.subarray(0, size).fill(0);
      const gradient = scratch.subarray(size, 2 * size);
      const add = rowAdd(byFilter, input);
      for (let s = 0; s < step.sentences; s++) {
        const own = Math.min(batch[offsets + s + 1] - batch[offsets + s], span) * columns;
        const out = s * outputWidth + outputOffset;
        for (let f = 0; f < filters; f++) {
          const dy = outputGradient[out + f];
          // Half of the filters' outputs are zero, more with dropout.
          if (dy === 0) continue;
          const row = f * (depth + 1);
          add(row, chosen[out + f] * columns, own, dy);
          byFilter[row + depth] += dy;
        }
      }
      transpose(byFilter, filters, depth + 1, gradient);
      rowUpdate(optimizer, { parameters: weights, state, gradient, size }, step)(0, size, 0);
    },
  };
}
