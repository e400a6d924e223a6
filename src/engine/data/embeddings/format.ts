import type { EmbeddingsChoice, EmbeddingsPreview } from '../../../protocol/data';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import type { WordVectors } from '../dataset';

/** Bytes of a file that a format is recognized by. */
export const headBytes = 65_536;

/** The files of one table: its vectors, and the words where they come in a file of their own. Unpacked: gzip and zip are gone. */
export interface EmbeddingsFiles {
  vectors: SourceFile;
  vocabulary: SourceFile | null;
}

/** Which words of the file are kept, decided as it is read. */
export interface Selection {
  /** Rows of the file that are looked at: the N most frequent; Infinity for all. */
  limit: number;
  /** Is this word kept? */
  keeps(word: string): boolean;
}

/** One file format of word vectors. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface EmbeddingsFormat {
  id: string;
  /** Named in every message: `GloVe text`. */
  label: string;
  /** Does a file that begins like this hold vectors of this format? By content, never by name. The first format that says yes reads it. */
  recognizes(head: Uint8Array): boolean;
  /** What the file says of itself, from its head: dimension, words (exact or estimated), tensors to choose from, whether it needs a vocabulary. */
  preview(files: EmbeddingsFiles, head: Uint8Array, options?: ReadOptions): Promise<EmbeddingsPreview>;
  /**
   * Reads the table.
   *
   * @throws LabError `bad-embeddings` with file, line and column (text) or byte (binary), what was found and what to do; `cancelled`;
   *   `out-of-memory`; `unreachable`
   */
  read(files: EmbeddingsFiles, choice: EmbeddingsChoice, selection: Selection, options?: ReadOptions): Promise<WordVectors>;
}
