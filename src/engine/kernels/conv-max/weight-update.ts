import type { Kernel } from '../../device/device';
import { batchLayout } from '../batch/layout';
import type { Optimizer } from '../optimizer/optimizer';
import { rowUpdate } from '../optimizer/update-rows';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { transpose } from '../shared/transpose';
import { rowAdd } from '../wasm/rows';
import { convParams, convWgsl, winningProducts } from './shape';

/** Backward of `conv-max-forward` towards its weights, fused with the optimizer: only the windows that won have a gradient, one a sentence and filter. */
export function convMaxWeightUpdate(optimizer: Optimizer): Kernel {
  return {
    name: `conv-max-weight-update/${optimizer.id}`,
    bindings: [
      { name: 'batch', type: 'u32', access: 'read' },
      { name: 'input', type: 'f32', access: 'read' },
      { name: 'chosen', type: 'u32', access: 'read' },
      { name: 'outputGradient', type: 'f32', access: 'read' },
      { name: 'weights', type: 'f32', access: 'read_write' },
      { name: 'state', type: 'f32', access: 'read_write' },
    ],
    params: convParams,
    wgsl: /* wgsl */ `
// gradient[k, f] = sum over s of outputGradient[s, f] input[chosen[s, f] columns + k]; of the bias: sum over s of outputGradient[s, f]
${convWgsl}
${optimizer.wgsl}
fn element(index: u32) {
  let depth = params.span * params.columns;
  let size = (depth + 1u) * params.filters;
  if (index >= size) {
    return;
  }
  let k = index / params.filters;
  let f = index % params.filters;
  var gradient = 0.0;
  for (var s = 0u; s < step.sentences; s++) {
    let out = s * params.outputWidth + params.outputOffset + f;
    if (k == depth) {
      gradient += outputGradient[out];
    } else if (k < depthOf(s)) {
      gradient += outputGradient[out] * input[chosen[out] * params.columns + k];
    }
  }
  weights[index] = update(index, size, weights[index], gradient);
}
${flatMainWgsl}
`,
    workgroups: ({ span, columns, filters }) => flatGrid((span * columns + 1) * filters),
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
