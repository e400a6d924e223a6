import {
  add,
  advance,
  arithmetic,
  assemble,
  type Code,
  choose,
  constant,
  equalsZero,
  get,
  i32,
  lessUnsigned,
  load,
  loopWhile,
  multiply,
  select,
  set,
  store,
  subtract,
  tee,
  v128,
  when,
  zero,
} from './assembler';

export type Precision = keyof typeof arithmetic;

/** The product goes by tiles of so many rows and columns, whose sums stay in registers: 8 of the 16 that x86-64 has. */
const tileRows = 4;
export const tileColumns = { f32: 8, f64: 4 } as const;

/** Terms of a sum that are taken at once: a panel of `right` is that deep and a tile wide, and stays in the processor's first cache. */
export const panelDepth = 256;
/** Rows of `left` that are gone through for each panel before the next panel is made: with a panel's depth, what the second cache holds. */
const blockRows = 128;
/** Where the function keeps its panel, and a tile at the edge: in the head of the memory (`device/heap.ts`). */
const panelAddress = 0;
const panelRowBytes = 32;
const tileAddress = panelAddress + panelDepth * panelRowBytes;

/** Addresses and strides in bytes of the memory; nothing outside of the matrices is read or written. */
export type ProductFunction = (
  rows: number,
  columns: number,
  depth: number,
  left: number,
  leftRow: number,
  leftDepth: number,
  right: number,
  rightDepth: number,
  rightColumn: number,
  out: number,
  outRow: number,
  /** 1: added to what `out` holds. */
  accumulate: number,
) => void;

/**
 * out[i, j] = (accumulate: out[i, j] +) sum over k of left[i, k] right[k, j], with 128-bit SIMD: a tile at a time, the sum over k in order within
 * panels, panel after panel. Both operands are read by strides, so that they may stand transposed, or the rows of `left` overlap (the windows
 * of a convolution).
 */
