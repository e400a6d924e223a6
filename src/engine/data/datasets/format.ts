import type { DatasetPreview } from '../../../protocol/data';
import type { ReadOptions, SourceFile } from '../bytes/source-file';

/** One record of a data set as it comes out of a file: a value a column, in the columns' order, and where it stood. */
export interface DatasetRecord {
  values: readonly string[];
  /** Line for text, record number for Parquet; from 1. */
  line: number;
}

/** One file format of labelled sentences. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface DatasetFormat {
  id: string;
  /** Named in every message: `CSV`. */
  label: string;
  /** By content: does a file that begins like this have this format? The first format that says yes reads it. */
  recognizes(head: Uint8Array): boolean;
  preview(file: SourceFile, options?: ReadOptions): Promise<DatasetPreview>;
  /**
   * Hands over the columns' names, then every record in order.
   *
   * @throws LabError `bad-dataset` with file, line and column, what was found and what to do; `cancelled`; `unreachable`
   */
  read(
    file: SourceFile,
    onColumns: (columns: readonly string[]) => void,
    onRecord: (record: DatasetRecord) => void,
    onBytes: (bytes: Uint8Array) => void,
    options?: ReadOptions,
  ): Promise<void>;
}
