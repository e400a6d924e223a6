/** What this runtime's WebAssembly can do for the CPU backend: found out here, once, and nowhere else. */

/**
 * A module of one function without parameters: f32x4.relaxed_madd (of the relaxed SIMD proposal, in WebAssembly 3.0) of e, f and -1, its first lane, where
 * e f = (1 + 2^-13) (1 - 2^-13) = 1 - 2^-26. That is 1 in float32, so what is left is 0 after two roundings, and -2^-26 after one.
 */
// biome-ignore format: a section a line
const relaxedModule = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  // Type: () -> f32. Function 0 has it, and is exported as "f".
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7d,
  0x03, 0x02, 0x01, 0x00,
  0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00,
  // Code: three times f32.const and f32x4.splat, relaxed_madd, f32x4.extract_lane 0.
  0x0a, 0x1f, 0x01, 0x1d, 0x00,
  0x43, 0x00, 0x04, 0x80, 0x3f, 0xfd, 0x13,
  0x43, 0x00, 0xf8, 0x7f, 0x3f, 0xfd, 0x13,
  0x43, 0x00, 0x00, 0x80, 0xbf, 0xfd, 0x13,
  0xfd, 0x85, 0x02,
  0xfd, 0x1f, 0x00,
  0x0b,
);

/** Does this runtime know relaxed SIMD at all? */
export function takesRelaxedSimd(): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(relaxedModule);
}

let fuses: boolean | undefined;

/**
 * Is relaxed SIMD's multiply-add one instruction with one rounding here? The specification leaves that to the processor: where it has none, the
 * two roundings of a product and a sum are all the same.
 */
export function fusesMultiplyAdd(): boolean {
  fuses ??= takesRelaxedSimd() && measuredAsFused();
  return fuses;
}

function measuredAsFused(): boolean {
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(relaxedModule)).exports as { f: () => number };
  return f() === -(2 ** -26);
}
