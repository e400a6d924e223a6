import { LabError } from '../../errors';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import { count, titled, type Warnings } from '../problems';

/** A place in a file, from 1. Of Parquet, which has no lines: the record's number, and the column's among the columns. */
export interface Position {
  line: number;
  column: number;
}

/** The columns of a data set, as its file names them. */
export interface DatasetColumns {
  /** Named beside the file: `CSV`, `JSON Lines`. */
  format: string;
  names: readonly string[];
  /** What the `line` of a position counts. */
  unit: 'line' | 'record';
  /** Do the names stand in a line of their own, in which a file without a header would have its first record? */
  fromHeader: boolean;
  placeOf(field: number): Position;
}

/** Bytes of a file that a format is recognized by. */
export const headBytes = 65_536;

/** One record of a data set as it comes out of a file: a value a column, in the columns' order, and where it stood. */
export interface DatasetRecord {
  /** Empty where nothing stands. As many as there are columns, unless the file got that wrong. */
  values: readonly string[];
  /** Line for text, record number for Parquet; from 1. */
  line: number;
  /** What stands in a field that holds no plain value: `a list`, `an object`, `nothing`. Null where all are plain. */
  odd: ReadonlyMap<number, string> | null;
  placeOf(field: number): Position;
}

/** Who takes what a reader finds. */
export interface DatasetSink {
  /** Called once, before the first record. May refuse: throw. */
  columns(columns: DatasetColumns): void;
  /** Called for each record in order; false ends the reading. May refuse: throw. */
  record(record: DatasetRecord): boolean;
  /** Sees the file's bytes. */
  bytes(bytes: Uint8Array): void;
  warnings: Warnings;
  /** The columns whose values matter, where that is known: a format that keeps columns apart leaves the others empty. */
  wanted: ReadonlySet<string> | null;
  /** More records than these are of no use. */
  limit: number;
}

/** One file format of labelled sentences. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface DatasetFormat {
  id: string;
  /** Named in messages: `CSV or TSV`. */
  label: string;
  /** By content: does a file that begins like this have this format? The first format that says yes reads it. */
  recognizes(head: Uint8Array): boolean;
  /**
   * Hands over the columns, then every record in order. Neither, where the file is empty.
   *
   * @throws LabError `bad-dataset` with file, line and column, what was found and what to do; `cancelled`; `unreachable`; and what the sink
   *   throws
   */
  read(file: SourceFile, sink: DatasetSink, options: ReadOptions): Promise<void>;
}

/** A column's number has to stay small: a file with more has lost its line ends, or is another kind of table. */
export const mostColumns = 1000;

/** The failure of a file at one place, with its format's name where that is known. */
export function faultAt(
  file: string,
  { line, column }: Position,
  found: string,
  remedy: string,
  { format, unit = 'line' }: Partial<Pick<DatasetColumns, 'format' | 'unit'>> = {},
): LabError {
  return new LabError('bad-dataset', `${titled(file, format)}, ${unit} ${count(line)}, column ${count(column)}: ${found}.`, remedy, {
    file,
    line,
    column,
  });
}
