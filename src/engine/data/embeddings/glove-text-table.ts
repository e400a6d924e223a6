import { LabError } from '../../errors';
import { count, counted, Problems, quoted, titled, Warnings } from '../problems';
import { WordTable } from '../word-table';
import type { Selection } from './format';
import { type Field, fieldsOf, isNumber, type Layout, type Note, notANumber, noWord, type ParsedPiece, trimmedEnd } from './parallel/piece';
import { checkColumns } from './table-rows';

/** No line of a text table is as long: 4 MiB would be 300,000 numbers. */
export const longestLineBytes = 4 * 2 ** 20;
const newline = 10;
const remedy =
  'Each line holds one word, then its numbers, separated by spaces, equally many on every line. Mend the lines, or take another file.';
const noText = 'Load the table in GloVe text format: one word a line and its numbers behind it, in UTF-8.';

/** A table of text as it comes together, piece by piece in the file's order. */
export class TextTable {
  /** What every line has to look like; null before the first one that says it. */
  layout: Layout | null = null;
  /** Lines that were read. */
  private line = 0;
  private readonly words: string[] = [];
  private readonly index = new Map<string, number>();
  private readonly problems: Problems;
  private readonly warnings = new Warnings();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private table: WordTable | null = null;
  private header: { rows: number; dimension: number } | null = null;
  /** Empty lines that no other line has followed yet, as runs: at the end of a file they are no oddity. */
  private blank: { line: number; lines: number }[] = [];
  /** Lines that held a vector, repeated words included. */
  private rowsRead = 0;

  constructor(
    private readonly name: string,
    private readonly selection: Selection,
  ) {
    this.problems = new Problems('bad-embeddings', name, remedy);
  }

  /** Told by the header; what has none is GloVe's, as far as one can see. */
  get format(): string {
    return this.header ? 'word2vec text' : 'GloVe text';
  }

  /** Were all rows read that the selection looks at? */
  get complete(): boolean {
    return this.rowsRead >= this.selection.limit;
  }

  /**
   * Looks for the line that says how many numbers a row has: word2vec's header, or the first row.
   * @param bytes whole lines, `length` bytes of them
   * @returns where the first row begins, or `length` where there is none yet
   */
  begin(bytes: Uint8Array, length: number): number {
    for (let at = 0; at < length; ) {
      const feed = bytes.indexOf(newline, at);
      let start = at;
      if (this.line === 0 && bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) start += 3;
      const nul = bytes.subarray(at, feed).indexOf(0);
      if (nul >= 0) this.refuseBinary(this.line + 1, nul + 1);
      const end = trimmedEnd(bytes, start, feed);
      if (end > start) {
        const line = this.decoder.decode(bytes.subarray(start, end));
        if (this.line > 0 || !this.readHeader(line)) {
          this.setLayout(this.dimensionOf(line), `line ${count(this.line + 1)} has`);
          return start;
        }
        this.line++;
        return feed + 1;
      }
      this.line++;
      this.addBlank(this.line, 1);
      at = feed + 1;
    }
    return length;
  }

  /**
   * Adds the next piece.
   * @returns how many of its lines were read: fewer than all where the selection ends within it
   * @throws LabError at the third wrong line, at a zero byte; `out-of-memory`
   */
  add(piece: ParsedPiece): number {
    const { table } = this;
    if (table === null) throw new RangeError('rows before the dimension');
    const { words, lineOf, values, notes } = piece;
    const { columns } = table;
    let note = 0;
    for (let row = 0; row < words.length; row++) {
      if (this.complete) {
        const read = row > 0 ? lineOf[row - 1] : 0;
        this.line += read;
        return read;
      }
      while (note < notes.length && notes[note].line <= lineOf[row]) this.note(notes[note++]);
      this.flushBlank();
      this.rowsRead++;
      const word = words[row];
      if (!this.selection.keeps(word)) continue;
      if (this.index.has(word)) {
        this.warnings.add('A word occurs again; its first vector is kept.', this.line + lineOf[row]);
        continue;
      }
      const room = table.next();
      room.values.set(values.subarray(row * columns, (row + 1) * columns), room.at);
      table.commit();
      this.index.set(word, this.words.length);
      this.words.push(word);
    }
    if (this.complete) {
      const read = lineOf[words.length - 1] ?? 0;
      this.line += read;
      return read;
    }
    while (note < notes.length) this.note(notes[note++]);
    this.line += piece.lines;
    return piece.lines;
  }

