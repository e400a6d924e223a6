import type { CodedMatrix } from '../../compression/coded';

/** Codes in words of one or two bytes, row by row: `perWord` of them in a word, the first in the lowest place. */
export interface RowWords {
  words: Uint8Array | Uint16Array;
  perWord: number;
  wordsPerRow: number;
}

/**
 * Every number on the way from a word to its codes must be exact in float32, since some backends of TensorFlow.js have no other: that is, under 2^24. The width
 * is the one that takes fewer bytes; of equal ones the narrow one, which has less to unpack.
 */
export function packRows({ codes, levels, rows }: Pick<CodedMatrix, 'codes' | 'levels' | 'rows'>): RowWords {
  const perRow = codes.length / rows;
  const [narrow, wide] = [8, 16].map((bits) => {
    const perWord = codesThatFit(levels, bits);
    return { bits, perWord, wordsPerRow: Math.ceil(perRow / perWord) };
  });
  const { bits, perWord, wordsPerRow } = narrow.perWord > 0 && narrow.wordsPerRow <= 2 * wide.wordsPerRow ? narrow : wide;
  const words = bits === 8 ? new Uint8Array(rows * wordsPerRow) : new Uint16Array(rows * wordsPerRow);
  for (let row = 0; row < rows; row++) {
    for (let j = perRow - 1; j >= 0; j--) {
      const at = row * wordsPerRow + Math.floor(j / perWord);
      words[at] = words[at] * levels + codes[row * perRow + j];
    }
  }
  return { words, perWord, wordsPerRow };
}

/** The largest n with L^n <= 2^bits. */
function codesThatFit(levels: number, bits: number): number {
  let count = 0;
  for (let states = levels; states <= 2 ** bits; states *= levels) count++;
  return count;
}
