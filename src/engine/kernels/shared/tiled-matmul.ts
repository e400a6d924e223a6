/**
 * The terms of the sums sum0 to sum3, one a row of the tile, from k on: four at a time, and one. By how the operands lie: fours of left and of right
 * go along the sum (`depth`), or across it, along the rows or columns of the result.
 */
export const productTerms = {
  // X W: four k of each row, four columns of each k.
  'depth across': {
    four: `
    let a0 = left4(leftAt.x + k);
    let a1 = left4(leftAt.y + k);
    let a2 = left4(leftAt.z + k);
    let a3 = left4(leftAt.w + k);
    let b0 = right4(rightAt.x + k * rightStride);
    let b1 = right4(rightAt.x + (k + 1u) * rightStride);
    let b2 = right4(rightAt.x + (k + 2u) * rightStride);
    let b3 = right4(rightAt.x + (k + 3u) * rightStride);
    sum0 = sum0 + a0.x * b0 + a0.y * b1 + a0.z * b2 + a0.w * b3;
    sum1 = sum1 + a1.x * b0 + a1.y * b1 + a1.z * b2 + a1.w * b3;
    sum2 = sum2 + a2.x * b0 + a2.y * b1 + a2.z * b2 + a2.w * b3;
    sum3 = sum3 + a3.x * b0 + a3.y * b1 + a3.z * b2 + a3.w * b3;`,
    one: `
    let b = right4(rightAt.x + k * rightStride);
    sum0 += left1(leftAt.x + k) * b;
    sum1 += left1(leftAt.y + k) * b;
    sum2 += left1(leftAt.z + k) * b;
    sum3 += left1(leftAt.w + k) * b;`,
  },
  // X W^T: four k of each row and of each column.
  'depth depth': {
    four: `
    let a0 = left4(leftAt.x + k);
    let a1 = left4(leftAt.y + k);
    let a2 = left4(leftAt.z + k);
    let a3 = left4(leftAt.w + k);
    let b0 = right4(rightAt.x + k);
    let b1 = right4(rightAt.y + k);
    let b2 = right4(rightAt.z + k);
    let b3 = right4(rightAt.w + k);
    sum0 += vec4f(dot(a0, b0), dot(a0, b1), dot(a0, b2), dot(a0, b3));
    sum1 += vec4f(dot(a1, b0), dot(a1, b1), dot(a1, b2), dot(a1, b3));
    sum2 += vec4f(dot(a2, b0), dot(a2, b1), dot(a2, b2), dot(a2, b3));
    sum3 += vec4f(dot(a3, b0), dot(a3, b1), dot(a3, b2), dot(a3, b3));`,
    one: `
    let b = vec4f(right1(rightAt.x + k), right1(rightAt.y + k), right1(rightAt.z + k), right1(rightAt.w + k));
    sum0 += left1(leftAt.x + k) * b;
    sum1 += left1(leftAt.y + k) * b;
    sum2 += left1(leftAt.z + k) * b;
    sum3 += left1(leftAt.w + k) * b;`,
  },
  // X^T Y: four rows and four columns of each k.
  'across across': {
    four: `
    let a0 = left4(leftAt.x + k * leftStride);
    let a1 = left4(leftAt.x + (k + 1u) * leftStride);
    let a2 = left4(leftAt.x + (k + 2u) * leftStride);
    let a3 = left4(leftAt.x + (k + 3u) * leftStride);
    let b0 = right4(rightAt.x + k * rightStride);
    let b1 = right4(rightAt.x + (k + 1u) * rightStride);
    let b2 = right4(rightAt.x + (k + 2u) * rightStride);
    let b3 = right4(rightAt.x + (k + 3u) * rightStride);
    sum0 = sum0 + a0.x * b0 + a1.x * b1 + a2.x * b2 + a3.x * b3;
    sum1 = sum1 + a0.y * b0 + a1.y * b1 + a2.y * b2 + a3.y * b3;
    sum2 = sum2 + a0.z * b0 + a1.z * b1 + a2.z * b2 + a3.z * b3;
    sum3 = sum3 + a0.w * b0 + a1.w * b1 + a2.w * b2 + a3.w * b3;`,
    one: `
    let a = left4(leftAt.x + k * leftStride);
    let b = right4(rightAt.x + k * rightStride);
    sum0 += a.x * b;
    sum1 += a.y * b;
    sum2 += a.z * b;
    sum3 += a.w * b;`,
  },
} as const;

