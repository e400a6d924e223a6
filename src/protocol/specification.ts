/** A table or a data set, by an id that follows from its content: `bundled:NAME` or `sha256:PREFIX`. */
export interface SourceReference {
  id: string;
  /** For people; not part of what is computed. */
  name: string;
}

/** A learning-rate schedule and its shape. The peak rate is not here: it comes from each method's grid. */
export interface ScheduleSpecification {
  /** An id of the schedule registry: `fixed`, `linear`, `clr`, `calr`, `cosine`, ... */
  id: string;
  /** By name, as the catalogue lists them; what is absent takes its default. */
  parameters: Record<string, number>;
}

/**
 * Everything that decides an experiment's numbers (beside the backend, whose float order differs). Plain and serializable: the same
 * specification on the same backend gives the same results, bit for bit.
 */
export interface ExperimentSpecification {
  version: 1;
  embeddings: SourceReference;
  dataset: SourceReference;
  /** Which label of the data set is predicted: an id of the data set's tasks. */
  task: string;
  /** Shares of the three splits where the data set brings none of its own; they add up to 1. */
  split: { train: number; validation: number; test: number };
  /** An id of the model registry. */
  model: string;
  /** Hidden units. */
  hidden: number;
  /** Share of hidden units dropped in training, 0 <= p < 1. */
  dropout: number;
  /** Share of words dropped in training, 0 <= p < 1. */
  wordDropout: number;
  /** Ids of the compression registry; `full` always runs, since every drop is against it. */
  methods: string[];
  /** Wanted compression rates, each 0 < rho < 1. */
  rates: number[];
  schedule: ScheduleSpecification;
  /** An id of the optimizer registry. */
  optimizer: string;
  batchSize: number;
  /** Each trained method's whole budget in epochs (N). */
  epochs: number;
  /** Peak learning rates to try, by method id; a method that is absent takes its default grid for the optimizer. */
  learningRates: Record<string, number[]>;
  seeds: number[];
}
