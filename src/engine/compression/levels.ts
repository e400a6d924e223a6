import type { Setting, TableShape } from './method';
import { allowedNumbers, unreachable, wordBytes } from './rate';

const wordBits = 32;
const words = 2 ** wordBits;

/**
 * How many codes of L levels fit a 32-bit word: floor(32 / log2 L), the largest n with L^n <= 2^32. Counted in whole numbers, which are
 * exact here, because 32 / Math.log2(L) may fall under a whole number by rounding.
 *
 * @param levels L, a whole number from 2 to 2^32.
 */
export function codesPerWord(levels: number): number {
  let codes = 0;
  for (let states = levels; states <= words; states *= levels) codes++;
  return codes;
}

/** The most levels of which n codes fit a word: floor(2^(32 / n)). */
export function largestLevels(codes: number): number {
  // The root may be off by a rounding either way.
  let levels = Math.round(words ** (1 / codes)) + 1;
  while (codesPerWord(levels) < codes) levels--;
  return levels;
}

/** Bytes of a matrix's codes of L levels, packed in 32-bit words; scales and codebooks are not in it. */
export function payloadBytes({ rows, columns }: TableShape, levels: number): number {
  return wordBytes * Math.ceil((rows * columns) / codesPerWord(levels));
}

/**
 * The number of levels as a method's setting: the largest L >= 2 whose payload is at most (1 - rho) 4 V d bytes. At two codes a word that
 * is 65,536; one code a word would save nothing.
 */
export const levelsSetting: Setting = {
  kind: 'levels',
  candidates: (shape, rate) => {
    const allowed = Math.floor(allowedNumbers(shape, rate));
    const weights = shape.rows * shape.columns;
    for (let codes = 2; codes <= wordBits; codes++) {
      if (Math.ceil(weights / codes) <= allowed) return [{ levels: largestLevels(codes) }];
    }
    return unreachable('One bit a weight, the least there is,', 1 - Math.ceil(weights / wordBits) / weights, rate);
  },
};
