import { flatGrid, workgroupSize } from './grid';

/**
 * The entry point of a kernel that makes rows of `params.columns` elements by fours: calls `quad(row, column)`, column a multiple of four within
 * the row; the kernel checks the row. The index arithmetic, and what is looked up of the row, are done once for four, and neighbours in a
 * workgroup have neighbouring fours, through the ends of rows: no invocation is idle (rows and columns on two axes took longer on SwiftShader).
 */
export const quadMainWgsl = /* wgsl */ `
@compute @workgroup_size(${workgroupSize})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let quads = (params.columns + 3u) / 4u;
  let index = (group.y * groups.x + group.x) * ${workgroupSize}u + local;
  quad(index / quads, index % quads * 4u);
}
`;

/** Workgroups for rows x columns by fours. */
export function quadGrid(rows: number, columns: number): [number, number, number] {
  return flatGrid(rows * Math.ceil(columns / 4));
}

/** For `aligned` of a binding whose rows have `columns` elements: each four of a row lies on a multiple of four. */
export function byFours(columns: number): boolean {
  return columns % 4 === 0;
}
