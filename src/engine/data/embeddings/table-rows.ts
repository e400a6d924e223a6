import type { SourceReference } from '../../../protocol/specification';
import { LabError } from '../../errors';
import type { WordVectors } from '../dataset';
import { count, titled, Warnings } from '../problems';
import { WordTable } from '../word-table';
import type { FloatDecoder } from './float-bytes';
import type { Selection } from './format';

/**
 * d, at most. Word vectors have 50 to 1,024 numbers, the largest language models' a few thousand; of a table of d columns the d x d numbers of its
 * Gram matrix must fit into memory several times, and their eigenvectors be found while a person waits.
 */
export const mostColumns = 4096;
/**
 * @param columns numbers a row, by a header or the first row
 * @throws LabError `bad-embeddings` where that is more than any table of words has, before memory is taken for it
 */
export function checkColumns(file: string, label: string, columns: number): void {
  if (columns <= mostColumns) return;
  throw new LabError(
    'bad-embeddings',
    `${file} (${label}), line 1, column 1: ${count(columns)} numbers a row; tables of up to ${count(mostColumns)} can be factorized.`,
    'Take a table of fewer dimensions, or see that the file is one of word vectors.',
    { file, line: 1, column: 1 },
  );
}

/** Places that a message names. */
const named = 3;

/** A table as it comes out of a binary file, row by row: chooses the rows that are kept, and collects what is wrong with them. */
export class TableRows {
  readonly warnings = new Warnings('row');
  private readonly words: string[] = [];
  private readonly index = new Map<string, number>();
  private readonly table: WordTable;
  private readonly problems: { row: number; column: number; found: string }[] = [];

  /** @param remedy what to do about rows that are wrong */
  constructor(
    private readonly file: string,
    private readonly format: string,
    columns: number,
    private readonly selection: Selection,
    private readonly remedy: string,
  ) {
    this.table = new WordTable(columns);
  }

  /** Numbers a row. */
  get columns(): number {
    return this.table.columns;
  }

  /** Rows that the table's block holds, and where the next one goes: see `WordTable`. */
  get rowsPerBlock(): number {
    return this.table.rowsPerBlock;
  }

  /** Is row `row` (from 0) kept? Notes a word that occurs again, and one that is empty. */
  keeps(word: string, row: number): boolean {
    if (row >= this.selection.limit) return false;
    if (word === '') {
      this.warnings.add('A row without a word was left out.', row + 1);
      return false;
    }
    if (!this.selection.keeps(word)) return false;
    if (!this.index.has(word)) return true;
    this.warnings.add('A word occurs again; its first vector is kept.', row + 1);
    return false;
  }

  /** Room for the next row's numbers. @throws LabError `out-of-memory` */
  next(): { values: Float32Array; at: number } {
    return this.table.next();
  }

  /** Keeps the row that was written, as the vector of this word. */
  commit(word: string): void {
    this.index.set(word, this.words.length);
    this.words.push(word);
    this.table.commit();
  }

  /** Decodes row `row` and keeps it, unless a number in it is not finite. @throws LabError at the third such row */
  decode(word: string, row: number, decoder: FloatDecoder, bytes: Uint8Array, at: number): void {
    const { values, at: to } = this.next();
    const bad = decoder.decode(bytes, at, this.columns, values, to);
    if (bad < 0) this.commit(word);
    else this.notFinite(row, bad, decoder.valueAt(bytes, at + bad * decoder.bytes));
  }

  /** Notes a number that is not finite as a float32; row and column from 0. */
  notFinite(row: number, column: number, value: number): void {
    this.problem(row, column, Number.isFinite(value) ? `${value} is too large for a 32-bit float` : `${value} is not a finite number`);
  }

  /** Notes what is wrong with a row; row and column from 0. @throws LabError at the third */
  problem(row: number, column: number, found: string): void {
    this.problems.push({ row: row + 1, column: column + 1, found });
    if (this.problems.length >= named) this.raise();
  }

  /** The finished table. @throws LabError where a row was wrong, or none is kept */
  finish(source: SourceReference): WordVectors {
    this.raise();
    const { format } = this;
    if (this.words.length === 0) {
      throw new LabError(
        'no-data',
        `${titled(this.file, format)} has none of the words that were to be kept.`,
        'Keep all words or the most frequent ones, or load word vectors of the same language as the data set.',
        { file: this.file },
      );
    }
    const { words, index, table, warnings } = this;
    return { source, format, words, index, vectors: table, warnings: warnings.list(), licence: null };
  }

  private raise(): void {
    if (this.problems.length === 0) return;
    const places = this.problems.map(({ row, column, found }) => `row ${count(row)}, column ${count(column)}: ${found}`);
    const { row, column } = this.problems[0];
    throw new LabError('bad-embeddings', `${titled(this.file, this.format)}, ${places.join('; ')}.`, this.remedy, {
      file: this.file,
      line: row,
      column,
    });
  }
}
