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

/** A sentence as each model reads it, word by word. */
export interface Contributions {
  tokens: string[];
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
}

/** How many of a word's ten nearest in one table are among its ten nearest in another, over many words. */
export interface NeighbourOverlap {
  /** The table that the others are held against: that of the full model, or the pretrained one where there is none. */
  reference: string;
  /** Words counted: the vocabulary, or a random part of it where it is larger than the bound. */
  words: number;
  vocabulary: number;
  tables: {
    table: string;
    /** Mean share of the ten nearest that are the same, 0 to 1. */
    mean: number;
    /** Of words by share: index k counts those with k of ten in common. */
    histogram: number[];
  }[];
}

/** The lab's verbs of the room where models are tried out. All are of the last run (or of the one that was opened), and refused while one goes on. */
export interface TryLab {
  /** Of a sentence of at most 2,000 characters and 200 tokens. */
  contributions(text: string): Promise<Contributions>;
  /** Test sentences where a model's choice is not that of `full` (or of the first model), most disputed first; at most `limit`. */
  disagreements(limit: number): Promise<{ total: number; testCount: number; classes: string[]; items: Disagreement[] }>;
  /** Rejects with `bad-dataset` where the word is not in the experiment's vocabulary. */
  tableNeighbours(word: string): Promise<TableNeighbours>;
  neighbourOverlap(): Promise<NeighbourOverlap>;
}
