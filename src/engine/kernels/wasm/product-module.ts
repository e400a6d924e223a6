import {
  add,
  advance,
  arithmetic,
  assemble,
  type Code,
  constant,
  get,
  i32,
  load,
  loopWhile,
  set,
  shiftLeft,
  store,
  subtract,
  tee,
  v128,
  when,
  zero,
} from './assembler';

export type Precision = keyof typeof arithmetic;

/** The product goes by tiles of so many rows and columns, whose sums stay in registers: 8 of the 16 that x86-64 has. */
export const tileRows = 4;
export const tileColumns = { f32: 8, f64: 4 } as const;

/**
 * Addresses and strides in bytes of the module's memory; rows a multiple of 4, columns of a tile's. `right` comes packed: a tile's columns after a tile's
 * columns, each depth x tile, so that the innermost loop reads it straight on.
 */
export type ProductFunction = (
  rows: number,
  columns: number,
  depth: number,
  left: number,
  leftRow: number,
  leftDepth: number,
  right: number,
  out: number,
  outRow: number,
) => void;

/**
 * out[i, j] = sum over k of left[i, k] right[k, j], with 128-bit SIMD: a tile at a time, the sum over k in order. `left` is read
 * by strides, so that it may stand transposed, or its rows overlap (the windows of a convolution).
 */
const parameters = 9;

export function productModule(precision: Precision): Uint8Array<ArrayBuffer> {
  const { bytes, splat, add: addLanes, multiply: multiplyLanes } = arithmetic[precision];
  const columnsAtOnce = tileColumns[precision];
  let next = 0;
  const local = () => next++;
  const [rows, columns, depth, left, leftRow, leftDepth, right, out, outRow] = Array.from({ length: parameters }, local);
  const [rowsLeft, columnsLeft, depthLeft, target, b, c] = Array.from({ length: 6 }, local);
  const a = Array.from({ length: tileRows }, local);
  const firstVector = next;
  const sums = Array.from({ length: tileRows }, () => [local(), local()]);
  const [b0, b1, scalar] = [local(), local(), local()];

  const each = (emit: (row: number) => Code): number[] => sums.flatMap((_, row) => emit(row));
  const multiplyAdd = (sum: number, factor: number): Code => [
    ...get(sum),
    ...get(scalar),
    ...get(factor),
    ...multiplyLanes,
    ...addLanes,
    ...set(sum),
  ];
  const minus = (value: number, by: number): Code => [...get(value), ...constant(by), ...subtract, ...tee(value)];

  const depthStep: Code = [
    ...[...get(b), ...load(0), ...set(b0)],
    ...[...get(b), ...load(16), ...set(b1)],
    ...each((row) => [
      ...[...get(a[row]), ...splat, ...set(scalar)],
      ...multiplyAdd(sums[row][0], b0),
      ...multiplyAdd(sums[row][1], b1),
      ...advance(a[row], get(leftDepth)),
    ]),
    ...advance(b, constant(bytes * columnsAtOnce)),
    ...minus(depthLeft, 1),
  ];
  const tile: Code = [
    ...each((row) => [...zero, ...set(sums[row][0]), ...zero, ...set(sums[row][1])]),
    ...[...get(left), ...set(a[0])],
    ...a.slice(1).flatMap((pointer, row) => [...get(a[row]), ...get(leftRow), ...add, ...set(pointer)]),
    ...[...get(depth), ...set(depthLeft)],
    ...when(get(depth), loopWhile(depthStep)),
    ...[...get(target), ...set(c)],
    ...each((row) => [
      ...[...get(c), ...get(sums[row][0]), ...store(0)],
      ...[...get(c), ...get(sums[row][1]), ...store(16)],
      ...advance(c, get(outRow)),
    ]),
    ...advance(target, constant(bytes * columnsAtOnce)),
    ...minus(columnsLeft, columnsAtOnce),
  ];
  const stripe: Code = [
    ...[...get(right), ...set(b), ...get(out), ...set(target), ...get(columns), ...set(columnsLeft)],
    ...loopWhile(tile),
    // Four rows on.
    ...advance(left, [...get(leftRow), ...constant(2), ...shiftLeft]),
    ...advance(out, [...get(outRow), ...constant(2), ...shiftLeft]),
    ...minus(rowsLeft, tileRows),
  ];
  const body: Code = [...get(rows), ...set(rowsLeft), ...when(get(rows), when(get(columns), loopWhile(stripe)))];
  return assemble(
    parameters,
    [
      { type: i32, count: firstVector - parameters },
      { type: v128, count: next - firstVector },
    ],
    body,
  );
}
