import {
  add,
  advance,
  arithmetic,
  assemble,
  type Code,
  choose,
  constant,
  divideUnsigned,
  equalsZero,
  get,
  i32,
  lessUnsigned,
  load,
  loopWhile,
  multiply,
  multiplyAdd,
  type Precision,
  select,
  set,
  store,
  subtract,
  type Target,
  tee,
  v128,
  when,
  zero,
} from './assembler';

const vectorBytes = 16;

/**
 * The product goes by tiles of so many rows and vectors of columns, whose sums stay in registers. V8 leaves 15 of x86-64's 16, and up to version 12 it loads
 * all that a turn of a loop takes before it multiplies: 3 x 3 sums, 3 vectors of `right` and 3 elements of `left` just fit. A product apart from its
 * sum takes a register more. In billions of operations a second, 192 x 400 x 300 on a processor whose limit is 63: fused, 3 x 3 makes 57 in Node 20 and
 * 57 in Chromium 156, 4 x 2 makes 55 and 55, 6 x 2 makes 42 and 64; apart, in Node 20, 4 x 2 makes 44 and 3 x 3 makes 36.
 */
const tileOf = ({ fused }: Target) => (fused ? { rows: 3, vectors: 3 } : { rows: 4, vectors: 2 });
/** The widest of them. */
const mostVectors = 3;

/** Terms of a sum that are taken at once: a panel of `right` is that deep and a tile wide, and stays in the processor's first cache. */
export const panelDepth = 384;
/** Rows of `left` that are gone through for each panel before the next panel is made: copied, with a panel's depth, what the second cache holds. */
const blockRows = 96;

/** Where the function keeps its copies, and a tile at the edge: in the head of the memory (`device/heap.ts`). */
const panelAddress = 0;
const tileAddress = panelAddress + panelDepth * mostVectors * vectorBytes;
const stripesAddress = tileAddress + mostVectors * vectorBytes;
/** Bytes of the memory's head that it takes. */
export const workingBytes = stripesAddress + blockRows * panelDepth * arithmetic.f64.bytes;

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
 * of a convolution), and copied: a stripe of rows or of columns, as many as a tile has, with the elements of a term side by side.
 */
