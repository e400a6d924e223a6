/** Invocations of a workgroup in every flat kernel: two waves on AMD, two warps on NVIDIA, the tile of SwiftShader. */
export const workgroupSize = 64;
/** `maxComputeWorkgroupsPerDimension` of every device. */
const maxWorkgroups = 65535;

/** Workgroups for `count` independent elements: a line, folded into a rectangle where it is too long. */
export function flatGrid(count: number): [number, number, number] {
  const groups = Math.ceil(count / workgroupSize);
  const height = Math.ceil(groups / maxWorkgroups);
  return height <= 1 ? [groups, 1, 1] : [Math.ceil(groups / height), height, 1];
}

/** The entry point of a flat kernel: calls `element(index)`, which must check its own bound. */
export const flatMainWgsl = /* wgsl */ `
@compute @workgroup_size(${workgroupSize})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  element((group.y * groups.x + group.x) * ${workgroupSize}u + local);
}
`;