/** Invocations of a workgroup; its tiles lie in a square, or narrower where the result has fewer columns. */
const workgroupTiles = 64;
const mostTilesAcross = 8;

/**
 * A matrix product whose every invocation keeps a 4 x 4 tile of the result in registers, and takes four terms of the sum at a time: 8 loads of
 * four for 64 multiply-adds. 64 x 300 x 100 takes 1.0 ms on SwiftShader this way, 1.5 with loads of one, 8 with one element an invocation
 * (two cores; loads are what it pays for).
 *
 * Edges need no padding: indices are clamped, and what lies outside is computed but not stored. No shared memory, so no barriers; the sum
 * runs over k in order, so the result does not change from run to run.
 */
export function tiledMatmulWgsl(parts: {
  /** WGSL expressions for the sizes of the result and of the sum. */
  rows: string;
  columns: string;
  depth: string;
  /** A number of blocks: the sum goes over them too, in order, each of `depth`. */
  blocks?: string;
  /** How left and right lie. */
  layout: keyof typeof productTerms;
  /** A statement before the loops, which knows `row` and `column`, the first ones of the tile. */
  prepare?: string;
  /** WGSL expressions: elements from one row to the next of each operand as it lies, and where it starts; they may ask for `block`. */
  leftStride: string;
  leftStart?: string;
  rightStride: string;
  rightStart?: string;
  /**
   * `fn left4(index: u32) -> vec4f`, `fn right4(index: u32) -> vec4f`: four elements of an operand; `left1` and `right1`, one each, where it lies along
   * the depth. `fn store4(row: u32, column: u32, sum: vec4f, count: u32)`: `count` columns of the result. All may ask which `block` it is: of the
   * sum, or of the products that one dispatch makes side by side, along z. What they do for each load counts: even a uniform is not free.
   */
  functions: string;
}): string {
  const { four, one } = productTerms[parts.layout];
  const [left, right] = parts.layout.split(' ');
  const place = (name: string, layout: string, own: string, along: string, stride: string, start = '0u') =>
    `let ${name} = vec4u(${start}) + ${layout === 'depth' ? `${own} * ${stride}` : `vec4u(${along})`};`;
  const sum = `
  ${place('leftAt', left, 'r', 'row', 'leftStride', parts.leftStart)}
  ${place('rightAt', right, 'c', 'column', 'rightStride', parts.rightStart)}
  for (var k = 0u; k < whole; k += 4u) {${four}
  }
  for (var k = whole; k < depth; k++) {${one}
  }`;
  return /* wgsl */ `
var<private> block: u32;
${parts.functions}

@compute @workgroup_size(${workgroupTiles})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  block = group.z;
  let rows = ${parts.rows};
  let columns = ${parts.columns};
  let depth = ${parts.depth};
  let leftStride = ${parts.leftStride};
  let rightStride = ${parts.rightStride};
  // The logarithm of how many tiles lie side by side in the workgroup.
  let across = min(${Math.log2(mostTilesAcross)}u, firstLeadingBit(2u * ((columns + 3u) / 4u) - 1u));
  let row = (group.y * (${workgroupTiles}u >> across) + (local >> across)) * 4u;
  let column = ((group.x << across) + (local & ((1u << across) - 1u))) * 4u;
  if (row >= rows || column >= columns) {
    return;
  }
  let r = min(vec4u(row, row + 1u, row + 2u, row + 3u), vec4u(rows - 1u));
  let c = min(vec4u(column, column + 1u, column + 2u, column + 3u), vec4u(columns - 1u));
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  let whole = depth & ~3u;
  ${parts.prepare ?? ''}
  ${parts.blocks ? `for (block = 0u; block < ${parts.blocks}; block++) {${sum}\n  }` : sum.trim()}
  let count = min(4u, columns - column);
  store4(row, column, sum0, count);
  if (row + 1u < rows) { store4(row + 1u, column, sum1, count); }
  if (row + 2u < rows) { store4(row + 2u, column, sum2, count); }
  if (row + 3u < rows) { store4(row + 3u, column, sum3, count); }
}
`;
}

/** Workgroups of a tiled product with a result of rows x columns, or of several such. */
export function tiledGrid(rows: number, columns: number, products = 1): [number, number, number] {
  const across = Math.min(mostTilesAcross, 2 ** Math.ceil(Math.log2(Math.max(1, Math.ceil(columns / 4)))));
  return [Math.ceil(columns / (4 * across)), Math.ceil((rows * across) / (4 * workgroupTiles)), products];
}
