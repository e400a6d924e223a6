import { count } from '../problems';
import { faultAt, type Position } from './format';
import { jsonFault, unclosed } from './json-fault';

/** Characters that one value has at most, and how deep it may be nested. */
export const longestValue = 4 * 2 ** 20;
const deepest = 64;
export const jsonRemedy = 'Correct it there, and load the file again; programs that write JSON (Python: json.dump) get it right.';

/** What `skip` and `extent` say where the text that is there doesn't reach. */
export const needMore = -2;
/** What `skip` says at the end of the file. */
export const atEnd = -1;

const quote = 0x22;
const backslash = 0x5c;
const isSpace = (c: number) => c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0d;

/**
 * A JSON text that comes in pieces: finds where one value after another ends, without holding more than one of them, and keeps count of
 * lines. The values themselves are `JSON.parse`'s.
 */
export class JsonText {
  text = '';
  /** The next character to be looked at. */
  at = 0;
  /** Characters that came. */
  taken = 0;
  /** No more pieces come. */
  ended = false;
  /** Where the value in hand begins; what is before it may be let go. */
  private start = 0;
  private line = 1;
  /** Where the line of `start` begins; below zero where that is let go. */
  private lineStart = 0;
  /** The next line's end from `start` on; Infinity where there is none. */
  private newline = Number.POSITIVE_INFINITY;
  private depth = 0;
  private inString = false;

  /** @param format named in messages */
  constructor(
    private readonly file: string,
    private readonly format: string,
  ) {}

  append(piece: string): void {
    const { start } = this;
    this.taken += piece.length;
    this.text = this.text.slice(start) + piece;
    this.at -= start;
    this.lineStart -= start;
    this.newline -= start;
    this.start = 0;
    if (this.newline === Number.POSITIVE_INFINITY) this.newline = this.find('\n', this.text.length - piece.length);
  }

  /** Passes over white space: the code of the character behind it, which is not taken. */
  skip(): number {
    for (; this.at < this.text.length; this.at++) {
      const c = this.text.charCodeAt(this.at);
      if (!isSpace(c)) return c;
    }
    this.mark();
    return this.ended ? atEnd : needMore;
  }

  /** Says that a value begins at `at`. */
  mark(): void {
    while (this.newline < this.at) {
      this.line++;
      this.lineStart = this.newline + 1;
      this.newline = this.find('\n', this.newline + 1);
    }
    this.start = this.at;
    this.depth = 0;
    this.inString = false;
  }

  /**
   * Goes to the end of the value that `mark` was called for: its text, or `needMore`, and then it is called again.
   *
   * @throws LabError `bad-dataset` where it is too long or too deep, or the file ends in it
   */
  extent(): string | typeof needMore {
    const { text } = this;
    while (this.at < text.length) {
      const c = text.charCodeAt(this.at);
      if (this.inString) {
        const close = this.closingQuote();
        if (close < 0) break;
        this.inString = false;
        this.at = close + 1;
        if (this.depth === 0) return this.value();
      } else if (c === quote) {
        this.inString = true;
        this.at++;
      } else if (c === 0x7b || c === 0x5b) {
        this.at++;
        if (++this.depth > deepest) throw this.refuse(this.at - 1, `lists and objects inside one another more than ${deepest} deep`);
      } else if (this.depth > 0) {
        this.at++;
        if ((c === 0x7d || c === 0x5d) && --this.depth === 0) return this.value();
      } else if (isSpace(c) || c === 0x2c || c === 0x3a || c === 0x7d || c === 0x5d) {
        return this.value();
      } else {
        this.at++;
      }
    }
    if (this.ended && this.depth === 0 && !this.inString) return this.value();
    if (this.ended || text.length - this.start > longestValue) {
      const { at, found } = this.faultOf(text.slice(this.start));
      // A value that is cut off ends too early: only a fault before its end is its own.
      if (this.start + at < text.length && (this.ended || found !== unclosed)) throw this.refuse(this.start + at, found);
      const what = this.ended
        ? 'the file ends in the middle of the value that begins here'
        : `a value begins here that is longer than ${count(longestValue)} characters`;
      throw this.refuse(this.start, what);
    }
    return needMore;
  }

  /** The value of a text that `extent` gave. @throws LabError `bad-dataset` with the place of what is wrong in it */
  parse(raw: string): unknown {
    try {
      return JSON.parse(raw);
    } catch {
      const { at, found } = this.faultOf(raw);
      throw this.refuse(this.start + at, found);
    }
  }

  /** Line and column, from 1, of a character from the value in hand on. */
  placeOf(index = this.start): Position {
    let { line, lineStart, newline } = this;
    while (newline < index) {
      line++;
      lineStart = newline + 1;
      newline = this.find('\n', lineStart);
    }
    return { line, column: index - lineStart + 1 };
  }

  /** The failure of the character at an index. */
  refuse(index: number, found: string) {
    return faultAt(this.file, this.placeOf(index), found, jsonRemedy, { format: this.format });
  }

  private value(): string {
    return this.text.slice(this.start, this.at);
  }

  private faultOf(raw: string) {
    return jsonFault(raw) ?? { at: 0, found: 'a value that is no JSON' };
  }

  /** -1 where it isn't there yet; `at` is behind what was looked at then. */
  private closingQuote(): number {
    for (let from = this.at; ; ) {
      const close = this.text.indexOf('"', from);
      if (close < 0) {
        this.at = this.text.length;
        return -1;
      }
      let before = close - 1;
      while (this.text.charCodeAt(before) === backslash) before--;
      if ((close - before) % 2 === 1) return close;
      from = close + 1;
    }
  }

  private find(what: string, from: number): number {
    const at = this.text.indexOf(what, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}
