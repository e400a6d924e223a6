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
  /** From 1; empty where it is of the whole file. */
  firstLines: number[];
  /** What `firstLines` are numbers of; lines where it is absent. */
  unit?: 'row' | 'record';
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
  /** Sentences of the most frequent class over those of the rarest. */
  imbalance: number;
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
  /** Of the set's own splits: texts of one split that stand in another one too. Null where it brings none. */
  leakedTexts: number | null;
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

/** A file of the visitor's own, or an address whose host the visitor has confirmed by name. */
export type SourceInput = File | { address: string };

/** Which words of a table are kept. */
export type Keep = { kind: 'all' } | { kind: 'most-frequent'; words: number } | { kind: 'dataset' };

/** What the visitor chooses before a table is read. */
export interface EmbeddingsChoice {
  keep: Keep;
  /** Name of the tensor, where the file holds several (safetensors). */
  tensor: string | null;
}

/** What a file of word vectors says of itself before it is read. */
export interface EmbeddingsPreview {
  /** Named in every message: `GloVe text`, `safetensors`. */
  format: string;
  /** Rows of the file; estimated from its size where only reading tells. */
  words: { count: number; exact: boolean } | null;
  dimension: number;
  /** The first words, where the file has words in it. */
  sample: string[];
  /** The format keeps its words in a file of its own, which is still to be given. */
  needsVocabulary: boolean;
  /** Two-dimensional tensors to choose from; empty where there is nothing to choose. */
  tensors: { name: string; rows: number; columns: number; type: string }[];
  /** What a person should know: subwords are not used, and the like. */
  notes: string[];
}

/** A table or data set that the browser keeps until the visitor forgets it. */
export interface SavedSource {
  kind: 'embeddings' | 'dataset';
  source: SourceReference;
  /** For people: `400,000 words of 100 numbers`. */
  summary: string;
  sizeBytes: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** What the browser keeps for the lab. */
export interface StorageReport {
  saved: SavedSource[];
  usedBytes: number;
  /** Null where the browser does not say. */
  quotaBytes: number | null;
}

/** How a text is cut into tokens: an id of the tokenizer registry. */
export interface TokenizerDescription {
  id: string;
  label: string;
  help: string;
}

/** Which columns of a data set hold what, and how its texts are read. */
export interface ColumnChoice {
  text: string;
  label: string;
  split: string | null;
  /** An id of the tokenizers; `glove` where it is absent. */
  tokenizer?: string;
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
