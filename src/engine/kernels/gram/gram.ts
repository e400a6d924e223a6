import type { Kernel } from '../../device/device';
import { byFours } from '../shared/quads';

/** Rows of G that one thread computes, of four columns each. */
const tileRows = 8;
/** Threads of a workgroup along each side. */
const threads = 8;
/** Rows of the innermost float32 sums. */
const depth = 16;

/** WGSL for each row of a thread's tile; row r is element `half(r)` of the two fours that its columns' numbers come in. */
const each = (line: (row: number) => string): string => Array.from({ length: tileRows }, (_, row) => line(row)).join('\n');
const half = (row: number): string => `${row < 4 ? 0 : 1}.${'xyzw'[row % 4]}`;

/**
 * Partial Gram matrices of a table E (rows x columns): for chunk c of `chunkRows` rows,
 *
 *   P[c][i][j] = sum over the rows v of chunk c of E[v][i] E[v][j],   i <= j,
 *
 * in float32; G = E^T E is their sum, which the host takes in float64. What lies under the diagonal of `partials` (chunks x columns x
 * columns) is not computed, and not to be read.
 *
 * A float32 sum of n terms loses up to about n/2 last bits; sums of 16 rows, summed again over the chunk, lose far fewer (measured in
 * `svd/gram.ts`). 10,000 x 300 takes 0.7 s on SwiftShader, read-back included; 2.2 s with tiles in workgroup memory, whose barriers cost
 * more there than the loads that they save.
 */
export const gramKernel: Kernel = {
  name: 'gram',
  bindings: [
    { name: 'table', type: 'f32', access: 'read', aligned: ({ columns }) => byFours(columns) },
    { name: 'partials', type: 'f32', access: 'read_write', aligned: ({ columns }) => byFours(columns) },
  ],
  params: [
    { name: 'rows', type: 'u32' },
    { name: 'columns', type: 'u32' },
    { name: 'chunkRows', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// P[c][i][j] = sum_{v = c chunkRows}^{min((c + 1) chunkRows, rows) - 1} E[v][i] E[v][j], i <= j.
// A thread holds an 8 x 4 tile of P in registers, and takes two rows at a time: 6 loads of four for 64 multiply-adds. No shared memory, so no
// barriers; rows in order.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let j = id.x * 4u;
  let i = id.y * ${tileRows}u;
  // Outside the matrix, or wholly under the diagonal.
  if (i >= params.columns || j >= params.columns || j + 3u < i) {
    return;
  }
  let columns = params.columns;
  let firstRow = id.z * params.chunkRows;
  let endRow = min(firstRow + params.chunkRows, params.rows);
  ${each((r) => `var total${r} = vec4f();`)}
  for (var base = firstRow; base < endRow; base += ${depth}u) {
    ${each((r) => `var sum${r} = vec4f();`)}
    let end = min(base + ${depth}u, endRow);
    var v = base;
    for (; v + 1u < end; v += 2u) {
      let at = v * columns;
      let next = at + columns;
      let a0 = loadTable4(at + i);
      let a1 = loadTable4(at + i + 4u);
      let b0 = loadTable4(next + i);
      let b1 = loadTable4(next + i + 4u);
      let a = loadTable4(at + j);
      let b = loadTable4(next + j);
      ${each((r) => `sum${r} = sum${r} + a${half(r)} * a + b${half(r)} * b;`)}
    }
    if (v < end) {
      let at = v * columns;
      let a0 = loadTable4(at + i);
      let a1 = loadTable4(at + i + 4u);
      let a = loadTable4(at + j);
      ${each((r) => `sum${r} += a${half(r)} * a;`)}
    }
    ${each((r) => `total${r} += sum${r};`)}
  }
  let chunk = id.z * params.columns * params.columns;
  ${each((r) => `storeRow(chunk, i + ${r}u, j, total${r});`)}
}

fn storeRow(chunk: u32, i: u32, j: u32, values: vec4f) {
  if (i < params.columns) {
    storePartials4(chunk + i * params.columns + j, values, min(4u, params.columns - j));
  }
}
`,
  workgroups: ({ rows, columns, chunkRows }) => {
    return [Math.ceil(columns / (4 * threads)), Math.ceil(columns / (tileRows * threads)), Math.ceil(rows / chunkRows)];
  },
  cost: ({ rows, columns, chunkRows }) => {
    const triangle = (columns * (columns + 1)) / 2;
    return { flops: 2 * rows * triangle, bytes: 4 * (rows * columns + Math.ceil(rows / chunkRows) * triangle) };
  },
  cpu: ({ table, partials }, { rows, columns, chunkRows }) => {
    const square = columns * columns;
    const part = new Float32Array(columns);
    for (let chunk = 0; chunk * chunkRows < rows; chunk++) {
      const endRow = Math.min((chunk + 1) * chunkRows, rows);
      for (let i = 0; i < columns; i++) {
        const output = partials.subarray(chunk * square + i * columns, chunk * square + (i + 1) * columns);
        output.fill(0, i);
        for (let base = chunk * chunkRows; base < endRow; base += depth) {
          part.fill(0);
          for (let row = base; row < Math.min(base + depth, endRow); row++) {
            const left = table[row * columns + i];
            for (let j = i; j < columns; j++) part[j] += left * table[row * columns + j];
          }
          for (let j = i; j < columns; j++) output[j] += part[j];
        }
      }
    }
  },
};

/** Adds the upper triangles of `chunks` partial matrices (columns x columns each, row-major) to that of `sum`, in float64. */
export function addPartials(partials: ArrayLike<number>, chunks: number, columns: number, sum: Float64Array): void {
  const square = columns * columns;
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (let i = 0; i < columns; i++) {
      for (let at = i * columns + i; at < (i + 1) * columns; at++) sum[at] += partials[chunk * square + at];
    }
  }
}
