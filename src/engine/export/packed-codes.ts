import { codesPerWord } from '../compression/levels';

/**
 * Codes 0 to L - 1 packed as the lab counts them: n = `codesPerWord(L)` of them in a 32-bit word, the first in the lowest place, word = sum of
 * code_k L^k. The last word is filled with zeros.
 */
export function packCodes(codes: Uint16Array, levels: number): Uint32Array {
  const perWord = codesPerWord(levels);
  const words = new Uint32Array(Math.ceil(codes.length / perWord));
  for (let w = 0; w < words.length; w++) {
    let word = 0;
    for (let k = Math.min(codes.length, (w + 1) * perWord) - 1; k >= w * perWord; k--) word = word * levels + codes[k];
    words[w] = word;
  }
  return words;
}

/** The first `count` codes of such words. */
export function unpackCodes(words: Uint32Array, levels: number, count: number): Uint16Array {
  const perWord = codesPerWord(levels);
  const codes = new Uint16Array(count);
  for (let i = 0; i < count; i++) codes[i] = Math.floor(words[Math.floor(i / perWord)] / levels ** (i % perWord)) % levels;
  return codes;
}
