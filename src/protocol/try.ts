import type { OnRowProgress } from './lab';

/** A word as the models read it. `known`: in the experiment's vocabulary. `readAs`: else the nearest word of it, where the loaded table knows this one. */
export interface ReadToken {
  text: string;
  known: boolean;
  readAs: string | null;
}

/** What every model makes of some sentences. */
export interface Classification {
  classes: string[];
  /** In the order of the probabilities. `milliseconds`: what the first sentence takes alone, from its words' numbers to the answer; the fastest of a few. */
  models: { id: string; milliseconds: number }[];
  /** As they were asked about. `probabilities`: by model, then by class. */
  sentences: { tokens: ReadToken[]; probabilities: number[][] }[];
}

/** A test sentence that the models don't agree on. */
export interface Disagreement {
  /** Of the test split, from 0. */
  item: number;
  text: string;
  /** Index of the right class. */
  label: number;
  /** By model id: index of the class that it finds most probable, and how probable. */
  answers: { model: string; choice: number; probability: number }[];
}

/** Where the models differ on the test split. */
export interface Disagreements {
  classes: string[];
  testCount: number;
  /** The model that the others are held against: `full`, or the first where there is none. */
  reference: string;
  /** By model, in how many sentences it chooses another class than the reference. */
  models: { model: string; differs: number }[];
  /** Sentences that were asked about: those where any model differs, or the one that was named. */
  total: number;
  items: Disagreement[];
}

/** A sentence as each model reads it, word by word. */
export interface Contributions {
  tokens: ReadToken[];
  classes: string[];
  /**
   * By model id: for each token, the log-probability of the class that the model chose for the whole sentence, less the same without the token. Positive
   * where the word speaks for the choice.
   */
  models: { model: string; choice: number; contributions: number[] }[];
}

/** A word's neighbours in each table, nearest first, by cosine. */
export interface TableNeighbours {
  word: string;
  /** `pretrained` is the table before training, then a table for each model, by its id. Words of the experiment's vocabulary. */
  tables: { table: string; neighbours: { word: string; cosine: number }[] }[];
  /** No table has more others than are listed: its list holds them all, and which words are in it says nothing. */
  allOthers: boolean;
}

/**
 * How many of a word's ten nearest in one table are among its ten nearest in another, over many words: those of the vocabulary that have a pretrained
 * vector. Where a table has fewer than ten others, all of them are the nearest.
 */
export interface NeighbourOverlap {
  /** The table that the others are held against: that of the full model, or the pretrained one where there is none. */
  reference: string;
  /** Words counted: all of them, or a random part where there are more than the bound. */
  words: number;
  vocabulary: number;
  /** Neighbours of a word in the reference: ten, or all the others where there are fewer. */
  neighbours: number;
  /** Every table's neighbours are all its others: the counts say nothing. */
  allOthers: boolean;
  tables: {
    table: string;
    /** Mean share of the nearest that are the same, 0 to 1. */
    mean: number;
    /** Of words by share: index k counts those with k of the reference's `neighbours` in common. */
    histogram: number[];
  }[];
}

/**
 * The lab's verbs of the room where models are tried out. All are of the last run (or of the one that was opened), and refused while one goes on: `no-data`,
 * `busy`. A question that is still being answered when the same verb is asked anew, or when a run begins, rejects with `cancelled`.
 */
export interface TryLab {
  /** Class probabilities by each model of 1 to 50 sentences, of at most 2,000 characters each; `bad-dataset` beyond. */
  classify(texts: string[]): Promise<Classification>;
  /** Of a sentence of at most 2,000 characters and 200 tokens. */
  contributions(text: string): Promise<Contributions>;
  /**
   * Test sentences where a model's choice is not the reference's, or where this model's is not: most disputed first (by how many models, then by how sure
   * they are); at most `limit`. Each is classified once a run.
   */
  disagreements(options: { limit: number; model: string | null }): Promise<Disagreements>;
  /** Rejects with `bad-dataset` where the word is not in the experiment's vocabulary. */
  tableNeighbours(word: string): Promise<TableNeighbours>;
  /** Asked again, it goes on with the tables that it had not come to; an answer is remembered. */
  neighbourOverlap(onProgress: OnRowProgress): Promise<NeighbourOverlap>;
  /** Ends a `neighbourOverlap` in progress, which rejects with `cancelled`. */
  stopNeighbourOverlap(): Promise<void>;
}
