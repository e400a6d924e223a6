import { LabError } from '../../errors';
import { chunksOf } from '../bytes/chunks';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import type { WordVectors } from '../dataset';
import { count, counted, Problems, quoted, Warnings } from '../problems';
import { WordTable } from '../word-table';
import { FloatText } from './float-text';
import type { EmbeddingsFormat, Selection } from './format';

/** No line of a text table is as long: 4 MiB would be 300,000 dimensions. */
const longestLineBytes = 4 * 2 ** 20;
/** Lines between two looks at the clock. */
const linesPerLook = 256;
const byteOrderMarkBytes = 3;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;
const remedy =
  'A GloVe text file has one word a line, then its numbers, separated by spaces, equally many on every line. Mend the lines, or take another file.';
/** Every word of every row. */
const everything: Selection = { limit: Number.POSITIVE_INFINITY, keeps: () => true };
const noWord = 'there is no word before the numbers';
/**
 * Reads a table of word vectors from GloVe text: one word a line and d numbers behind it, separated by spaces or tabs; d is the first line's.
 * A word may have spaces in it (as in GloVe 840B): the last d fields are the numbers. A first line of two whole numbers is word2vec's header
 * (rows, dimension) and is skipped. UTF-8, with or without a byte order mark; lines end by LF or CRLF.
 *
 * Streams: neither the file nor its text is ever held whole, and the table takes its own size and one block. A word that occurs again
 * keeps its first vector, with a warning. Behind the last row that is looked at, bytes are only counted and hashed.
 *
 * @returns the table, its rows in the file's order; the values are rounded to float32
 * @throws LabError `bad-embeddings` with line and column of the first three wrong lines (another number of values, a value that is no number or not
 *   finite, a line without a word), or for a file that is empty or no text; `cancelled`; `out-of-memory`; `unreachable` where reading fails
 */
export async function readGloveText(file: SourceFile, options: ReadOptions = {}, selection: Selection = everything): Promise<WordVectors> {
  const pace = new Pace(`Reading ${file.name}`, file.size, options);
  const identity = new ContentIdentity(file.size);
  const rows = new Rows(file.name, selection);
  /** The beginning of a line whose end is still to come, in pieces. */
  let carry: Uint8Array[] = [];
  let carried = 0;
  let done = 0;
  for await (const chunk of chunksOf(file.stream(), file.name, pace)) {
    identity.update(chunk);
    if (rows.complete) {
      done += chunk.length;
      if (pace.due()) await pace.beat(done);
      continue;
    }
    const nul = chunk.indexOf(0);
    if (nul >= 0) rows.refuseBinary(chunk, nul, carried);
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(newline, start);
      if (end < 0) break;
      if (carried > 0) {
        const line = join([...carry, chunk.subarray(start, end)]);
        rows.read(line, 0, line.length);
        carry = [];
        carried = 0;
      } else {
        rows.read(chunk, start, end);
      }
      start = end + 1;
      if (rows.complete) break;
      if (rows.line % linesPerLook === 0 && pace.due()) await pace.beat(done + start);
    }
    if (start < chunk.length && !rows.complete) {
      carry.push(chunk.slice(start));
      carried += chunk.length - start;
      if (carried > longestLineBytes) rows.refuseLength();
    }
    done += chunk.length;
    if (pace.due()) await pace.beat(done);
  }
  if (carried > 0 && !rows.complete) {
    const line = join(carry);
    rows.read(line, 0, line.length);
  }
  const { format, words, index, vectors, warnings } = rows.finish();
  pace.report(done);
  return { source: identity.reference(file.name), format, words, index, vectors, warnings, licence: null };
}

