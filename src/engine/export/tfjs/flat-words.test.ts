import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadBytes } from '../../compression/levels';
import { packFlat } from './flat-words';

const weigh = (levels: number, rows: number, perRow: number) => {
  const flat = packFlat({ codes: new Uint16Array(rows * perRow), levels, rows });
  return flat?.bytes.reduce((sum, { byteLength }) => sum + byteLength, 0) ?? null;
};

/** As the graph does it, in float32, each product off by so much: the code in place `k` of a word. */
function codeOf(
  word: number,
  k: number,
  { levels, perWord, perPart }: { levels: number; perWord: number; perPart: number },
  error: number,
) {
  const f = Math.fround;
  const quotient = (of: number, reciprocal: number) => Math.floor(f(f(f(of + 0.5) * f(reciprocal)) * (1 + error)));
  let limbs = [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff);
  const divisor = levels ** perPart;
  let part = Math.floor(k / perPart);
  for (let left = perWord; left > perPart && part > 0; left -= perPart, part--) limbs = divided(limbs).quotient;
  const isLast = Math.floor(k / perPart) === Math.ceil(perWord / perPart) - 1;
  const own = isLast ? f(f(limbs[1] * 256) + limbs[0]) : divided(limbs).remainder;
  const place = k % perPart;
  return quotient(own, levels ** -place) - levels * quotient(own, levels ** -(place + 1));

  function divided(of: number[]) {
    let remainder = 0;
    const digits: number[] = [];
    for (const limb of of.toReversed()) {
      const dividend = f(f(remainder * 256) + limb);
      const digit = quotient(dividend, 1 / divisor);
      digits.unshift(digit);
      remainder = f(dividend - f(digit * divisor));
    }
    return { quotient: digits, remainder };
  }
}

describe('codes packed over the ends of rows', () => {
  it('weigh what the lab counts, where rows of narrower words would weigh more', () => {
    for (const levels of [5, 7, 11, 23, 84, 1625])
      expect(weigh(levels, 50, 100), `${levels}`).toBe(payloadBytes({ rows: 50, columns: 100 }, levels));
    expect(weigh(40, 50, 58)).toBe(payloadBytes({ rows: 50, columns: 58 }, 40));
    // Rows that come out even need no division.
    for (const levels of [2, 4, 16, 256, 65536]) expect(weigh(levels, 48, 96), `${levels}`).toBeNull();
  });

  it('come back by float32, with products that are off by two units in the last place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(3, 5, 6, 7, 9, 11, 15, 23, 40, 84, 200, 255, 257, 1000, 1625),
        fc.array(fc.nat(), { minLength: 77, maxLength: 77 }),
        (levels, numbers) => {
          const codes = Uint16Array.from(numbers, (number, i) => (i % 3 === 0 ? levels - 1 : i % 5 === 0 ? 0 : number % levels));
          const flat = packFlat({ codes, levels, rows: 7 });
          if (!flat) return;
          const { bytes, perWord, perPart } = flat;
          expect(perPart).toBeGreaterThan(0);
          for (const [i, code] of codes.entries()) {
            const at = Math.floor(i / perWord);
            const word = (bytes[0][at] | (bytes[1][at] << 8) | (bytes[2][at] << 16) | (bytes[3][at] << 24)) >>> 0;
            for (const error of [-(2 ** -22), 0, 2 ** -22])
              expect(codeOf(word, i % perWord, { levels, perWord, perPart }, error)).toBe(code);
          }
        },
      ),
    );
  });
});
