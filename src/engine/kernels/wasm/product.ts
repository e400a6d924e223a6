/** Matrix products of the CPU backend: WebAssembly's SIMD where there is some, else plain loops. */
import { type ProductFunction, productModule, tileColumns, tileRows } from './product-module';

/** A matrix inside an array: element (i, j) is `values[offset + i row + j column]`. */
export interface MatrixView {
  values: Float32Array;
  offset: number;
  row: number;
  column: number;
}

/** A matrix as it usually lies: row after row, from an offset on. */
export function rowMajor(values: Float32Array, columns: number, offset = 0): MatrixView {
  return { values, offset, row: columns, column: 1 };
}

/** The transpose of a matrix that lies row after row with `columns` columns. */
export function transposed(values: Float32Array, columns: number, offset = 0): MatrixView {
  return { values, offset, row: 1, column: columns };
}

/** Below this many multiply-adds the copies into the module's memory cost more than it saves. */
const smallestProduct = 20_000;
const pageBytes = 65_536;

interface Module {
  memory: WebAssembly.Memory;
  main: ProductFunction;
}

let opened: Module | null | undefined;

/** Null where the browser or the processor has no SIMD for WebAssembly. */
function openModule(): Module | null {
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(productModule()), { env: { memory } });
    return { memory, main: exports.main as unknown as ProductFunction };
  } catch {
    return null;
  }
}

/**
 * out[i, j] = (accumulate: out[i, j] +) sum over k of left[i, k] right[k, j], i < rows, j < columns, k < depth; `out.column` is 1. The sum goes over k
 * in order, so the same sizes give the same bits.
 */
export function multiply(
  out: MatrixView,
  left: MatrixView,
  right: MatrixView,
  { rows, columns, depth }: { rows: number; columns: number; depth: number },
  accumulate = false,
): void {
  if (opened === undefined) opened = openModule();
  if (opened !== null && rows * columns * depth >= smallestProduct) {
    multiplyByModule(opened, out, left, right, rows, columns, depth, accumulate);
  } else {
    multiplyByLoops(out, left, right, rows, columns, depth, accumulate);
  }
}

const up = (value: number, step: number) => Math.ceil(value / step) * step;

function multiplyByModule(
  { memory, main }: Module,
  out: MatrixView,
  left: MatrixView,
  right: MatrixView,
  rows: number,
  columns: number,
  depth: number,
  accumulate: boolean,
): void {
  const paddedRows = up(rows, tileRows);
  const paddedColumns = up(columns, tileColumns);
  // Left is taken as it lies, with what its last tile of rows reads beyond it; only the span that is used.
  const leftSpan = (paddedRows - 1) * left.row + (depth - 1) * left.column + 1;
  const rightLength = depth * paddedColumns;
  const total = leftSpan + rightLength + paddedRows * paddedColumns;
  const missing = total * 4 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  const floats = new Float32Array(memory.buffer, 0, total);

  floats.set(left.values.subarray(left.offset, Math.min(left.offset + leftSpan, left.values.length)));
  const rightStart = leftSpan;
  packRight(floats, rightStart, right, depth, columns);
  const outStart = rightStart + rightLength;
  main(paddedRows, paddedColumns, depth, 0, left.row * 4, left.column * 4, rightStart * 4, outStart * 4, paddedColumns * 4);

  for (let i = 0; i < rows; i++) {
    const from = outStart + i * paddedColumns;
    const to = out.offset + i * out.row;
    if (!accumulate) out.values.set(floats.subarray(from, from + columns), to);
    else for (let j = 0; j < columns; j++) out.values[to + j] += floats[from + j];
  }
}

/** Right in panels of eight columns, the last one filled up; what stands in the filling is computed with and dropped. */
function packRight(floats: Float32Array, start: number, right: MatrixView, depth: number, columns: number): void {
  const { values, offset, row, column } = right;
  for (let first = 0; first < columns; first += tileColumns) {
    const width = Math.min(tileColumns, columns - first);
    let to = start + first * depth;
    let from = offset + first * column;
    for (let k = 0; k < depth; k++) {
      for (let j = 0; j < width; j++) floats[to + j] = values[from + j * column];
      to += tileColumns;
      from += row;
    }
  }
}

function multiplyByLoops(
  out: MatrixView,
  left: MatrixView,
  right: MatrixView,
  rows: number,
  columns: number,
  depth: number,
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
    opened ??= openModule();
    if (opened === null) throw new RangeError('there is no SIMD for WebAssembly here');
    multiplyByModule(opened, ...args);
  },
};
