/** Powers of ten that a double holds exactly: dividing an integer below 2^53 by one of them rounds once, and so correctly. */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const exactDigits = 15;
const [plus, minus, point, zero, nine, upperE, lowerE] = Array.from('+-.09Ee', (character) => character.charCodeAt(0));

/**
 * Reads decimal numbers out of bytes, without making a string of each: a table of embeddings has a hundred million of them. It gives what
 * `Number` gives on the same characters.
 */
export class FloatText {
  /** Where the last number ended: the index of the first byte behind it. */
  end = 0;

  /**
   * The number that begins at `start`: sign, digits with or without a point, exponent. NaN where there is none; `end` says where it stopped.
   *
   * @param limit the index behind the last byte that may be read
   */
  parse(bytes: Uint8Array, start: number, limit: number): number {
    let at = start;
    let negative = false;
    if (at < limit && (bytes[at] === minus || bytes[at] === plus)) negative = bytes[at++] === minus;
    let mantissa = 0;
    let digits = 0;
    let significant = 0;
    let scale = 0;
    let fraction = false;
    for (; at < limit; at++) {
      const byte = bytes[at];
      if (byte >= zero && byte <= nine) {
        mantissa = mantissa * 10 + byte - zero;
        digits++;
        if (mantissa > 0) significant++;
        if (fraction) scale--;
      } else if (byte === point && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (digits === 0) {
      this.end = at;
      return Number.NaN;
    }
    if (at < limit && (bytes[at] === lowerE || bytes[at] === upperE)) {
      let power = at + 1;
      const down = bytes[power] === minus;
      if (power < limit && (down || bytes[power] === plus)) power++;
      let exponent = 0;
      const first = power;
      // An exponent of more digits is as good as infinite; without the cap it would lose its sign in an overflow.
      for (; power < limit && bytes[power] >= zero && bytes[power] <= nine; power++)
        exponent = Math.min(9999, exponent * 10 + bytes[power] - zero);
      // Without digits behind it, the letter is no exponent, and the number ends before it.
      if (power > first) {
        at = power;
        scale += down ? -exponent : exponent;
      }
    }
    this.end = at;
    if (significant > exactDigits || scale < -22 || scale > 22) return Number(ascii(bytes, start, at));
    const value = scale < 0 ? mantissa / powersOfTen[-scale] : mantissa * powersOfTen[scale];
    return negative ? -value : value;
  }
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]);
  return text;
}
