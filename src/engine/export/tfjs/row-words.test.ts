import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows } from './row-words';

/** Codes of a row, read back by whole numbers. */
function unpacked({ words, perWord, wordsPerRow }: ReturnType<typeof packRows>, levels: number, rows: number, perRow: number): number[] {
  return Array.from({ length: rows * perRow }, (_, i) => {
    const [row, j] = [Math.floor(i / perRow), i % perRow];
    return Math.floor(words[row * wordsPerRow + Math.floor(j / perWord)] / levels ** (j % perWord)) % levels;
  });
}

describe('codes packed row by row', () => {
  it('come back, whatever their number and levels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 65536 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        (levels, rows, perRow, seed) => {
          const codes = Uint16Array.from({ length: rows * perRow }, (_, i) => (i % 3 === 0 ? levels - 1 : (seed + 7919 * i) % levels));
          expect(unpacked(packRows({ codes, levels, rows }), levels, rows, perRow)).toEqual([...codes]);
        },
      ),
    );
  });

  it('take the narrower words where both weigh the same', () => {
    const weigh = (levels: number, perRow: number) => {
      const { words, perWord } = packRows({ codes: new Uint16Array(perRow), levels, rows: 1 });
      return [words.byteLength, words.BYTES_PER_ELEMENT, perWord];
    };
    expect(weigh(256, 9)).toEqual([9, 1, 1]);
    expect(weigh(84, 9)).toEqual([9, 1, 1]);
    expect(weigh(40, 9)).toEqual([6, 2, 3]);
    expect(weigh(16, 9)).toEqual([5, 1, 2]);
    expect(weigh(2, 100)).toEqual([13, 1, 8]);
    expect(weigh(1000, 9)).toEqual([18, 2, 1]);
  });

  /** As the graph does it, in float32, with a product that is off by two units in the last place, as GPUs may have it. */
  it('are exact in float32, and leave room for a rounding', () => {
    for (const [levels, perWord] of [
      [2, 8],
      [3, 10],
      [5, 6],
      [9, 5],
      [16, 4],
      [40, 3],
      [256, 2],
    ]) {
      for (let word = 0; word < Math.min(65536, levels ** perWord); word++) {
        for (let k = 0; k < perWord; k++) {
          const digit = Math.floor(word / levels ** k) % levels;
          for (const error of [-(2 ** -22), 0, 2 ** -22]) {
            const quotient = (exponent: number) =>
              Math.floor(Math.fround(Math.fround(word + 0.5) * Math.fround(levels ** -exponent) * (1 + error)));
            if (quotient(k) - levels * quotient(k + 1) !== digit) expect.fail(`${word} of ${levels} levels, place ${k}`);
          }
        }
      }
    }
  });
});
