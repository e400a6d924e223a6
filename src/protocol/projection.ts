/** A few hundred words by topic, as points of three dimensions. */
export interface WordCloud {
  topics: { id: string; label: string }[];
  words: { word: string; topic: string }[];
  /** words x 3, in no direction in particular: the plane of the SVD has to be found. */
  points: number[];
  /** Two orthonormal vectors of three coordinates: the plane through the origin that keeps most. */
  plane: [number[], number[]];
  /** Share of the summed squared length that the plane keeps, 0 to 1. */
  kept: number;
  /** Share of the words' squared length (centred) that the three dimensions keep of all d. */
  keptOfAll: number;
  /** d. */
  dimension: number;
}

/** The nearest words at one rank, by cosine. */
export interface NeighboursAtRank {
  rank: number;
  neighbours: { word: string; cosine: number }[];
  /** How many of them are among the ten nearest in the table itself. */
  overlap: number;
}

export interface Neighbours {
  word: string;
  /** False where the table does not know it: the list is empty then. */
  known: boolean;
  ranks: NeighboursAtRank[];
  /** Words among which the neighbours were sought: all of the table, or its most frequent ones. */
  searched: number;
}

export interface ProjectionLab {
  /** From the loaded table; the topics' words that it lacks are left out. */
  wordCloud(): Promise<WordCloud>;
  /** Singular values, retained energy and relative error of the loaded table's most frequent words: what the rank slider moves over. */
  cloudSpectrum(): Promise<{ words: number; singularValues: number[]; retainedEnergy: number[] }>;
  /** The ten nearest of a word in the truncated SVD at each of the ranks (at most 12). */
  neighbours(word: string, ranks: number[]): Promise<Neighbours>;
}
