/** Matrix products of the CPU backend: WebAssembly's SIMD where there is some, else plain loops. */
import { reservedBytes, sharedMemory } from '../../device/heap';
import { arithmetic, type Precision } from './assembler';
import { inPlace } from './in-place';
import { type ProductFunction, productModule } from './product-module';

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

/** Multiply-adds below which the copies into another memory cost more than they save, and where nothing is to be copied, the call itself. */
const smallestCopied = 20_000;
const smallestInPlace = 500;
const pageBytes = 65_536;

const functions = {
  f32: inPlace<ProductFunction>((target) => productModule('f32', target)),
  f64: inPlace<ProductFunction>((target) => productModule('f64', target)),
};

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
  const work = sizes.rows * sizes.columns * sizes.depth;
  const memory = work >= smallestInPlace ? sharedMemory(out.values, left.values, right.values) : null;
  const done = memory
    ? multiplyInPlace(memory, out, left, right, sizes, accumulate)
    : work >= smallestCopied && multiplyCopies(out, left, right, sizes, accumulate);
  if (!done) multiplyByLoops(out, left, right, sizes, accumulate);
}

function precisionOf(values: Floats): Precision {
  return values instanceof Float32Array ? 'f32' : 'f64';
}

/** False where there is no SIMD for WebAssembly. */
function multiplyInPlace(
  memory: WebAssembly.Memory,
  out: MatrixView<Floats>,
  left: MatrixView<Floats>,
  right: MatrixView<Floats>,
  { rows, columns, depth }: ProductSizes,
  accumulate: boolean,
): boolean {
  const precision = precisionOf(out.values);
  const main = functions[precision](memory);
  if (!main) return false;
  const { bytes } = arithmetic[precision];
  const address = ({ values, offset }: MatrixView<Floats>) => values.byteOffset + offset * bytes;
  main(
    rows,
    columns,
    depth,
    address(left),
    left.row * bytes,
    left.column * bytes,
    address(right),
    right.row * bytes,
    right.column * bytes,
    address(out),
    out.row * bytes,
    accumulate ? 1 : 0,
  );
  return true;
}

/** Of the operands that lie elsewhere; grows to what the largest product took. */
let copies: WebAssembly.Memory | null = null;

function multiplyCopies(
  out: MatrixView<Floats>,
  left: MatrixView<Floats>,
  right: MatrixView<Floats>,
  sizes: ProductSizes,
  accumulate: boolean,
): boolean {
  const { rows, columns, depth } = sizes;
  const { bytes } = arithmetic[precisionOf(out.values)];
  const leftLength = span(left, rows, depth);
  const rightLength = span(right, depth, columns);
  const memory = memoryOf(reservedBytes + (leftLength + rightLength + rows * columns) * bytes);
  if (!memory) return false;
  const place = (from: number, length: number) =>
    out.values instanceof Float32Array ? new Float32Array(memory.buffer, from, length) : new Float64Array(memory.buffer, from, length);
  const copied = (view: MatrixView<Floats>, from: number, length: number): MatrixView<Floats> => {
    const values = place(from, length);
    values.set(view.values.subarray(view.offset, view.offset + length));
    return { ...view, values, offset: 0 };
  };
  const l = copied(left, reservedBytes, leftLength);
  const r = copied(right, reservedBytes + leftLength * bytes, rightLength);
  const products = place(reservedBytes + (leftLength + rightLength) * bytes, rows * columns);
  if (!multiplyInPlace(memory, rowMajor(products, columns), l, r, sizes, false)) return false;
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    const to = out.offset + i * out.row;
    if (!accumulate) out.values.set(products.subarray(from, from + columns), to);
    else for (let j = 0; j < columns; j++) out.values[to + j] += products[from + j];
  }
  return true;
}

/** Elements from the first to the last of rows x columns of a view. */
function span({ row, column }: MatrixView<Floats>, rows: number, columns: number): number {
  return rows > 0 && columns > 0 ? (rows - 1) * row + (columns - 1) * column + 1 : 0;
}

function memoryOf(bytes: number): WebAssembly.Memory | null {
  try {
    copies ??= new WebAssembly.Memory({ initial: 1 });
    const missing = bytes - copies.buffer.byteLength;
    if (missing > 0) copies.grow(Math.ceil(missing / pageBytes));
    return copies;
  } catch {
    return null;
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

/** For tests: each way, whatever the size; false where it can't. */
export const ways = {
  loops: (...args: Parameters<typeof multiplyByLoops>): boolean => {
    multiplyByLoops(...args);
    return true;
  },
  copies: multiplyCopies,
  inPlace: (...args: Parameters<typeof multiplyByLoops>): boolean => {
    const memory = sharedMemory(args[0].values, args[1].values, args[2].values);
    return memory !== null && multiplyInPlace(memory, ...args);
  },
};
