/** What kernels do to rows of numbers: by SIMD where the arrays lie in one heap, else by plain loops. Offsets and lengths are in elements. */
import { sharedMemory } from '../../device/heap';
import {
  add,
  advance,
  assemble,
  atLeastUnsigned,
  type Code,
  constant,
  copyBytes,
  get,
  i32,
  load,
  loadInteger,
  loadLane,
  loopWhile,
  multiply,
  set,
  shiftLeft,
  simd,
  store,
  storeLane,
  subtract,
  tee,
  when,
} from './assembler';
import { choose, formulaModule, isLarger, larger, multiplyAdd, over, times, where } from './expression';
import { inPlace } from './in-place';

/**
 * target[to + j] = the sum over i < count of source[indices[first + i] columns + j], j < columns, in order: the rows of `source` that `indices` name.
 */
export type RowSum = (to: number, first: number, count: number) => void;

export function rowSum(target: Float32Array, source: Float32Array, indices: Uint32Array, columns: number): RowSum {
  const memory = sharedMemory(target, source, indices);
  const main = memory && sums(memory);
  if (main) {
    const [t, s, i] = [target.byteOffset, source.byteOffset, indices.byteOffset];
    return (to, first, count) => {
      if (count > 0) main(t + 4 * to, s, i + 4 * first, count, columns);
      else target.fill(0, to, to + columns);
    };
  }
  return (to, first, count) => {
    target.fill(0, to, to + columns);
    for (let n = first; n < first + count; n++) {
      const row = indices[n] * columns;
      for (let j = 0; j < columns; j++) target[to + j] += source[row + j];
    }
  };
}

/** target[to + j] += scale source[from + j], j < length. */
export type RowAdd = (to: number, from: number, length: number, scale: number) => void;

export function rowAdd(target: Float32Array, source: Float32Array): RowAdd {
  const memory = sharedMemory(target, source);
  const main = memory && additions(memory);
  if (main) {
    const [t, s] = [target.byteOffset, source.byteOffset];
    return (to, from, length, scale) => main(length, 0, scale, t + 4 * to, s + 4 * from);
  }
  return (to, from, length, scale) => {
    for (let j = 0; j < length; j++) target[to + j] += scale * source[from + j];
  };
}

/** target[to + j] = source[from + j] / divisor, j < length. */
export type RowQuotient = (to: number, from: number, length: number, divisor: number) => void;

export function rowQuotient(target: Float32Array, source: Float32Array): RowQuotient {
  const memory = sharedMemory(target, source);
  const main = memory && quotients(memory);
  if (main) {
    const [t, s] = [target.byteOffset, source.byteOffset];
    return (to, from, length, divisor) => main(length, 0, divisor, t + 4 * to, s + 4 * from);
  }
  return (to, from, length, divisor) => {
    for (let j = 0; j < length; j++) target[to + j] = source[from + j] / divisor;
  };
}

/** Where values[from + j] > best[to + j], that becomes the best, and chosen[to + j] the token; j < length. */
export type RowLargest = (to: number, from: number, length: number, token: number) => void;

export function rowLargest(best: Float32Array, chosen: Uint32Array, values: Float32Array): RowLargest {
  const memory = sharedMemory(best, chosen, values);
  const main = memory && maxima(memory);
  if (main) {
    const [b, c, v] = [best.byteOffset, chosen.byteOffset, values.byteOffset];
    return (to, from, length, token) => main(length, 0, token, b + 4 * to, c + 4 * to, v + 4 * from);
  }
  return (to, from, length, token) => {
    for (let j = 0; j < length; j++) {
      if (values[from + j] > best[to + j]) {
        best[to + j] = values[from + j];
        chosen[to + j] = token;
      }
    }
  };
}

const maxima = inPlace<(length: number, first: number, token: number, best: number, chosen: number, values: number) => void>((target) =>
  formulaModule(
    {
      streams: 3,
      scalars: ['integer'],
      write: ([best, chosen, value], [token]) => {
        const won = isLarger(value, best);
        return [
          { stream: 0, value: choose(value, best, won) },
          { stream: 1, value: choose(token, chosen, won) },
        ];
      },
    },
    target,
  ),
);

