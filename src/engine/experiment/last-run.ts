import type { TrainedModel } from '../../protocol/lab';
import type { ExperimentResults } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { PreparedData, WordVectors } from '../data/dataset';
import { LabError } from '../errors';
import type { FinishedModel } from './run';
import type { KeptEvent } from './run-log';

/** What of the prepared data a model reads a sentence by, and a plan counts by: a run's file has it. */
export interface RunData extends Pick<PreparedData, 'words' | 'index' | 'classes' | 'tokenizer'> {
  /** d of the pretrained table. */
  dimension: number;
  /** Sentences of each. */
  split: { train: number; validation: number; test: number };
}

/** What a finished run leaves to be tried, kept and written down. */
export interface LastRun {
  specification: ExperimentSpecification;
  /** Of the first seed, as the models are. */
  data: RunData;
  /** The same with its sentences and its pretrained table; null for a run that was opened while other data are loaded. */
  prepared: PreparedData | null;
  /** The table that it was on; null likewise. */
  vectors: WordVectors | null;
  models: FinishedModel[];
  results: ExperimentResults;
  outcome: 'complete' | 'stopped';
  /** What the charts are made of; see `RunLog`. */
  events: KeptEvent[];
  /** Training steps that are not among them. */
  stepsLeftOut: number;
  /** Of what the run was on, where its source names one. */
  licences: { of: string; text: string }[];
}

/** Name of a finished model: its method, with the rate where it has one. */
export function modelId({ method, requestedRate }: Pick<FinishedModel, 'method' | 'requestedRate'>): string {
  return requestedRate === null ? method : `${method}@${requestedRate}`;
}

/** What the rest of the house is told of a finished model. */
export function trainedModel({ method, requestedRate, embeddingBytes }: FinishedModel): TrainedModel {
  return { id: modelId({ method, requestedRate }), method, requestedRate, embeddingBytes };
}

export function runData({ words, index, classes, tokenizer, table, train, validation, test }: PreparedData): RunData {
  const [a, b, c] = [train, validation, test].map(({ labels }) => labels.length);
  return { words, index, classes, tokenizer, dimension: table.columns, split: { train: a, validation: b, test: c } };
}

/**
 * Sentences and pretrained table of a run.
 *
 * @throws LabError `no-data` where it was opened, and its data are not loaded
 */
export function preparedOf({ prepared, specification: { embeddings, dataset } }: LastRun): PreparedData {
  if (prepared) return prepared;
  throw new LabError(
    'no-data',
    `This takes the sentences and word vectors that the run was on: ${dataset.name} and ${embeddings.name}. A run’s file does not hold them.`,
    'Load them in the Data room.',
  );
}
