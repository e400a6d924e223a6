/**
 * As much of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/) as one small module takes: so there is no compiler to
 * install, no binary to keep, and the same module in a browser, a worker, Node and a test.
 */

export type Code = readonly number[];

export const i32 = 0x7f;
export const f32 = 0x7d;
export const v128 = 0x7b;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

export const get = (local: number): number[] => [0x20, ...unsigned(local)];
export const set = (local: number): number[] => [0x21, ...unsigned(local)];
export const tee = (local: number): number[] => [0x22, ...unsigned(local)];
export const constant = (value: number): number[] => [0x41, ...signed(value)];
export const floatConstant = (value: number): number[] => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
export const add: Code = [0x6a];
export const subtract: Code = [0x6b];
export const multiply: Code = [0x6c];
export const divideUnsigned: Code = [0x6e];
export const shiftLeft: Code = [0x74];
export const equalsZero: Code = [0x45];
export const lessUnsigned: Code = [0x49];
export const atLeastUnsigned: Code = [0x4f];
/** Of the two values before it the first where the condition is not zero. */
export const select: Code = [0x1b];

/** Adds a value to a local. */
export const advance = (local: number, by: Code): number[] => [...get(local), ...by, ...add, ...set(local)];

/** Runs its body again and again, as long as what the body leaves on the stack is not zero. */
export const loopWhile = (body: Code): number[] => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];

/** Runs its body where the condition is not zero. */
export const when = (condition: Code, body: Code, otherwise: Code = []): number[] => [
  ...[...condition, 0x04, 0x40, ...body],
  ...(otherwise.length > 0 ? [0x05, ...otherwise] : []),
  0x0b,
];

/** The first vector where the condition is not zero, else the second. */
export const choose = (condition: Code, value: Code, otherwise: Code): number[] => [
  ...[...condition, 0x04, v128, ...value],
  ...[0x05, ...otherwise, 0x0b],
];

/** Alignment (as a power of two) and offset of a memory access. */
const at = (alignment: number, offset: number): number[] => [alignment, ...unsigned(offset)];
export const loadInteger: Code = [0x28, ...at(2, 0)];
/** Copies bytes: target, source and length are on the stack. */
export const copyBytes: Code = [0xfc, ...unsigned(0x0a), 0x00, 0x00];

export const simd = (code: number): number[] => [0xfd, ...unsigned(code)];
export const load = (offset = 0): number[] => [...simd(0x00), ...at(2, offset)];
export const store = (offset = 0): number[] => [...simd(0x0b), ...at(2, offset)];
export const zero: Code = [...simd(0x0c), ...new Array<number>(16).fill(0)];
/** One float to the first lane, zeros to the others; and back. */
export const loadLane: Code = [...simd(0x5c), ...at(2, 0)];
export const storeLane: Code = [...simd(0x5a), ...at(2, 0), 0];
export const splatInteger: Code = simd(0x11);
export const splatFloat: Code = simd(0x13);
/** Four 32-bit integers. */
export const integers = (...values: [number, number, number, number]): number[] => [
  ...simd(0x0c),
  ...new Uint8Array(Int32Array.from(values).buffer),
];

/** What differs between vectors of four 32-bit and of two 64-bit numbers. */
export const arithmetic = {
  f32: {
    bytes: 4,
    splat: (offset = 0): number[] => [...simd(0x09), ...at(2, offset)],
    add: simd(0xe4),
    multiply: simd(0xe6),
    relaxedMultiplyAdd: simd(0x105),
    scalar: { load: [0x2a, ...at(2, 0)], storeAt: (offset: number): number[] => [0x38, ...at(2, offset)], add: [0x92] },
  },
  f64: {
    bytes: 8,
    splat: (offset = 0): number[] => [...simd(0x0a), ...at(3, offset)],
    add: simd(0xf0),
    multiply: simd(0xf2),
    relaxedMultiplyAdd: simd(0x107),
    scalar: { load: [0x2b, ...at(3, 0)], storeAt: (offset: number): number[] => [0x39, ...at(3, offset)], add: [0xa0] },
  },
} as const;

export type Precision = keyof typeof arithmetic;

/** What a module may be assembled of, which is the runtime's to say (`device/simd.ts`). */
export interface Target {
  /** A product and a sum in one instruction, with one rounding; else in two. */
  fused: boolean;
}

/**
 * The only place where a multiply-add is made: leaves a b + c of vectors. The three are evaluated in that order either way, so that one may use what
 * another has put aside.
 */
export function multiplyAdd({ fused }: Target, precision: Precision, a: Code, b: Code, c: Code): number[] {
  const { multiply, add, relaxedMultiplyAdd } = arithmetic[precision];
  return fused ? [...a, ...b, ...c, ...relaxedMultiplyAdd] : [...a, ...b, ...multiply, ...c, ...add];
}

const vector = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
const text = (value: string): number[] => [...unsigned(value.length), ...[...value].map((character) => character.charCodeAt(0))];

/**
 * A module of one exported function `main` without a result, over a memory that is imported as `env.memory`.
 *
 * @param parameters types of the function's parameters
 * @param write gets the parameters' numbers and a maker of further locals of a type, and gives the body
 */
export function assemble(
  parameters: readonly number[],
  write: (parameters: number[], local: (type: number) => number) => Code,
): Uint8Array<ArrayBuffer> {
  const locals: number[] = [];
  const body = write(
    parameters.map((_, index) => index),
    (type) => parameters.length + locals.push(type) - 1,
  );
  const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, ...vector(parameters.map((type) => [type])), 0x00]])),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, vector([[0x00]])),
    ...section(7, vector([[...text('main'), 0x00, 0x00]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
}
