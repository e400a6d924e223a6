import { count, counted, quoted } from '../../problems';
import { FloatText, powersOfTen } from '../float-text';

const newline = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;
const point = 46;
const minus = 45;
const plus = 43;
const zero = 48;
const lowerCase = 32;
const lowerE = 101;
/** Digits that an integer below 2^53 surely holds. */
const exactDigits = 15;
const largestExactPower = 22;
export const noWord = 'there is no word before the numbers';

/** What a line of vectors has to look like; the same for the whole file. */
export interface Layout {
  /** d. */
  columns: number;
  /** Where d comes from, to stand before it: `line 1 has`. */
  origin: string;
}

/** Something to say of a line; `line` counts from 1 at the beginning of the piece, `column` in characters. */
export type Note =
  | { kind: 'foreign'; line: number }
  /** Empty lines from `line` on. */
  | { kind: 'blank'; line: number; lines: number }
  | { kind: 'problem'; line: number; column: number; found: string }
  /** A zero byte, at byte `column` of its line: nothing behind it was read. */
  | { kind: 'zero'; line: number; column: number };

/** Whole lines of a text table, read. */
export interface ParsedPiece {
  lines: number;
  words: string[];
  /** Line of each word. */
  lineOf: Int32Array;
  /** d numbers a word, and room behind them. */
  values: Float32Array;
  /** In the order of their lines; a line's note goes before its word. */
  notes: Note[];
}

/**
 * Reads whole lines, each a word and d numbers. Knows nothing of the lines before, so that several threads can read pieces of one file:
 * whoever puts the pieces together again gives lines their numbers, finds repeated words and collects what was noted.
 *
 * @param bytes the piece, and a line feed behind its last line: `bytes[length - 1]`
 * @param room where the values go, if it is large enough
 */
export function parsePiece(bytes: Uint8Array, start: number, length: number, layout: Layout, room: Float32Array | null): ParsedPiece {
  return new PieceParser(bytes, start, length, layout, room).parse();
}

