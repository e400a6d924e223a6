import { describe, expect, it } from 'vitest';
import { excess } from '../../device/testing';
import { Random } from '../../random';
import { type MatrixView, ways } from './product';

const random = new Random(5);
const normals = (length: number) => Float32Array.from({ length }, () => random.normal());

/** A view with dirt around it. */
function view(rows: number, columns: number, layout: 'plain' | 'transposed' | 'spaced'): MatrixView {
  const row = layout === 'transposed' ? 1 : layout === 'spaced' ? columns + 3 : columns;
  const column = layout === 'transposed' ? rows : 1;
  return { values: normals(5 + rows * (columns + 3)), offset: 5, row, column };
}
const at = ({ values, offset, row, column }: MatrixView, i: number, j: number) => values[offset + i * row + j * column];

const shapes = [
  [1, 1, 1],
  [4, 8, 1],
  [5, 9, 3],
  [33, 34, 35],
  [64, 100, 300],
  [3, 2, 0],
] as const;

describe.each(Object.entries(ways))('a product by %s', (_name, multiply) => {
  it.each(
    shapes.flatMap(([rows, columns, depth]) =>
      (['plain', 'transposed', 'spaced'] as const).flatMap((layout) =>
        [false, true].map((accumulate) => ({ rows, columns, depth, layout, accumulate })),
      ),
    ),
  )('$rows x $columns x $depth, $layout, accumulate $accumulate', ({ rows, columns, depth, layout, accumulate }) => {
    const left = view(rows, depth, layout);
    const right = view(depth, columns, layout);
    const out = view(rows, columns, layout === 'transposed' ? 'plain' : layout);
    const before = out.values.slice();
    const expected = Float64Array.from(before);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = accumulate ? at({ ...out, values: before }, i, j) : 0;
        for (let k = 0; k < depth; k++) sum += at(left, i, k) * at(right, k, j);
        expected[out.offset + i * out.row + j] = sum;
      }
    }
    multiply(out, left, right, rows, columns, depth, accumulate);
    // What is around the result stays as it was.
    expect(excess(out.values, expected, 1e-5, 5e-5)).toBeLessThanOrEqual(0);
  });

  it('reads rows that overlap: the windows of a convolution', () => {
    const left: MatrixView = { values: normals(40), offset: 2, row: 3, column: 1 };
    const right = view(9, 8, 'plain');
    const out = view(7, 8, 'plain');
    multiply(out, left, right, 7, 8, 9, false);
    let sum = 0;
    for (let k = 0; k < 9; k++) sum += left.values[2 + 6 * 3 + k] * at(right, k, 5);
    expect(at(out, 6, 5)).toBeCloseTo(sum, 4);
  });
});
