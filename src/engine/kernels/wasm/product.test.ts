import { describe, expect, it } from 'vitest';
import { Heap, reservedBytes } from '../../device/heap';
import { excess } from '../../device/testing';
import { Random } from '../../random';
import { type MatrixView, ways } from './product';

const random = new Random(5);
type Precision = 'f32' | 'f64';
type View = MatrixView<Float32Array | Float64Array>;
function normals(length: number, precision: Precision): Float32Array | Float64Array {
  const values = Float64Array.from({ length }, () => random.normal());
  return precision === 'f32' ? Float32Array.from(values) : values;
}

/** In a heap of their own, where that is what the way wants. */
const heap = new Heap(() => {}, 1000);
heap.allocate(900 * 65_536);
let next = reservedBytes;
function placed<Values extends Float32Array | Float64Array>(values: Values, inHeap: boolean): Values {
  if (!inHeap) return values;
  const copy =
    values instanceof Float32Array
      ? new Float32Array(heap.buffer, next, values.length)
      : new Float64Array(heap.buffer, next, values.length);
  next += Math.ceil(values.byteLength / 8) * 8;
  copy.set(values);
  return copy as Values;
}

/** A view with dirt around it. */
function view(rows: number, columns: number, layout: 'plain' | 'transposed' | 'spaced', precision: Precision): View {
  const row = layout === 'transposed' ? 1 : layout === 'spaced' ? columns + 3 : columns;
  const column = layout === 'transposed' ? rows : 1;
  return { values: normals(5 + rows * (columns + 3), precision), offset: 5, row, column };
}
const at = ({ values, offset, row, column }: View, i: number, j: number) => values[offset + i * row + j * column];

const shapes = [
  [1, 1, 1],
  [4, 8, 1],
  [5, 9, 3],
  [33, 34, 35],
  [64, 100, 300],
  [3, 2, 0],
  // Deeper than a panel.
  [6, 11, 1100],
] as const;

const cases = Object.entries(ways).flatMap(([name, multiply]) =>
  (['f32', 'f64'] as const).map((precision) => ({ name, multiply, precision })),
);

describe.each(cases)('a product by $name in $precision', ({ name, multiply, precision }) => {
  it.each(
    shapes.flatMap(([rows, columns, depth]) =>
      (['plain', 'transposed', 'spaced'] as const).flatMap((layout) =>
        [false, true].map((accumulate) => ({ rows, columns, depth, layout, accumulate })),
      ),
    ),
  )('$rows x $columns x $depth, $layout, accumulate $accumulate', ({ rows, columns, depth, layout, accumulate }) => {
    const left = view(rows, depth, layout, precision);
    const right = view(depth, columns, layout, precision);
    const out = view(rows, columns, layout === 'transposed' ? 'plain' : layout, precision);
    for (const matrix of [left, right, out]) matrix.values = placed(matrix.values, name === 'inPlace');
    const before = out.values.slice();
    const expected = Float64Array.from(before);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = accumulate ? at({ ...out, values: before }, i, j) : 0;
        for (let k = 0; k < depth; k++) sum += at(left, i, k) * at(right, k, j);
        expected[out.offset + i * out.row + j] = sum;
      }
    }
    expect(multiply(out, left, right, { rows, columns, depth }, accumulate)).toBe(true);
    // What is around the result stays as it was.
    const [rtol, atol] = precision === 'f32' ? [1e-5, 5e-5] : [1e-13, 1e-12];
    expect(excess(out.values, expected, rtol, atol)).toBeLessThanOrEqual(0);
  });

  it('reads rows that overlap: the windows of a convolution', () => {
    const left: View = { values: normals(40, precision), offset: 2, row: 3, column: 1 };
    const right = view(9, 8, 'plain', precision);
    const out = view(7, 8, 'plain', precision);
    for (const matrix of [left, right, out]) matrix.values = placed(matrix.values, name === 'inPlace');
    multiply(out, left, right, { rows: 7, columns: 8, depth: 9 }, false);
    let sum = 0;
    for (let k = 0; k < 9; k++) sum += left.values[2 + 6 * 3 + k] * at(right, k, 5);
    expect(at(out, 6, 5)).toBeCloseTo(sum, 4);
  });
});