class PieceParser {
  private readonly words: string[] = [];
  private readonly lineOf: number[] = [];
  private readonly notes: Note[] = [];
  private readonly floats = new FloatText();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly values: Float32Array;
  private line = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly start: number,
    private readonly length: number,
    private readonly layout: Layout,
    room: Float32Array | null,
  ) {
    // A row has a byte of a word, and two for each number at least.
    const needed = Math.ceil((length - start) / (2 * layout.columns + 1)) * layout.columns + layout.columns;
    this.values = room && room.length >= needed ? room : new Float32Array(needed);
  }

  parse(): ParsedPiece {
    const { bytes, length } = this;
    for (let at = this.start; at < length; ) {
      this.line++;
      let wordEnd = at;
      let bits = 0;
      // Down to the space: no other control character belongs into a word, and a zero byte nowhere.
      for (let byte = bytes[at]; byte > space; byte = bytes[++wordEnd]) bits |= byte;
      const end = this.readNumbers(wordEnd);
      // Nearly every line: a word without spaces, then d numbers. All else goes the slow way, which also knows what to say of it.
      if (end >= 0 && wordEnd > at) {
        this.keep(at, wordEnd, bits);
        at = end + 1;
      } else {
        const feed = bytes.indexOf(newline, at);
        if (!this.readOddLine(at, feed)) break;
        at = feed + 1;
      }
    }
    const { words, values, notes } = this;
    return { lines: this.line, words, lineOf: Int32Array.from(this.lineOf), values, notes };
  }

  /**
   * Reads d numbers, each behind one or more spaces, and what blanks there are to the end of the line.
   * @returns where the line feed is; -1 where there is anything else, which is for `readOddLine`
   */
  private readNumbers(from: number): number {
    const { bytes, values } = this;
    const { columns } = this.layout;
    const first = this.words.length * columns;
    let at = from;
    for (let to = first; to < first + columns; to++) {
      let byte = bytes[at];
      if (byte !== space && byte !== tab) return -1;
      do byte = bytes[++at];
      while (byte === space || byte === tab);
      const start = at;
      if (byte === minus || byte === plus) byte = bytes[++at];
      const unsigned = at;
      let mantissa = 0;
      let digit = byte - zero;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = bytes[++at] - zero;
      }
      let scale = 0;
      let digits = at - unsigned;
      if (digit === point - zero) {
        const fraction = ++at;
        digit = bytes[at] - zero;
        while (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          digit = bytes[++at] - zero;
        }
        scale = at - fraction;
        digits += scale;
      }
      if (digits > 0 && digits <= exactDigits && scale <= largestExactPower && ((digit + zero) | lowerCase) !== lowerE) {
        // One correctly rounded division, as `Number` would have it.
        const value = mantissa / powersOfTen[scale];
        values[to] = bytes[start] === minus ? -value : value;
      } else {
        values[to] = this.floats.parse(bytes, start, this.length);
        // Of the rounded value: what is finite as a double may be too large for float32.
        if (!Number.isFinite(values[to])) return -1;
        at = this.floats.end;
      }
    }
    let byte = bytes[at];
    // gensim and word2vec leave a space behind the last number.
    while (byte === space || byte === tab || byte === carriageReturn) byte = bytes[++at];
    return byte === newline ? at : -1;
  }

  private keep(start: number, end: number, bits: number): void {
    const bytes = this.bytes.subarray(start, end);
    let word: string;
    // Of its own characters: a part of a longer string would keep that one alive.
    if (bits < 128 && bytes.length < 64) {
      word = String.fromCharCode.apply(null, bytes as unknown as number[]);
    } else {
      word = this.decoder.decode(bytes);
      if (word.includes('\ufffd')) this.notes.push({ kind: 'foreign', line: this.line });
    }
    this.words.push(word);
    this.lineOf.push(this.line);
  }

  /**
   * A line that is not simply a word and d numbers: it is empty, or the word has spaces in it, or it is wrong.
   * @returns false where reading must end here
   */
  private readOddLine(start: number, feed: number): boolean {
    const { bytes, values } = this;
    const expected = this.layout.columns;
    const nul = bytes.subarray(start, feed).indexOf(0);
    if (nul >= 0) {
      this.notes.push({ kind: 'zero', line: this.line, column: nul + 1 });
      return false;
    }
    const end = trimmedEnd(bytes, start, feed);
    if (end === start) {
      const last = this.notes.at(-1);
      if (last?.kind === 'blank' && last.line + last.lines === this.line) last.lines++;
      else this.notes.push({ kind: 'blank', line: this.line, lines: 1 });
      return true;
    }
    const problem = (column: number, found: string) => {
      this.notes.push({ kind: 'problem', line: this.line, column, found });
      return true;
    };
    if (isBlank(bytes[start])) return problem(1, noWord);
    const fields = fieldsOf(this.decoder.decode(bytes.subarray(start, end)));
    const given = fields.length - 1;
    const wrongDimension = (numbers: number) =>
      problem(fields[given].column, `${counted(numbers, 'number')} after the word, where ${this.layout.origin} ${count(expected)}`);
    if (given < expected) return wrongDimension(given);
    // A number before the last d is one too many rather than a part of the word.
    if (given > expected && isNumber(fields[given - expected].text)) {
      const extra = fields.findLastIndex((field, i) => i <= given - expected && !isNumber(field.text));
      return wrongDimension(given - Math.max(0, extra));
    }
    const at = this.words.length * expected;
    for (const [column, { text, column: place }] of fields.slice(fields.length - expected).entries()) {
      const value = isNumber(text) ? Number(text) : Number.NaN;
      values[at + column] = value;
      if (!Number.isFinite(values[at + column])) return problem(place, notANumber(text, value));
    }
    let wordEnd = end;
    for (let field = 0; field < expected; field++) {
      while (!isBlank(bytes[wordEnd - 1])) wordEnd--;
      while (isBlank(bytes[wordEnd - 1])) wordEnd--;
    }
    this.keep(start, wordEnd, 128);
    return true;
  }
}

/** Where a line ends without the blanks and the carriage return behind its last number. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && (isBlank(bytes[last - 1]) || bytes[last - 1] === carriageReturn)) last--;
  return last;
}

function isBlank(byte: number): boolean {
  return byte === space || byte === tab;
}

export interface Field {
  text: string;
  /** In characters, from 1. */
  column: number;
}

export function fieldsOf(line: string): Field[] {
  return Array.from(line.matchAll(/[^ \t]+/g), (match) => ({ text: match[0], column: match.index + 1 }));
}

export function isNumber(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
}

export function notANumber(text: string, value: number): string {
  if (!Number.isNaN(value)) return `${quoted(text)} is too large for a 32-bit float`;
  return /^[-+]?(nan|inf(inity)?)$/i.test(text) ? `${quoted(text)} is not a finite number` : `${quoted(text)} is not a number`;
}
