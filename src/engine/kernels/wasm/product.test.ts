import { describe, expect, it } from 'vitest';
import { Heap, reservedBytes } from '../../device/heap';
import { fusesMultiplyAdd } from '../../device/simd';
import { excess } from '../../device/testing';
import { Random } from '../../random';
import { type MatrixView, ways } from './product';
import { workingBytes } from './product-module';

const random = new Random(5);
type Precision = 'f32' | 'f64';
type View = MatrixView<Float32Array | Float64Array>;
function normals(length: number, precision: Precision): Float32Array | Float64Array {
  const values = Float64Array.from({ length }, () => random.normal());
  return precision === 'f32' ? Float32Array.from(values) : values;
}

/** A heap that gives room again and again. */
function roomIn(fused: boolean) {
  const heap = new Heap(() => {}, 1000, fused);
  heap.allocate(900 * 65_536);
  let next = reservedBytes;
  return <Values extends Float32Array | Float64Array>(values: Values): Values => {
    const copy =
      values instanceof Float32Array
        ? new Float32Array(heap.buffer, next, values.length)
        : new Float64Array(heap.buffer, next, values.length);
    next += Math.ceil(values.byteLength / 8) * 8;
    copy.set(values);
    return copy as Values;
  };
}
const anywhere = <Values>(values: Values): Values => values;

/** A view with dirt around it. */
function view(rows: number, columns: number, layout: 'plain' | 'transposed' | 'spaced', precision: Precision): View {
  const row = layout === 'transposed' ? 1 : layout === 'spaced' ? columns + 3 : columns;
  const column = layout === 'transposed' ? rows : 1;
  return { values: normals(5 + rows * (columns + 3), precision), offset: 5, row, column };
}
const plainRow = { offset: 0, row: 2, column: 1 };
const at = ({ values, offset, row, column }: View, i: number, j: number) => values[offset + i * row + j * column];

const shapes = [
  [1, 1, 1],
  [4, 8, 1],
  [5, 9, 3],
  [33, 34, 35],
  [64, 100, 300],
  [3, 2, 0],
  // Deeper than a panel, and more rows than a block.
  [6, 11, 1100],
  [101, 13, 385],
] as const;

const { loops, copies, inPlace } = ways;
const cases = [
  { name: 'loops', multiply: loops, placed: anywhere },
  { name: 'copies', multiply: copies, placed: anywhere },
  { name: 'fused SIMD in place', multiply: inPlace, placed: roomIn(true) },
  { name: 'SIMD in place', multiply: inPlace, placed: roomIn(false) },
].flatMap((way) => (['f32', 'f64'] as const).map((precision) => ({ ...way, precision })));

it('keeps its working memory within the head of the heap', () => {
  expect(workingBytes).toBeLessThanOrEqual(reservedBytes);
});

describe.each(cases)('a product by $name in $precision', ({ multiply, placed, precision }) => {
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
    for (const matrix of [left, right, out]) matrix.values = placed(matrix.values);
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

  it('gives an element the same bits wherever it stands', () => {
    const [rows, columns, depth] = [8, 29, 70];
    const left = view(rows, depth, 'plain', precision);
    const right = view(depth, columns, 'plain', precision);
    const out = view(rows, columns, 'plain', precision);
    for (const matrix of [left, right, out]) matrix.values = placed(matrix.values);
    multiply(out, left, right, { rows, columns, depth }, false);
    const alone = view(1, 1, 'plain', precision);
    alone.values = placed(alone.values);
    for (const [i, j] of [
      [0, 0],
      [7, 28],
      [5, 12],
      [6, 24],
      [3, 7],
    ]) {
      const row = { ...left, offset: left.offset + i * left.row };
      multiply(alone, row, { ...right, offset: right.offset + j }, { rows: 1, columns: 1, depth }, false);
      expect(at(alone, 0, 0)).toBe(at(out, i, j));
    }
  });

  it('reads rows that overlap: the windows of a convolution', () => {
    const left: View = { values: normals(40, precision), offset: 2, row: 3, column: 1 };
    const right = view(9, 8, 'plain', precision);
    const out = view(7, 8, 'plain', precision);
    for (const matrix of [left, right, out]) matrix.values = placed(matrix.values);
    multiply(out, left, right, { rows: 7, columns: 8, depth: 9 }, false);
    let sum = 0;
    for (let k = 0; k < 9; k++) sum += left.values[2 + 6 * 3 + k] * at(right, k, 5);
    expect(at(out, 6, 5)).toBeCloseTo(sum, 4);
  });
});

/** (1 + e) (1 - e) - 1 is -e^2, and 0 where the product is rounded to 1 first. */
it.each([
  { precision: 'f32', e: 2 ** -13 },
  { precision: 'f64', e: 2 ** -27 },
] as const)('rounds a product and its sum once in $precision where that is fused', ({ precision, e }) => {
  const values = (...numbers: number[]) => (precision === 'f32' ? Float32Array.from(numbers) : Float64Array.from(numbers));
  const difference = (fused: boolean) => {
    const placed = roomIn(fused);
    const [out, left, right] = [values(7), values(-1, 1 + e), values(1, 1 - e)].map((array) => ({ ...plainRow, values: placed(array) }));
    expect(inPlace(out, left, { ...right, row: 1 }, { rows: 1, columns: 1, depth: 2 }, false)).toBe(true);
    return out.values[0];
  };
  expect(difference(false)).toBe(0);
  expect(difference(true)).toBe(fusesMultiplyAdd() ? -e * e : 0);
});