export function productModule(precision: Precision, target: Target): Uint8Array<ArrayBuffer> {
  const { bytes, splat, add: addLanes, scalar } = arithmetic[precision];
  const { rows: tileRows, vectors: tileVectors } = tileOf(target);
  const panelRowBytes = tileVectors * vectorBytes;
  const width = panelRowBytes / bytes;
  const stripeRowBytes = tileRows * bytes;
  return assemble(new Array<number>(12).fill(i32), (parameters, local) => {
    const [rows, columns, depth, left, leftRow, leftDepth, right, rightDepth, rightColumn, out, outRow, accumulate] = parameters;
    const integer = () => local(i32);
    const [mostTerms, terms, columnsLeft, rowsLeft, termsLeft, tileWidth] = Array.from({ length: 6 }, integer);
    const [rowsAhead, rowsOfBlock, block, blockOut] = Array.from({ length: 4 }, integer);
    const [stripe, panel, targetOut, a, b, c, from, to, count, adding] = Array.from({ length: 10 }, integer);
    const lines = Array.from({ length: Math.max(tileRows, width) }, integer);
    const vector = () => local(v128);
    const sums = Array.from({ length: tileRows }, () => Array.from({ length: tileVectors }, vector));
    const bs = Array.from({ length: tileVectors }, vector);
    const factor = vector();

    const minus = (value: number, by: number): Code => [...get(value), ...constant(by), ...subtract, ...tee(value)];
    const smaller = (x: Code, y: Code): Code => [...x, ...y, ...x, ...y, ...lessUnsigned, ...select];
    const each = (emit: (row: number) => Code): number[] => sums.flatMap((_, row) => emit(row));
    const eachVector = (emit: (index: number) => Code): number[] => bs.flatMap((_, index) => emit(index));

    /** Copies `terms` elements of each of so many lines to `to`, those of a term side by side. Lines beyond the last are copied as the last one. */
    const pack = (size: number, first: number, line: number, step: number, linesLeft: number): Code => {
      const own = lines.slice(0, size);
      const addressOf = (index: number): Code => [
        ...get(first),
        ...[...smaller(constant(index), [...get(linesLeft), ...constant(1), ...subtract]), ...get(line), ...multiply, ...add],
      ];
      const copyTerm: Code = [
        ...own.flatMap((address, index) => [
          ...[...get(to), ...get(address), ...scalar.load, ...scalar.storeAt(index * bytes)],
          ...advance(address, get(step)),
        ]),
        ...advance(to, constant(size * bytes)),
        ...minus(termsLeft, 1),
      ];
      return [
        ...own.flatMap((address, index) => [...addressOf(index), ...set(address)]),
        ...[...get(terms), ...set(termsLeft)],
        ...when(get(terms), loopWhile(copyTerm)),
      ];
    };
    const packByVectors: Code = [
      ...eachVector((index) => [...get(to), ...get(from), ...load(index * vectorBytes), ...store(index * vectorBytes)]),
      ...advance(to, constant(panelRowBytes)),
      ...advance(from, get(rightDepth)),
      ...minus(termsLeft, 1),
    ];
    const isWhole: Code = [...get(tileWidth), ...constant(width), ...subtract, ...equalsZero];
    const isDense: Code = [...get(rightColumn), ...constant(bytes), ...subtract, ...equalsZero];
    const packPanel: Code = [
      ...[...constant(panelAddress), ...set(to)],
      ...when(
        [...isWhole, ...isDense, ...multiply],
        [...[...get(panel), ...set(from), ...get(terms), ...set(termsLeft)], ...when(get(terms), loopWhile(packByVectors))],
        pack(width, panel, rightColumn, rightDepth, tileWidth),
      ),
    ];
    const packStripe: Code = [
      ...pack(tileRows, stripe, leftRow, leftDepth, rowsLeft),
      ...advance(stripe, [...get(leftRow), ...constant(tileRows), ...multiply]),
      ...[...get(rowsLeft), ...smaller(get(rowsLeft), constant(tileRows)), ...subtract, ...tee(rowsLeft)],
    ];
    const packStripes: Code = [
      ...[...get(block), ...set(stripe), ...get(rowsOfBlock), ...set(rowsLeft), ...constant(stripesAddress), ...set(to)],
      ...loopWhile(packStripe),
    ];
    const term: Code = [
      ...eachVector((index) => [...get(b), ...load(index * vectorBytes), ...set(bs[index])]),
      ...each((row) => [
        ...[...get(a), ...splat(row * bytes), ...set(factor)],
        ...eachVector((index) => [
          ...multiplyAdd(target, precision, get(factor), get(bs[index]), get(sums[row][index])),
          ...set(sums[row][index]),
        ]),
      ]),
      ...advance(a, constant(stripeRowBytes)),
      ...advance(b, constant(panelRowBytes)),
      ...minus(termsLeft, 1),
    ];

    const storeVector = (offset: number, sum: number): Code => [
      ...get(c),
      ...choose(get(adding), [...get(c), ...load(offset), ...get(sum), ...addLanes], get(sum)),
      ...store(offset),
    ];
    const storeRow = (row: number): Code => eachVector((index) => storeVector(index * vectorBytes, sums[row][index]));
    // At the right edge a row goes by way of memory, since it has elements that are none of the result's.
    const storeElement: Code = [
      ...get(to),
      ...[...get(from), ...scalar.load],
      ...scalar.storeAt(0),
      ...advance(to, constant(bytes)),
      ...advance(from, constant(bytes)),
      ...minus(count, 1),
    ];
    const addElement: Code = [
      ...get(to),
      ...[...get(to), ...scalar.load, ...get(from), ...scalar.load, ...scalar.add],
      ...scalar.storeAt(0),
      ...advance(to, constant(bytes)),
      ...advance(from, constant(bytes)),
      ...minus(count, 1),
    ];
    const storeEdge = (row: number): Code => [
      ...eachVector((index) => [...constant(tileAddress), ...get(sums[row][index]), ...store(index * vectorBytes)]),
      ...[...constant(tileAddress), ...set(from), ...get(c), ...set(to), ...get(tileWidth), ...set(count)],
      ...when(get(adding), loopWhile(addElement), loopWhile(storeElement)),
    ];
    const storeTile: Code = each((row) =>
      when(
        [...constant(row), ...get(rowsLeft), ...lessUnsigned],
        [...when(isWhole, storeRow(row), storeEdge(row)), ...advance(c, get(outRow))],
      ),
    );

    const tile: Code = [
      ...each((row) => eachVector((index) => [...zero, ...set(sums[row][index])])),
      ...[...constant(panelAddress), ...set(b), ...get(terms), ...set(termsLeft)],
      ...when(get(terms), loopWhile(term)),
      ...storeTile,
      ...[...get(rowsLeft), ...smaller(get(rowsLeft), constant(tileRows)), ...subtract, ...tee(rowsLeft)],
    ];
    const columnsTile: Code = [
      ...[...smaller(get(columnsLeft), constant(width)), ...set(tileWidth)],
      ...packPanel,
      ...[...constant(stripesAddress), ...set(a), ...get(targetOut), ...set(c), ...get(rowsOfBlock), ...set(rowsLeft)],
      ...loopWhile(tile),
      ...advance(panel, [...get(rightColumn), ...constant(width), ...multiply]),
      ...advance(targetOut, constant(width * bytes)),
      ...[...get(columnsLeft), ...get(tileWidth), ...subtract, ...tee(columnsLeft)],
    ];
    const rowBlock: Code = [
      ...[...smaller(get(rowsAhead), constant(blockRows)), ...set(rowsOfBlock)],
      ...packStripes,
      ...[...get(right), ...set(panel), ...get(blockOut), ...set(targetOut), ...get(columns), ...set(columnsLeft)],
      ...loopWhile(columnsTile),
      ...advance(block, [...get(leftRow), ...get(rowsOfBlock), ...multiply]),
      ...advance(blockOut, [...get(outRow), ...get(rowsOfBlock), ...multiply]),
      ...[...get(rowsAhead), ...get(rowsOfBlock), ...subtract, ...tee(rowsAhead)],
    ];
    const depthBlock: Code = [
      ...[...smaller(get(depth), get(mostTerms)), ...set(terms)],
      ...[...get(left), ...set(block), ...get(out), ...set(blockOut), ...get(rows), ...set(rowsAhead)],
      ...loopWhile(rowBlock),
      ...advance(left, [...get(leftDepth), ...get(terms), ...multiply]),
      ...advance(right, [...get(rightDepth), ...get(terms), ...multiply]),
      ...[...constant(1), ...set(adding)],
      ...[...get(depth), ...get(terms), ...subtract, ...tee(depth)],
    ];
    // In as few panels as it takes, of even depth: a short one at the end would cost as many turns over the result as a deep one.
    const roundedUp = (value: number, divisor: Code): Code => [
      ...get(value),
      ...divisor,
      ...add,
      ...constant(1),
      ...subtract,
      ...divisor,
      ...divideUnsigned,
    ];
    const evenPanels: Code = [
      ...[...roundedUp(depth, constant(panelDepth)), ...set(count)],
      ...[...roundedUp(depth, get(count)), ...set(mostTerms)],
    ];
    return [
      ...when(get(depth), evenPanels),
      ...get(accumulate),
      ...set(adding),
      ...when(get(rows), when(get(columns), loopWhile(depthBlock))),
    ];
  });
}
