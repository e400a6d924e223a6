import type { DataWarning } from '../../protocol/data';
import type { SourceReference } from '../../protocol/specification';
import type { Matrix } from '../matrix';
import type { Sentences } from '../sentences';
import type { WordTable } from './word-table';

/** A table of pretrained word vectors: row i belongs to `words[i]`. */
export interface WordVectors {
  source: SourceReference;
  format: string;
  /** In the file's order (by frequency, for GloVe). No word twice. */
  words: string[];
  /** Row of a word. A Map: `constructor` is a word too. */
  index: Map<string, number>;
  /** words.length x dimension. */
  vectors: WordTable;
  warnings: DataWarning[];
  licence: string | null;
}

export interface Task {
  id: string;
  label: string;
  classes: string[];
  /** Class of each sentence. */
  labels: Uint32Array;
}

/** Labelled sentences. */
export interface Dataset {
  source: SourceReference;
  format: string;
  texts: string[];
  /** Id of the tokenizer that cut the texts: Try it cuts its sentence by the same. */
  tokenizer: string;
  /** Tokens of each text, by the tokenizer. */
  tokens: string[][];
  tasks: Task[];
  /** 0 train, 1 validation, 2 test for each sentence, where the file says so. */
  ownSplit: Uint8Array | null;
  warnings: DataWarning[];
  licence: string | null;
}

/** Everything that the phases of one seed share: the three splits over one vocabulary, and its pretrained table. */
export interface PreparedData {
  /** Words of rows 2, 3, ...; row 0 is padding, row 1 unknown. */
  words: string[];
  index: Map<string, number>;
  /** V x d; padding's row is zero; words without a vector and the unknown row are seeded normal, 0.1. */
  table: Matrix;
  train: Sentences;
  validation: Sentences;
  test: Sentences;
  /** As they were before they were cut into tokens. */
  testTexts: string[];
  classes: string[];
  /** Id of the data set's tokenizer. */
  tokenizer: string;
}
