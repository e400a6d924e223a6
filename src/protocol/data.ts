import type { SourceReference } from './specification';

/** Work on a file or download, while it goes on. */
export interface LoadProgress {
  /** What is being done, ready to be shown. */
  stage: string;
  doneBytes: number;
  /** Null where the size is unknown. */
  totalBytes: number | null;
}

/** A counted oddity of an input that was read all the same; the first places are kept. */
export interface DataWarning {
  message: string;
  count: number;
  firstLines: number[];
}

export interface EmbeddingsReport {
  source: SourceReference;
  /** `GloVe text`, `bundled`: named in every message. */
  format: string;
  words: number;
  dimension: number;
  sizeBytes: number;
  /** The first words, in the table's order. */
  sample: string[];
  warnings: DataWarning[];
  licence: string | null;
}

export interface TaskReport {
  id: string;
  label: string;
  classes: { name: string; count: number }[];
  /** Accuracy of always saying the most frequent class, on the whole set: the floor. */
  majorityShare: number;
}

export interface DatasetReport {
  source: SourceReference;
  format: string;
  sentences: number;
  tasks: TaskReport[];
  /** Null where the set brings no split of its own. */
  ownSplit: { train: number; validation: number; test: number } | null;
  /** Sentences whose text occurs more than once. */
  duplicateTexts: number;
  /** Tokens a sentence: counts per bin of `binWidth` tokens, from 0. */
  lengthHistogram: { binWidth: number; counts: number[] };
  tokens: number;
  types: number;
  /** Shares of tokens and of types that have a vector in the loaded table. */
  coveredTokens: number;
  coveredTypes: number;
  sample: { text: string; labels: Record<string, string> }[];
  warnings: DataWarning[];
  licence: string | null;
}

/** Which columns of a CSV or TSV hold what. */
export interface ColumnChoice {
  text: string;
  label: string;
  split: string | null;
}

/** The head of a CSV or TSV, for the visitor to choose columns beside. */
export interface DatasetPreview {
  format: string;
  columns: string[];
  /** At most 20 rows, in the columns' order. */
  rows: string[][];
  guess: ColumnChoice;
}

/** What is loaded now, and so what an experiment runs on. */
export interface DataReport {
  embeddings: EmbeddingsReport;
  dataset: DatasetReport;
}
