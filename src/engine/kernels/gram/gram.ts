import type { Kernel } from '../../device/device';

/** Columns of G that one workgroup computes, and as many rows: 8 x 8 threads of 4 x 4. */
const tile = 32;
/** Rows of the innermost float32 sums. */
const depth = 16;

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
    { name: 'table', type: 'f32', access: 'read' },
    { name: 'partials', type: 'f32', access: 'read_write' },
  ],
  params: [
    { name: 'rows', type: 'u32' },
    { name: 'columns', type: 'u32' },
    { name: 'chunkRows', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// P[c][i][j] = sum_{v = c chunkRows}^{min((c + 1) chunkRows, rows) - 1} E[v][i] E[v][j], i <= j.
// A thread holds a 4 x 4 tile of P in registers: 8 loads for 16 multiply-adds. No shared memory, so no barriers; rows in order.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let firstJ = id.x * 4u;
  let firstI = id.y * 4u;
  // Outside the matrix, or wholly under the diagonal.
  if (firstI >= params.columns || firstJ >= params.columns || firstJ < firstI) {
    return;
  }
  // Columns behind the last are read as the last, and their results not stored.
  let last = vec4u(params.columns - 1u);
  let i = min(vec4u(firstI, firstI + 1u, firstI + 2u, firstI + 3u), last);
  let j = min(vec4u(firstJ, firstJ + 1u, firstJ + 2u, firstJ + 3u), last);
  let firstRow = id.z * params.chunkRows;
  let endRow = min(firstRow + params.chunkRows, params.rows);
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var base = firstRow; base < endRow; base += 16u) {
    var part0 = vec4f();
    var part1 = vec4f();
    var part2 = vec4f();
    var part3 = vec4f();
    let end = min(base + 16u, endRow);
    for (var row = base; row < end; row++) {
      let at = row * params.columns;
      let b = vec4f(table[at + j.x], table[at + j.y], table[at + j.z], table[at + j.w]);
      part0 += table[at + i.x] * b;
      part1 += table[at + i.y] * b;
      part2 += table[at + i.z] * b;
      part3 += table[at + i.w] * b;
    }
    sum0 += part0;
    sum1 += part1;
    sum2 += part2;
    sum3 += part3;
  }
  let chunk = id.z * params.columns * params.columns;
  storeRow(chunk, firstI, firstJ, sum0);
  storeRow(chunk, firstI + 1u, firstJ, sum1);
  storeRow(chunk, firstI + 2u, firstJ, sum2);
  storeRow(chunk, firstI + 3u, firstJ, sum3);
}

fn storeRow(chunk: u32, i: u32, j: u32, sum: vec4f) {
  if (i >= params.columns) {
    return;
  }
  let at = chunk + i * params.columns + j;
  partials[at] = sum.x;
  if (j + 1u < params.columns) { partials[at + 1u] = sum.y; }
  if (j + 2u < params.columns) { partials[at + 2u] = sum.z; }
  if (j + 3u < params.columns) { partials[at + 3u] = sum.w; }
}
`,
  workgroups: ({ rows, columns, chunkRows }) => {
    const tiles = Math.ceil(columns / tile);
    return [tiles, tiles, Math.ceil(rows / chunkRows)];
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
