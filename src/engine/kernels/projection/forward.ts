import type { Kernel } from '../../device/device';
import { byFours } from '../shared/quads';
import { tiledGrid, tiledMatmulWgsl } from '../shared/tiled-matmul';
import { multiply, rowMajor } from '../wasm/product';
import { projectionParams } from './shape';

/** P = B W, block by block; the bias as it is. P: (blocks r + bias) x outputs. */
export const projectionForward: Kernel = {
  name: 'projection-forward',
  bindings: [
    { name: 'projection', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'weights', type: 'f32', access: 'read', aligned: ({ outputs }) => byFours(outputs) },
    { name: 'output', type: 'f32', access: 'read_write', aligned: ({ outputs }) => byFours(outputs) },
  ],
  params: projectionParams,
  wgsl: /* wgsl */ `
// output[i r + q, j] = sum over c of projection[q, c] weights[i d + c, j]; output[blocks r, j] = weights[blocks d, j]
// The bias is one more block, of one row: 1 times its row of weights.
fn isBias() -> bool { return block == params.blocks; }
${tiledMatmulWgsl({
  rows: 'select(params.rank, 1u, isBias())',
  columns: 'params.outputs',
  depth: 'select(params.columns, 1u, isBias())',
  layout: 'depth across',
  leftStride: 'params.columns',
  rightStride: 'params.outputs',
  rightStart: 'block * params.columns * params.outputs',
  functions: /* wgsl */ `
fn left1(index: u32) -> f32 { return select(loadProjection(index), 1.0, isBias()); }
fn left4(index: u32) -> vec4f { return loadProjection4(index); }
fn right4(index: u32) -> vec4f { return loadWeights4(index); }
fn store4(row: u32, column: u32, sum: vec4f, count: u32) {
  storeOutput4((block * params.rank + row) * params.outputs + column, sum, count);
}
`,
})}
`,
  workgroups: ({ rank, outputs, blocks, bias }) => tiledGrid(rank, outputs, blocks + bias),
  cost: ({ rank, columns, outputs, blocks, bias }) => ({
    flops: 2 * blocks * rank * columns * outputs,
    bytes: 4 * (rank * columns + (blocks * (columns + rank) + 2 * bias) * outputs),
  }),
  cpu(buffers, { rank, columns, outputs, blocks, bias }) {
    const { projection, weights, output } = buffers as Record<string, Float32Array>;
    for (let i = 0; i < blocks; i++) {
      multiply(
        rowMajor(output, outputs, i * rank * outputs),
        rowMajor(projection, columns),
        rowMajor(weights, outputs, i * columns * outputs),
        {
          rows: rank,
          columns: outputs,
          depth: columns,
        },
      );
    }
    if (bias === 1) {
      const last = blocks * columns * outputs;
      output.set(weights.subarray(last, last + outputs), blocks * rank * outputs);
    }
  },
};
