import { decodeUniform, encodeUniform, type UniformQuantizer } from '../quantize';
import type { FittedQuantizer } from './quantizer';

/** Of a value, to find the range and to replace it. */
export const uniformOperations = 10;

/** Evenly spaced levels. */
export function uniformLevels(quantizer: UniformQuantizer): FittedQuantizer {
  // Where all values are the same, all codes stand for it.
  const count = quantizer.step === 0 ? 1 : quantizer.levels;
  return {
    levels: decodeUniform(
      Uint16Array.from({ length: count }, (_, code) => code),
      quantizer,
    ),
    encode: (values) => encodeUniform(values, quantizer),
    decode: (codes) => decodeUniform(codes, quantizer),
    even: { lowest: quantizer.lowest, step: quantizer.step },
  };
}
