import type { Kernel } from '../../device/device';

/** Columns of G that one workgroup computes, and as many rows. */
const tile = 32;
/** Rows of E that are held in workgroup memory at a time; also the length of the innermost float32 sums. */
const depth = 16;

/**
 * Partial Gram matrices of a table E (rows x columns): for chunk c of `chunkRows` rows,
 *
 *   P[c][i][j] = sum over the rows v of chunk c of E[v][i] E[v][j],   i <= j,
 *
 * in float32; G = E^T E is their sum, which the host takes in float64. Only tiles on or above the diagonal are computed and written:
 * what lies under the diagonal of `partials` (chunks x columns x columns) is whatever was there before.
 *
 * A float32 sum of n terms loses up to about n/2 last bits; sums of 16 rows, summed again over the chunk, lose far fewer (measured in
 * `svd/gram.ts`).
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
// A workgroup is 8 x 8 threads, each of which holds a 4 x 4 tile of P in registers: 32 x 32 in all.
// Sixteen rows of E at a time lie in workgroup memory: 32 columns for i (left), 32 for j (right), as 8 vec4 a row.
var<workgroup> left: array<vec4<f32>, 128>;
var<workgroup> right: array<vec4<f32>, 128>;

// Columns column .. column + 3 of a row; zero outside the table or the chunk, so that no size needs padding.
fn four(row: u32, endRow: u32, column: u32) -> vec4<f32> {
  var result = vec4<f32>(0.0);
  if (row < endRow) {
    let base = row * params.columns;
    for (var k = 0u; k < 4u; k++) {
      if (column + k < params.columns) {
        result[k] = table[base + column + k];
      }
    }
  }
  return result;
}

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  // x is the tile of columns j, y that of i. Below the diagonal there is nothing to do; the whole workgroup leaves, before any barrier.
  if (group.x < group.y) {
    return;
  }
  let firstRow = group.z * params.chunkRows;
  let endRow = min(firstRow + params.chunkRows, params.rows);
  var sum0 = vec4<f32>(0.0);
  var sum1 = vec4<f32>(0.0);
  var sum2 = vec4<f32>(0.0);
  var sum3 = vec4<f32>(0.0);
  for (var base = firstRow; base < endRow; base += 16u) {
    // Each thread stores whole vec4s of its own: two threads that write components of one vec4 would race.
    for (var slot = index; slot < 128u; slot += 64u) {
      let row = base + slot / 8u;
      let column = (slot % 8u) * 4u;
      left[slot] = four(row, endRow, group.y * 32u + column);
      right[slot] = four(row, endRow, group.x * 32u + column);
    }
    workgroupBarrier(); // all 16 rows are there
    var part0 = vec4<f32>(0.0);
    var part1 = vec4<f32>(0.0);
    var part2 = vec4<f32>(0.0);
    var part3 = vec4<f32>(0.0);
    for (var k = 0u; k < 16u; k++) {
      let a = left[k * 8u + local.y];
      let b = right[k * 8u + local.x];
      part0 += a.x * b;
      part1 += a.y * b;
      part2 += a.z * b;
      part3 += a.w * b;
    }
    sum0 += part0;
    sum1 += part1;
    sum2 += part2;
    sum3 += part3;
    workgroupBarrier(); // all have read them; the next round may overwrite
  }
  var sums = array<vec4<f32>, 4>(sum0, sum1, sum2, sum3);
  let firstI = group.y * 32u + local.y * 4u;
  let firstJ = group.x * 32u + local.x * 4u;
  let chunk = group.z * params.columns * params.columns;
  for (var a = 0u; a < 4u; a++) {
    for (var b = 0u; b < 4u; b++) {
      if (firstI + a < params.columns && firstJ + b < params.columns) {
        partials[chunk + (firstI + a) * params.columns + firstJ + b] = sums[a][b];
      }
    }
  }
}
`,
  workgroups: ({ rows, columns, chunkRows }) => {
    const tiles = Math.ceil(columns / tile);
    return [tiles, tiles, Math.ceil(rows / chunkRows)];
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
