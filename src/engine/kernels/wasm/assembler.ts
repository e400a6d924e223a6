/**
 * As much of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/) as one small module takes: so there is no compiler to
 * install, no binary to keep, and the same module in a browser, a worker, Node and a test.
 */

export type Code = readonly number[];

export const i32 = 0x7f;
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
export const add: Code = [0x6a];
export const subtract: Code = [0x6b];
export const shiftLeft: Code = [0x74];

/** Adds a value to a local. */
export const advance = (local: number, by: Code): number[] => [...get(local), ...by, ...add, ...set(local)];

/** Runs its body again and again, as long as what the body leaves on the stack is not zero. */
export const loopWhile = (body: Code): number[] => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];

/** Runs its body where the condition is not zero. */
export const when = (condition: Code, body: Code): number[] => [...condition, 0x04, 0x40, ...body, 0x0b];

const simd = (code: number): number[] => [0xfd, ...unsigned(code)];
/** Alignment (as a power of two) and offset of a memory access. */
const at = (alignment: number, offset: number): number[] => [alignment, ...unsigned(offset)];
export const load = (offset = 0): number[] => [...simd(0x00), ...at(2, offset)];
export const store = (offset = 0): number[] => [...simd(0x0b), ...at(2, offset)];
export const zero: Code = [...simd(0x0c), ...new Array<number>(16).fill(0)];

/** What differs between vectors of four 32-bit and of two 64-bit numbers. */
export const arithmetic = {
  f32: { bytes: 4, splat: [...simd(0x09), ...at(2, 0)], add: simd(0xe4), multiply: simd(0xe6) },
  f64: { bytes: 8, splat: [...simd(0x0a), ...at(3, 0)], add: simd(0xf0), multiply: simd(0xf2) },
} as const;

const vector = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
const text = (value: string): number[] => [...unsigned(value.length), ...[...value].map((character) => character.charCodeAt(0))];

/** A module of one exported function `main` of i32 parameters and no result, over a memory that is imported as `env.memory`. */
export function assemble(parameters: number, locals: readonly { type: number; count: number }[], body: Code): Uint8Array<ArrayBuffer> {
  const code = [...vector(locals.map(({ type, count }) => [...unsigned(count), type])), ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, ...vector(new Array<Code>(parameters).fill([i32])), 0x00]])),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, vector([[0x00]])),
    ...section(7, vector([[...text('main'), 0x00, 0x00]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
}
