/**
 * A matrix product whose every invocation keeps a 4 x 4 tile of the result in registers: 8 loads for 16 multiply-adds. 64 x 300 x 100 takes
 * 2.3 ms on SwiftShader this way, 12.5 ms with one element an invocation.
 *
 * Edges need no padding: indices are clamped, and what lies outside is computed but not stored. No shared memory, so no barriers; the sum
 * runs over k in order, so the result does not change from run to run.
 */
export function tiledMatmulWgsl(parts: {
  /** WGSL expressions for the sizes of the result and of the sum. */
  rows: string;
  columns: string;
  depth: string;
  /** `fn left(row: u32, k: u32) -> f32`, `fn right(k: u32, column: u32) -> f32`, `fn store(row: u32, column: u32, sum: f32)`. */
  functions: string;
}): string {
  return /* wgsl */ `
${parts.functions}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let rows = ${parts.rows};
  let columns = ${parts.columns};
  let depth = ${parts.depth};
  let row = id.y * 4u;
  let column = id.x * 4u;
  if (row >= rows || column >= columns) {
    return;
  }
  let r = min(vec4u(row, row + 1u, row + 2u, row + 3u), vec4u(rows - 1u));
  let c = min(vec4u(column, column + 1u, column + 2u, column + 3u), vec4u(columns - 1u));
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var k = 0u; k < depth; k++) {
    let b = vec4f(right(k, c.x), right(k, c.y), right(k, c.z), right(k, c.w));
    sum0 += left(r.x, k) * b;
    sum1 += left(r.y, k) * b;
    sum2 += left(r.z, k) * b;
    sum3 += left(r.w, k) * b;
  }
  storeRow(row, column, sum0, rows, columns);
  storeRow(row + 1u, column, sum1, rows, columns);
  storeRow(row + 2u, column, sum2, rows, columns);
  storeRow(row + 3u, column, sum3, rows, columns);
}

fn storeRow(row: u32, column: u32, sum: vec4f, rows: u32, columns: u32) {
  if (row >= rows) {
    return;
  }
  store(row, column, sum.x);
  if (column + 1u < columns) { store(row, column + 1u, sum.y); }
  if (column + 2u < columns) { store(row, column + 2u, sum.z); }
  if (column + 3u < columns) { store(row, column + 3u, sum.w); }
}
`;
}

/** Workgroups of a tiled product with a result of rows x columns. */
export function tiledGrid(rows: number, columns: number): [number, number, number] {
  return [Math.ceil(columns / 32), Math.ceil(rows / 32), 1];
}
