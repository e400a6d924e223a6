/** Matrix products of the CPU backend: WebAssembly's SIMD where there is some, else plain loops. */
import { arithmetic } from './assembler';
import { type Precision, type ProductFunction, productModule, tileColumns, tileRows } from './product-module';

type Floats = Float32Array | Float64Array;

/** A matrix inside an array: element (i, j) is `values[offset + i row + j column]`. */
export interface MatrixView<Values extends Floats = Float32Array> {
  values: Values;
  offset: number;
  row: number;
  column: number;
}

/** A matrix as it usually lies: row after row, from an offset on. */
export function rowMajor<Values extends Floats>(values: Values, columns: number, offset = 0): MatrixView<Values> {
  return { values, offset, row: columns, column: 1 };
}

/** The transpose of a matrix that lies row after row with `columns` columns. */
export function transposed<Values extends Floats>(values: Values, columns: number, offset = 0): MatrixView<Values> {
  return { values, offset, row: 1, column: columns };
}

export interface ProductSizes {
  rows: number;
  columns: number;
  depth: number;
}

/** Below this many multiply-adds the copies into the module's memory cost more than it saves. */
const smallestProduct = 20_000;
const pageBytes = 65_536;

interface Module {
  memory: WebAssembly.Memory;
  main: ProductFunction;
}

/** Absent before the first use; null where the browser or the processor has no SIMD for WebAssembly. */
const modules: { [precision in Precision]?: Module | null } = {};

function moduleOf(precision: Precision): Module | null {
  const known = modules[precision];
  if (known !== undefined) return known;
  const opened = openModule(precision);
  modules[precision] = opened;
  return opened;
}

function openModule(precision: Precision): Module | null {
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(productModule(precision)), { env: { memory } });
    return { memory, main: exports.main as unknown as ProductFunction };
  } catch {
    return null;
  }
}

/**
 * out[i, j] = (accumulate: out[i, j] +) sum over k of left[i, k] right[k, j], i < rows, j < columns, k < depth; `out.column` is 1. The sum goes over k
 * in order, so the same sizes give the same bits.
 */
export function multiply<Values extends Floats>(
  out: MatrixView<Values>,
  left: MatrixView<Values>,
  right: MatrixView<Values>,
  sizes: ProductSizes,
  accumulate = false,
): void {
  const large = sizes.rows * sizes.columns * sizes.depth >= smallestProduct;
  const module = large ? moduleOf(precisionOf(out.values)) : null;
  if (module) multiplyByModule(module, out, left, right, sizes, accumulate);
  else multiplyByLoops(out, left, right, sizes, accumulate);
}

function precisionOf(values: Floats): Precision {
  return values instanceof Float32Array ? 'f32' : 'f64';
}

const up = (value: number, step: number) => Math.ceil(value / step) * step;

function multiplyByModule(
  { memory, main }: Module,
  out: MatrixView<Floats>,
  left: MatrixView<Floats>,
  right: MatrixView<Floats>,
  { rows, columns, depth }: ProductSizes,
  accumulate: boolean,
): void {
  const precision = precisionOf(out.values);
  const { bytes } = arithmetic[precision];
  const tile = tileColumns[precision];
  const paddedRows = up(rows, tileRows);
  const paddedColumns = up(columns, tile);
  // Left is taken as it lies, only the span that is used; what its last tile of rows reads beyond it is computed with and dropped.
  const leftSpan = (paddedRows - 1) * left.row + (depth - 1) * left.column + 1;
  const rightLength = depth * paddedColumns;
  const total = leftSpan + rightLength + paddedRows * paddedColumns;
  const missing = total * bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  const floats = precision === 'f32' ? new Float32Array(memory.buffer, 0, total) : new Float64Array(memory.buffer, 0, total);

  floats.set(left.values.subarray(left.offset, Math.min(left.offset + leftSpan, left.values.length)));
  packRight(floats, leftSpan, right, depth, columns, tile);
  const outStart = leftSpan + rightLength;
  main(
    paddedRows,
    paddedColumns,
    depth,
    0,
    left.row * bytes,
    left.column * bytes,
    leftSpan * bytes,
    outStart * bytes,
    paddedColumns * bytes,
  );

  for (let i = 0; i < rows; i++) {
    const from = outStart + i * paddedColumns;
    const to = out.offset + i * out.row;
    if (!accumulate) out.values.set(floats.subarray(from, from + columns), to);
    else for (let j = 0; j < columns; j++) out.values[to + j] += floats[from + j];
  }
}

/** Right in panels of a tile's columns, the last one filled up; what stands in the filling is computed with and dropped. */
function packRight(floats: Floats, start: number, right: MatrixView<Floats>, depth: number, columns: number, tile: number): void {
  const { values, offset, row, column } = right;
  for (let first = 0; first < columns; first += tile) {
    const width = Math.min(tile, columns - first);
    let to = start + first * depth;
    let from = offset + first * column;
    for (let k = 0; k < depth; k++) {
      for (let j = 0; j < width; j++) floats[to + j] = values[from + j * column];
      to += tile;
      from += row;
    }
  }
}

function multiplyByLoops(
  out: MatrixView<Floats>,
  left: MatrixView<Floats>,
  right: MatrixView<Floats>,
  { rows, columns, depth }: ProductSizes,
  accumulate: boolean,
): void {
  for (let i = 0; i < rows; i++) {
    const to = out.offset + i * out.row;
    if (!accumulate) out.values.fill(0, to, to + columns);
    for (let k = 0; k < depth; k++) {
      const x = left.values[left.offset + i * left.row + k * left.column];
      // Half of a ReLU layer's outputs are zero, more with dropout.
      if (x === 0) continue;
      const from = right.offset + k * right.row;
      for (let j = 0; j < columns; j++) out.values[to + j] += x * right.values[from + j * right.column];
    }
  }
}

/** For tests: both ways, whatever the size. */
export const ways = {
  loops: multiplyByLoops,
  module: (...args: Parameters<typeof multiplyByLoops>) => {
    const module = moduleOf(precisionOf(args[0].values));
    if (module === null) throw new RangeError('there is no SIMD for WebAssembly here');
    multiplyByModule(module, ...args);
  },
};
