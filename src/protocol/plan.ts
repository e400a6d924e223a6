/** Payload and side information of an embedding, exactly: what the bars show. */
export interface Size {
  /** Embedding, scales, zero points and codebooks included. */
  embeddingBytes: number;
  /** Embedding and all other layers (float32). */
  networkBytes: number;
  /** Numbers that are stored for the embedding. */
  embeddingParameters: number;
  networkParameters: number;
  /** 1 - embeddingBytes / (4 V d). */
  rate: number;
}

/** One method at one rate: a row of every chart and table. */
export interface PlannedMethod {
  method: string;
  /** Null for `full`. */
  requestedRate: number | null;
  rank: number | null;
  levels: number | null;
  groups: number | null;
  /** Settings that reach the rate, of which validation chooses one; the figures here are the first's. */
  candidates: number;
  /** Null where the method can't reach the rate; `unreachable` says why. */
  size: Size | null;
  unreachable: string | null;
  /** Peak learning rates that it will try; empty where it trains nothing of its own. */
  learningRates: number[];
}

/** What a specification comes to, before anything is run. */
export interface ExperimentPlan {
  /** Rows of the experiment's table (V), padding and unknown included. */
  vocabulary: number;
  dimension: number;
  classes: number;
  split: { train: number; validation: number; test: number };
  stepsPerEpoch: number;
  /** Of the budget's epochs, those in which the factors of a trained table are trained on; 0 where the budget is too small. */
  retrainingEpochs: number;
  /** Training steps of the whole experiment, over all methods, learning rates and seeds. */
  totalSteps: number;
  methods: PlannedMethod[];
  /** Compression rate reached by rank r at index r - 1, r = 1 .. d: what ties the two sliders together. */
  rateByRank: number[];
  /** The schedule over `full`'s budget with peak 1: learning rate by step, at most 600 points. */
  schedulePreview: { steps: number[]; learningRates: number[] };
}
