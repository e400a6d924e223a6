import type { ExperimentResults } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { PreparedData, WordVectors } from '../data/dataset';
import type { FinishedModel } from './run';

/** What a finished run leaves to be tried, kept and written down. */
export interface LastRun {
  specification: ExperimentSpecification;
  /** Of the first seed, as the models are. */
  data: PreparedData;
  vectors: WordVectors;
  models: FinishedModel[];
  results: ExperimentResults;
  /** Of what the run was on, where its source names one. */
  licences: { of: string; text: string }[];
}

/** Name of a finished model: its method, with the rate where it has one. */
export function modelId({ method, requestedRate }: Pick<FinishedModel, 'method' | 'requestedRate'>): string {
  return requestedRate === null ? method : `${method}@${requestedRate}`;
}
