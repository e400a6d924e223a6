import type { CodedMatrix } from '../../compression/coded';
import { codesPerWord, payloadBytes } from '../../compression/levels';
import { packCodes } from '../packed-codes';
import { packRows } from './row-words';

/** Whole numbers up to here are indices that every backend of TensorFlow.js holds exactly: in float32. */
const mostWords = 2 ** 24;
/**
 * The most that a word is divided by at once. Bytes are divided from the highest down, so a dividend is under 256 times as much, 2^21: a quotient of
 * that size, taken in float32 half a unit from every whole number, stands a product that is off by two units in the last place.
 */
const mostDivisor = 2 ** 13;

/** Codes as the lab counts them, in words of 32 bits over the ends of rows; each byte of the words is a list of its own. */
export interface FlatWords {
  /** The lowest byte of each word, then the others. */
  bytes: Uint8Array[];
  /** Codes in a word. */
  perWord: number;
  /** Codes that one division takes off a word. */
  perPart: number;
}

/** Null where rows of narrower words weigh no more (the reader is spared the divisions), or where there are more words than can be numbered. */
export function packFlat({ codes, levels, rows }: Pick<CodedMatrix, 'codes' | 'levels' | 'rows'>): FlatWords | null {
  const perRow = codes.length / rows;
  const counted = payloadBytes({ rows, columns: perRow }, levels);
  if (packRows({ codes, levels, rows }).words.byteLength <= counted || levels > mostDivisor || counted / 4 > mostWords) return null;
  const words = packCodes(codes, levels);
  let perPart = 1;
  while (levels ** (perPart + 1) <= mostDivisor) perPart++;
  const bytes = [0, 8, 16, 24].map((shift) => Uint8Array.from(words, (word) => (word >>> shift) & 0xff));
  return { bytes, perWord: codesPerWord(levels), perPart };
}