  /** The finished table. @throws LabError where a line was wrong, there was none, or no word is kept */
  finish() {
    this.problems.raise(this.format);
    const { table, header, words, index } = this;
    if (table === null || this.rowsRead === 0) {
      const what = this.line === 0 ? 'is empty' : header ? 'holds a header and no words' : 'holds nothing but empty lines';
      throw new LabError('bad-embeddings', `${this.name} ${what}: line 1, column 1 should hold a word and its numbers.`, remedy, {
        file: this.name,
        line: 1,
        column: 1,
      });
    }
    const { format } = this;
    if (words.length === 0) {
      throw new LabError(
        'no-data',
        `${titled(this.name, format)} has none of the words that were to be kept.`,
        'Keep all words or the most frequent ones, or load word vectors of the same language as the data set.',
        { file: this.name },
      );
    }
    if (header && header.rows !== this.rowsRead && !this.complete) {
      this.warnings.add(`The header promises ${counted(header.rows, 'word')}; the file has ${count(this.rowsRead)}.`, null);
    }
    return { format, words, index, vectors: table, warnings: this.warnings.list() };
  }

  /** @param line the bytes of a line that is too long, as far as they were read. @throws LabError always */
  refuseLength(bytes: Uint8Array): never {
    const line = this.line + 1;
    const nul = bytes.subarray(0, longestLineBytes).indexOf(0);
    if (nul >= 0) this.refuseBinary(line, nul + 1);
    throw new LabError(
      'bad-embeddings',
      `${titled(this.name, this.format)}, line ${count(line)}, column 1: a line that goes on for more than ${longestLineBytes / 2 ** 20} MiB; this is no text of word vectors.`,
      noText,
      { file: this.name, line, column: 1 },
    );
  }

  private note(note: Note): void {
    const line = this.line + note.line;
    if (note.kind === 'blank') {
      this.addBlank(line, note.lines);
      return;
    }
    if (note.kind === 'zero') this.refuseBinary(line, note.column);
    this.flushBlank();
    if (note.kind === 'problem') this.problem(line, note.column, note.found);
    else this.warnings.add('A word is not UTF-8; its foreign bytes are shown as \ufffd.', line);
  }

  private flushBlank(): void {
    if (this.blank.length === 0) return;
    for (const { line, lines } of this.blank) this.warnings.add('An empty line between two words was passed over.', line, lines);
    this.blank = [];
  }

  /** Runs that touch become one: a file may be nothing but line feeds. */
  private addBlank(line: number, lines: number): void {
    const last = this.blank.at(-1);
    if (last && last.line + last.lines === line) last.lines += lines;
    else this.blank.push({ line, lines });
  }

  private problem(line: number, column: number, found: string): void {
    this.problems.add(line, column, found);
    if (this.problems.full) this.problems.raise(this.format);
  }

  private setLayout(columns: number, origin: string): void {
    this.layout = { columns, origin };
    this.table = new WordTable(columns);
  }

  /** word2vec's first line, `rows dimension`. A one-dimensional table whose first word and number are both whole can't be told from it. */
  private readHeader(line: string): boolean {
    const header = headerOf(line);
    if (!header) return false;
    const { rows, dimension } = header;
    this.header = header;
    checkColumns(this.name, 'word2vec text', dimension);
    if (dimension < 1) {
      this.problem(1, 1, `a header that says ${counted(rows, 'word')} of ${counted(dimension, 'number')}`);
      this.problems.raise(this.format);
    }
    this.setLayout(dimension, 'the header on line 1 says');
    return true;
  }

  /** Numbers at the end of the first line of vectors. @throws LabError where there is none */
  private dimensionOf(line: string): number {
    const fields = fieldsOf(line);
    const dimension = line[0] === ' ' || line[0] === '\t' ? 0 : numbersOf(fields);
    checkColumns(this.name, 'GloVe text', dimension);
    if (dimension > 0) return dimension;
    const { text, column } = fields[fields.length - 1];
    if (isNumber(fields[0].text) && fields.length > 1) this.problem(this.line + 1, 1, noWord);
    else
      this.problem(this.line + 1, column, fields.length === 1 ? `${quoted(text)} and no numbers behind it` : notANumber(text, Number.NaN));
    this.problems.raise(this.format);
    return 0;
  }

  /** @throws LabError always: text has no zero byte in it */
  private refuseBinary(line: number, byte: number): never {
    throw new LabError(
      'bad-embeddings',
      `${this.name} is not a text file: line ${count(line)}, column ${count(byte)} holds a zero byte.`,
      noText,
      { file: this.name, line, column: byte },
    );
  }
}

/** The header's numbers, where a line is one. */
export function headerOf(line: string): { rows: number; dimension: number } | null {
  const header = /^(\d{1,15})[ \t]+(\d{1,15})$/.exec(line);
  return header && { rows: Number(header[1]), dimension: Number(header[2]) };
}

/** How many numbers end a row. Its word may itself be a number, and then nothing but numbers is on the line. */
export function numbersOf(fields: readonly Field[]): number {
  const behindWord = fields.findLastIndex(({ text }) => !isNumber(text)) + 1;
  return fields.length - Math.max(1, behindWord);
}
