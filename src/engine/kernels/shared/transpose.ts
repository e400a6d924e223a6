import type { Kernel } from '../../device/device';
import { flatGrid, flatMainWgsl } from './grid';

/** The columns of a matrix as rows. */
export const transposeKernel: Kernel = {
  name: 'transpose',
  bindings: [
    { name: 'input', type: 'f32', access: 'read' },
    { name: 'output', type: 'f32', access: 'read_write' },
  ],
  params: [
    { name: 'rows', type: 'u32' },
    { name: 'columns', type: 'u32' },
  ],
  wgsl: /* wgsl */ `
// output[j, i] = input[i, j]
fn element(index: u32) {
  if (index >= params.rows * params.columns) {
    return;
  }
  output[index] = input[(index % params.rows) * params.columns + index / params.rows];
}
${flatMainWgsl}
`,
  workgroups: ({ rows, columns }) => flatGrid(rows * columns),
  cost: ({ rows, columns }) => ({ flops: 0, bytes: 8 * rows * columns }),
  cpu({ input, output }, { rows, columns }) {
    output.set(transpose(input as Float32Array, rows, columns));
  },
};

/** The same on the host. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j];
  }
  return turned;
}
