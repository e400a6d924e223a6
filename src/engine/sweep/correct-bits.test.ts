import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBits, decodeBits, encodeBits } from './correct-bits';

describe('the items that were right, as bits', () => {
  it('lie least significant first', () => {
    expect(encodeBits([1, 0, 0, 0, 0, 0, 0, 0, 0, 1])).toBe(btoa(String.fromCharCode(1, 2)));
    expect(encodeBits([])).toBe('');
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { maxLength: 300 }), (items) => {
        const bits = decodeBits(encodeBits(items), items.length) as Uint8Array;
        expect([...bits]).toEqual(items);
        expect(countBits(bits)).toBe(items.filter((item) => item === 1).length);
      }),
    );
    const many = Uint8Array.from({ length: 100_003 }, (_, i) => (i % 7 === 0 ? 1 : 0));
    // Longer than the arguments that one call takes.
    expect(encodeBits(decodeBits(encodeBits(many), many.length) as Uint8Array)).toBe(encodeBits(many));
  });

  it.each([
    ['too short', 'AA==', 9],
    ['too long', 'AAA=', 8],
    ['no base64', '!!==', 8],
    ['blanks', 'A ==', 8],
    ['a bit behind the last item', btoa('\u0010'), 4],
    ['bits behind the last byte', 'AB==', 8],
    ['of nothing', 'AA==', 0],
  ])('are refused where the text is %s', (_, text, count) => {
    expect(decodeBits(text, count)).toBeNull();
  });
});
