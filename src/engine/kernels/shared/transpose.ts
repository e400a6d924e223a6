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
    transpose(input as Float32Array, rows, columns, output as Float32Array);
  },
};

/** Rows and columns that are turned at once: both sides of such a tile stay in the first cache. */
const tile = 16;

/** The same on the host, into `turned`. */
export function transpose(values: Float32Array, rows: number, columns: number, turned: Float32Array): void {
  for (let firstRow = 0; firstRow < rows; firstRow += tile) {
    const endRow = Math.min(firstRow + tile, rows);
    for (let first = 0; first < columns; first += tile) {
      const end = Math.min(first + tile, columns);
      for (let j = first; j < end; j++) {
        for (let i = firstRow; i < endRow; i++) turned[j * rows + i] = values[i * columns + j];
      }
    }
  }
}