/** values[i] = max(values[i], 0), from <= i < from + length. */
export function rowRelu(values: Float32Array): (from: number, length: number) => void {
  const memory = sharedMemory(values);
  const main = memory && relus(memory);
  if (main) return (from, length) => main(length, 0, values.byteOffset + 4 * from);
  return (from, length) => {
    for (let i = from; i < from + length; i++) if (values[i] < 0) values[i] = 0;
  };
}

/** gradient[i] = input[i] > 0 ? scale gradient[i] : 0, i < length: back through what left `input`. */
export function rowMask(gradient: Float32Array, input: Float32Array): (length: number, scale: number) => void {
  const memory = sharedMemory(gradient, input);
  const main = memory && reluMasks(memory);
  if (main) return (length, scale) => main(length, 0, scale, gradient.byteOffset, input.byteOffset);
  return (length, scale) => {
    for (let i = 0; i < length; i++) gradient[i] = input[i] > 0 ? gradient[i] * scale : 0;
  };
}

const relus = inPlace<(length: number, first: number, values: number) => void>((target) =>
  formulaModule({ streams: 1, scalars: [], write: ([value]) => [{ stream: 0, value: larger(value, 0) }] }, target),
);

const reluMasks = inPlace<ScalarFunction>((target) =>
  formulaModule(
    {
      streams: 2,
      scalars: ['float'],
      write: ([gradient, input], [scale]) => [{ stream: 0, value: where(times(gradient, scale), isLarger(input, 0)) }],
    },
    target,
  ),
);

type ScalarFunction = (length: number, first: number, scalar: number, target: number, source: number) => void;

const additions = inPlace<ScalarFunction>((target) =>
  formulaModule(
    {
      streams: 2,
      scalars: ['float'],
      write: ([sum, source], [scale]) => [{ stream: 0, value: multiplyAdd(scale, source, sum) }],
    },
    target,
  ),
);

const quotients = inPlace<ScalarFunction>((target) =>
  formulaModule(
    { streams: 2, scalars: ['float'], write: ([, source], [divisor]) => [{ stream: 0, value: over(source, divisor) }] },
    target,
  ),
);

/** Addresses, the number of rows (1 or more), and the elements of a row. */
const sums = inPlace<(target: number, source: number, indices: number, count: number, columns: number) => void>(() =>
  assemble([i32, i32, i32, i32, i32], ([target, source, indices, count, columns], local) => {
    const [bytes, from, to, left] = Array.from({ length: 4 }, () => local(i32));
    const minus = (value: number, by: number): Code => [...get(value), ...constant(by), ...subtract, ...tee(value)];
    const nextRow: Code = [
      ...[...get(source), ...get(indices), ...loadInteger, ...get(bytes), ...multiply, ...add, ...set(from)],
      ...advance(indices, constant(4)),
    ];
    const addBy = (elements: number, loadRow: Code, storeRow: Code): Code => [
      ...[...get(to), ...get(to), ...loadRow, ...get(from), ...loadRow, ...simd(0xe4), ...storeRow],
      ...advance(to, constant(4 * elements)),
      ...advance(from, constant(4 * elements)),
      ...minus(left, elements),
    ];
    const addRow: Code = [
      ...nextRow,
      ...[...get(target), ...set(to), ...get(columns), ...set(left)],
      ...when(
        [...get(left), ...constant(4), ...atLeastUnsigned],
        loopWhile([...addBy(4, load(), store()), ...constant(4), ...atLeastUnsigned]),
      ),
      ...when(get(left), loopWhile(addBy(1, loadLane, storeLane))),
      ...minus(count, 1),
    ];
    return [
      ...[...get(columns), ...constant(2), ...shiftLeft, ...set(bytes)],
      ...[...nextRow, ...get(target), ...get(from), ...get(bytes), ...copyBytes],
      ...when(minus(count, 1), loopWhile(addRow)),
    ];
  }),
);