function join(pieces: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** The table as it grows, line by line. */
class Rows {
  /** The line that was read last, from 1. */
  line = 0;
  private readonly words: string[] = [];
  private readonly index = new Map<string, number>();
  private readonly problems: Problems;
  private readonly warnings = new Warnings();
  private readonly floats = new FloatText();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private table: WordTable | null = null;
  private header: { rows: number; dimension: number } | null = null;
  /** Empty lines that no other line has followed yet: at the end of a file they are no oddity. */
  private blank: number[] = [];
  private firstLine = 0;
  /** Lines that held a vector, repeated words included. */
  private rowsRead = 0;

  constructor(
    private readonly name: string,
    private readonly selection: Selection,
  ) {
    this.problems = new Problems('bad-embeddings', name, remedy);
  }

  /** Has every row that the selection looks at been read? */
  get complete(): boolean {
    return this.rowsRead >= this.selection.limit;
  }

  /** Reads one line, `bytes[start .. end)` without its line feed. */
  read(bytes: Uint8Array, start: number, end: number): void {
    this.line++;
    if (this.line === 1 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += byteOrderMarkBytes;
    let last = end;
    // gensim and word2vec leave a space behind the last number.
    while (last > start && (bytes[last - 1] === carriageReturn || bytes[last - 1] === space || bytes[last - 1] === tab)) last--;
    if (last === start) {
      this.blank.push(this.line);
      return;
    }
    for (const line of this.blank) this.warnings.add('An empty line between two words was passed over.', line);
    this.blank = [];
    if (this.table === null) {
      if (this.line === 1 && this.readHeader(bytes, start, last)) return;
      this.table = new WordTable(this.dimensionOf(bytes, start, last));
      this.firstLine = this.line;
    }
    const { table } = this;
    const { values, at } = table.next();
    let wordEnd = start;
    while (wordEnd < last && bytes[wordEnd] !== space && bytes[wordEnd] !== tab) wordEnd++;
    // Nearly every line: a word without spaces, then d numbers. All else goes the slow way, which also knows what to say of it.
    if (!this.readNumbers(bytes, wordEnd, last, values, at, table.columns)) {
      wordEnd = this.readOddLine(bytes, start, last, values, at, table.columns);
      if (wordEnd < 0) return;
    }
    if (wordEnd === start) {
      this.problem(1, noWord);
      return;
    }
    this.rowsRead++;
    const word = this.decoder.decode(bytes.subarray(start, wordEnd));
    if (word.includes('\ufffd')) this.warnings.add('A word is not UTF-8; its foreign bytes are shown as \ufffd.', this.line);
    if (this.index.has(word)) {
      this.warnings.add('A word occurs again; its first vector is kept.', this.line);
      return;
    }
    if (!this.selection.keeps(word)) return;
    this.index.set(word, this.words.length);
    this.words.push(word);
    table.commit();
  }

  /** Reads `expected` numbers, each behind one or more spaces, to the very end of the line. False where there is anything else. */
  private readNumbers(bytes: Uint8Array, start: number, end: number, values: Float32Array, at: number, expected: number): boolean {
    const { floats } = this;
    let position = start;
    for (let column = 0; column < expected; column++) {
      if (position >= end || (bytes[position] !== space && bytes[position] !== tab)) return false;
      do position++;
      while (position < end && (bytes[position] === space || bytes[position] === tab));
      values[at + column] = floats.parse(bytes, position, end);
      // Of the rounded value: what is finite as a double may be too large for float32.
      if (!Number.isFinite(values[at + column])) return false;
      position = floats.end;
    }
    return position === end;
  }

  /**
   * A line that is not simply a word and d numbers: either the word has spaces in it, or the line is wrong.
   * @returns the index behind the word, or -1 where the line is wrong, which is noted
   */
  private readOddLine(bytes: Uint8Array, start: number, end: number, values: Float32Array, at: number, expected: number): number {
    const fields = fieldsOf(this.decoder.decode(bytes.subarray(start, end)));
    const given = fields.length - 1;
    if (bytes[start] === space || bytes[start] === tab) {
      this.problem(1, noWord);
      return -1;
    }
    if (given < expected) {
      this.wrongDimension(fields[given], given, expected);
      return -1;
    }
    const numbers = fields.slice(fields.length - expected);
    // A number before the last d is one too many rather than a part of the word.
    if (given > expected && isNumber(fields[given - expected].text)) {
      const extra = fields.findLastIndex((field, i) => i <= given - expected && !isNumber(field.text));
      this.wrongDimension(fields[given], given - Math.max(0, extra), expected);
      return -1;
    }
    for (const [column, { text, column: place }] of numbers.entries()) {
      const value = isNumber(text) ? Number(text) : Number.NaN;
      values[at + column] = value;
      if (!Number.isFinite(values[at + column])) {
        this.problem(place, notANumber(text, value));
        return -1;
      }
    }
    let wordEnd = end;
    for (let field = 0; field < expected; field++) {
      while (bytes[wordEnd - 1] !== space && bytes[wordEnd - 1] !== tab) wordEnd--;
      while (bytes[wordEnd - 1] === space || bytes[wordEnd - 1] === tab) wordEnd--;
    }
    return wordEnd;
  }

  private wrongDimension(last: Field, given: number, expected: number): void {
    const before = this.header ? 'the header on line 1 says' : `line ${count(this.firstLine)} has`;
    this.problem(last.column, `${counted(given, 'number')} after the word, where ${before} ${count(expected)}`);
  }

  private problem(column: number, found: string): void {
    this.problems.add(this.line, column, found);
    if (this.problems.full) this.problems.raise();
  }

  /** word2vec's first line, `rows dimension`. A one-dimensional table whose first word and number are both whole can't be told from it. */
  private readHeader(bytes: Uint8Array, start: number, end: number): boolean {
    const header = /^(\d+)[ \t]+(\d+)$/.exec(this.decoder.decode(bytes.subarray(start, Math.min(end, start + 64))));
    if (!header) return false;
    const [rows, dimension] = [Number(header[1]), Number(header[2])];
    if (dimension < 1 || dimension > longestLineBytes) {
      this.problem(1, `a header that says ${count(rows)} words of ${count(dimension)} numbers`);
      this.problems.raise();
    }
    this.header = { rows, dimension };
    this.table = new WordTable(dimension);
    return true;
  }

  /** Numbers at the end of the first line of vectors. */
  private dimensionOf(bytes: Uint8Array, start: number, end: number): number {
    const fields = fieldsOf(this.decoder.decode(bytes.subarray(start, end)));
    const behindWord = fields.findLastIndex(({ text }) => !isNumber(text)) + 1;
    // A word may itself be a number, and then nothing but numbers is on the line.
    const dimension = fields.length - Math.max(1, behindWord);
    if (dimension > 0) return dimension;
    const { text, column } = fields[fields.length - 1];
    this.problem(column, fields.length === 1 ? `${quoted(text)} and no numbers behind it` : notANumber(text, Number.NaN));
    this.problems.raise();
    return 0;
  }

  /**
   * @param nul where in the chunk the zero byte is
   * @param carried bytes of the chunk's first line that came before it
   * @throws LabError always: text has no zero byte in it
   */
  refuseBinary(chunk: Uint8Array, nul: number, carried: number): never {
    let line = this.line + 1;
    let byte = carried + nul + 1;
    for (let at = chunk.indexOf(newline); at >= 0 && at < nul; at = chunk.indexOf(newline, at + 1)) {
      line++;
      byte = nul - at;
    }
    throw new LabError(
      'bad-embeddings',
      `${this.name} is not a text file: line ${count(line)}, column ${count(byte)} holds a zero byte.`,
      'Load the table in GloVe text format: one word a line and its numbers behind it, in UTF-8.',
      { file: this.name, line, column: byte },
    );
  }

  /** @throws LabError always */
  refuseLength(): never {
    const line = this.line + 1;
    throw new LabError(
      'bad-embeddings',
      `${this.name}, line ${count(line)}, column 1: a line that goes on for more than ${longestLineBytes / 2 ** 20} MiB; this is no GloVe text file.`,
      'Load the table in GloVe text format: one word a line and its numbers behind it, in UTF-8.',
      { file: this.name, line, column: 1 },
    );
  }

  /** The finished table. @throws LabError where a line was wrong or there was none */
  finish() {
    this.problems.raise();
    if (this.table !== null && this.rowsRead > 0 && this.words.length === 0) {
      throw new LabError('no-data', `${this.name} has none of the wanted words.`, 'Keep all words, or take a table of the same language.', {
        file: this.name,
      });
    }
    if (this.table === null || this.words.length === 0) {
      const what = this.line === 0 ? 'is empty' : this.header ? 'holds a header and no words' : 'holds nothing but empty lines';
      throw new LabError('bad-embeddings', `${this.name} ${what}: line 1, column 1 should hold a word and its numbers.`, remedy, {
        file: this.name,
        line: 1,
        column: 1,
      });
    }
    if (this.header && this.header.rows !== this.rowsRead && !this.complete) {
      this.warnings.add(`The header promises ${counted(this.header.rows, 'word')}; the file has ${count(this.rowsRead)}.`, 1);
    }
    return {
      format: this.header ? 'word2vec text' : 'GloVe text',
      words: this.words,
      index: this.index,
      vectors: this.table,
      warnings: this.warnings.list(),
    };
  }
}

interface Field {
  text: string;
  /** In characters, from 1. */
  column: number;
}

function fieldsOf(line: string): Field[] {
  return Array.from(line.matchAll(/[^ \t]+/g), (match) => ({ text: match[0], column: match.index + 1 }));
}

function isNumber(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
}

function notANumber(text: string, value: number): string {
  if (!Number.isNaN(value)) return `${quoted(text)} is too large for a 32-bit float`;
  return /^[-+]?(nan|inf(inity)?)$/i.test(text) ? `${quoted(text)} is not a finite number` : `${quoted(text)} is not a number`;
}

/** Lines of a head that say what the rest is like. */
interface TextHead {
  header: { words: number; dimension: number } | null;
  dimension: number;
  words: string[];
  /** Bytes of a line in the mean, its line feed included. */
  lineBytes: number;
}

const sampleWords = 12;

/** What the beginning of a text table says; null where it begins in no such way. */
function readTextHead(head: Uint8Array): TextHead | null {
  if (head.length === 0 || head.includes(0)) return null;
  const text = new TextDecoder().decode(head);
  const cut = text.lastIndexOf('\n');
  // The last line of a head may be cut off in the middle.
  const lines = (cut >= 0 ? text.slice(0, cut) : text).split('\n').map((line) => line.replace(/[ \t\r]+$/, ''));
  const header = /^(\d+)[ \t]+(\d+)$/.exec(lines[0]);
  const rows = lines.slice(header && lines.length > 1 ? 1 : 0).filter((line) => line !== '');
  if (rows.length === 0) return null;
  const fields = rows[0].split(/[ \t]+/);
  const behindWord = fields.findLastIndex((field) => !isNumber(field)) + 1;
  const dimension = header ? Number(header[2]) : fields.length - Math.max(1, behindWord);
  if (dimension < 1) return null;
  const words = rows.slice(0, sampleWords).map((row) =>
    row
      .split(/[ \t]+/)
      .slice(0, -dimension)
      .join(' '),
  );
  const bytes = cut >= 0 ? new TextEncoder().encode(text.slice(0, cut + 1)).length : head.length;
  return {
    header: header && lines.length > 1 ? { words: Number(header[1]), dimension } : null,
    dimension,
    words: words.filter((word) => word !== ''),
    lineBytes: bytes / lines.length,
  };
}

function textFormat(id: string, label: string, withHeader: boolean): EmbeddingsFormat {
  return {
    id,
    label,
    recognizes(head) {
      const found = readTextHead(head);
      return found !== null && (found.header !== null) === withHeader;
    },
    async preview({ vectors }, head) {
      const found = readTextHead(head) as TextHead;
      const { header, dimension, words, lineBytes } = found;
      const estimated = Number.isFinite(vectors.size)
        ? { count: Math.max(words.length, Math.round(vectors.size / lineBytes)), exact: false }
        : null;
      return {
        format: label,
        words: header ? { count: header.words, exact: true } : estimated,
        dimension,
        sample: words,
        needsVocabulary: false,
        tensors: [],
        notes: [],
      };
    },
    read: ({ vectors }, _choice, selection, options) => readGloveText(vectors, options, selection),
  };
}

/** GloVe's text format. Source: https://nlp.stanford.edu/projects/glove/ */
export const gloveText = textFormat('glove-text', 'GloVe text', false);

/** The same behind a line `words dimension`: word2vec's text format, and fastText's `.vec`. */
export const word2vecText = textFormat('word2vec-text', 'word2vec text', true);