export function productModule(precision: Precision): Uint8Array<ArrayBuffer> {
  const { bytes, splat, add: addLanes, multiply: multiplyLanes, scalar } = arithmetic[precision];
  const width = tileColumns[precision];
  return assemble(new Array<number>(12).fill(i32), (parameters, local) => {
    const [rows, columns, depth, left, leftRow, leftDepth, right, rightDepth, rightColumn, out, outRow, accumulate] = parameters;
    const integer = () => local(i32);
    const [terms, columnsLeft, rowsLeft, termsLeft, tileWidth] = Array.from({ length: 5 }, integer);
    const [rowsAhead, rowsOfBlock, block, blockOut] = Array.from({ length: 4 }, integer);
    const [stripe, panel, target, b, c, from, to, count, adding] = Array.from({ length: 9 }, integer);
    const a = Array.from({ length: tileRows }, integer);
    const vector = () => local(v128);
    const sums = a.map(() => [vector(), vector()]);
    const [b0, b1, factor] = Array.from({ length: 3 }, vector);

    const minus = (value: number, by: number): Code => [...get(value), ...constant(by), ...subtract, ...tee(value)];
    const smaller = (x: Code, y: Code): Code => [...x, ...y, ...x, ...y, ...lessUnsigned, ...select];
    const each = (emit: (row: number) => Code): number[] => sums.flatMap((_, row) => emit(row));
    const multiplyAdd = (sum: number, by: number): Code => [
      ...get(sum),
      ...get(factor),
      ...get(by),
      ...multiplyLanes,
      ...addLanes,
      ...set(sum),
    ];

    // A panel of `right`: `tileWidth` columns of each of `terms` rows, one after the other; zeros where the tile is wider.
    const zeroRow: Code = [...get(to), ...zero, ...store(0), ...get(to), ...zero, ...store(16)];
    const copyElement: Code = [
      ...[...get(to), ...get(from), ...scalar.load, ...scalar.store],
      ...advance(to, constant(bytes)),
      ...advance(from, get(rightColumn)),
      ...minus(count, 1),
    ];
    const packByElements: Code = [
      ...zeroRow,
      ...[...get(tileWidth), ...set(count)],
      ...loopWhile(copyElement),
      // To the beginning of the next row.
      ...advance(to, [...constant(width), ...get(tileWidth), ...subtract, ...constant(bytes), ...multiply]),
      ...[...get(from), ...get(tileWidth), ...get(rightColumn), ...multiply, ...subtract, ...get(rightDepth), ...add, ...set(from)],
      ...minus(termsLeft, 1),
    ];
    const packByVectors: Code = [
      ...[...get(to), ...get(from), ...load(0), ...store(0)],
      ...[...get(to), ...get(from), ...load(16), ...store(16)],
      ...advance(to, constant(panelRowBytes)),
      ...advance(from, get(rightDepth)),
      ...minus(termsLeft, 1),
    ];
    const isWhole: Code = [...get(tileWidth), ...constant(width), ...subtract, ...equalsZero];
    const isDense: Code = [...get(rightColumn), ...constant(bytes), ...subtract, ...equalsZero];
    const pack: Code = [
      ...[...get(panel), ...set(from), ...constant(panelAddress), ...set(to), ...get(terms), ...set(termsLeft)],
      ...when(get(terms), when([...isWhole, ...isDense, ...multiply], loopWhile(packByVectors), loopWhile(packByElements))),
    ];

    const term: Code = [
      ...[...get(b), ...load(0), ...set(b0)],
      ...[...get(b), ...load(16), ...set(b1)],
      ...each((row) => [
        ...[...get(a[row]), ...splat, ...set(factor)],
        ...multiplyAdd(sums[row][0], b0),
        ...multiplyAdd(sums[row][1], b1),
        ...advance(a[row], get(leftDepth)),
      ]),
      ...advance(b, constant(panelRowBytes)),
      ...minus(termsLeft, 1),
    ];

    const storeVector = (offset: number, sum: number): Code => [
      ...get(c),
      ...choose(get(adding), [...get(c), ...load(offset), ...get(sum), ...addLanes], get(sum)),
      ...store(offset),
    ];
    const storeRow = (row: number): Code => [...storeVector(0, sums[row][0]), ...storeVector(16, sums[row][1])];
    // At the right edge a row goes by way of memory, since it has elements that are none of the result's.
    const storeElement: Code = [
      ...get(to),
      ...[...get(from), ...scalar.load],
      ...scalar.store,
      ...advance(to, constant(bytes)),
      ...advance(from, constant(bytes)),
      ...minus(count, 1),
    ];
    const addElement: Code = [
      ...get(to),
      ...[...get(to), ...scalar.load, ...get(from), ...scalar.load, ...scalar.add],
      ...scalar.store,
      ...advance(to, constant(bytes)),
      ...advance(from, constant(bytes)),
      ...minus(count, 1),
    ];
    const storeEdge = (row: number): Code => [
      ...[...constant(tileAddress), ...get(sums[row][0]), ...store(0), ...constant(tileAddress), ...get(sums[row][1]), ...store(16)],
      ...[...constant(tileAddress), ...set(from), ...get(c), ...set(to), ...get(tileWidth), ...set(count)],
      ...when(get(adding), loopWhile(addElement), loopWhile(storeElement)),
    ];
    const storeTile: Code = each((row) =>
      when(
        [...constant(row), ...get(rowsLeft), ...lessUnsigned],
        [...when(isWhole, storeRow(row), storeEdge(row)), ...advance(c, get(outRow))],
      ),
    );

    // Rows beyond the last are computed as the last one, and not stored.
    const leftOf = (row: number): Code => [
      ...get(stripe),
      ...[...smaller(constant(row), [...get(rowsLeft), ...constant(1), ...subtract]), ...get(leftRow), ...multiply, ...add],
    ];
    const tile: Code = [
      ...each((row) => [...zero, ...set(sums[row][0]), ...zero, ...set(sums[row][1]), ...leftOf(row), ...set(a[row])]),
      ...[...constant(panelAddress), ...set(b), ...get(terms), ...set(termsLeft)],
      ...when(get(terms), loopWhile(term)),
      ...storeTile,
      ...advance(stripe, [...get(leftRow), ...constant(tileRows), ...multiply]),
      ...[...get(rowsLeft), ...smaller(get(rowsLeft), constant(tileRows)), ...subtract, ...tee(rowsLeft)],
    ];
    const columnsTile: Code = [
      ...[...smaller(get(columnsLeft), constant(width)), ...set(tileWidth)],
      ...pack,
      ...[...get(block), ...set(stripe), ...get(target), ...set(c), ...get(rowsOfBlock), ...set(rowsLeft)],
      ...loopWhile(tile),
      ...advance(panel, [...get(rightColumn), ...constant(width), ...multiply]),
      ...advance(target, constant(width * bytes)),
      ...[...get(columnsLeft), ...get(tileWidth), ...subtract, ...tee(columnsLeft)],
    ];
    const rowBlock: Code = [
      ...[...smaller(get(rowsAhead), constant(blockRows)), ...set(rowsOfBlock)],
      ...[...get(right), ...set(panel), ...get(blockOut), ...set(target), ...get(columns), ...set(columnsLeft)],
      ...loopWhile(columnsTile),
      ...advance(block, [...get(leftRow), ...get(rowsOfBlock), ...multiply]),
      ...advance(blockOut, [...get(outRow), ...get(rowsOfBlock), ...multiply]),
      ...[...get(rowsAhead), ...get(rowsOfBlock), ...subtract, ...tee(rowsAhead)],
    ];
    const depthBlock: Code = [
      ...[...smaller(get(depth), constant(panelDepth)), ...set(terms)],
      ...[...get(left), ...set(block), ...get(out), ...set(blockOut), ...get(rows), ...set(rowsAhead)],
      ...loopWhile(rowBlock),
      ...advance(left, [...get(leftDepth), ...get(terms), ...multiply]),
      ...advance(right, [...get(rightDepth), ...get(terms), ...multiply]),
      ...[...constant(1), ...set(adding)],
      ...[...get(depth), ...get(terms), ...subtract, ...tee(depth)],
    ];
    return [...get(accumulate), ...set(adding), ...when(get(rows), when(get(columns), loopWhile(depthBlock)))];
  });
}
