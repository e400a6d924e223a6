/** For tests only: a short race on the made-up task. */
import type { LaneSpecification, RaceSpecification } from '../../protocol/race';
import { smallSpecification } from '../experiment/testing';

/** A lane with one schedule from start to end. */
export function lane(id: string, schedule: string, peak: number): LaneSpecification {
  return { id, segments: [{ fromStep: 0, schedule: { id: schedule, parameters: {} }, peak }] };
}

const { embeddings, dataset, task, split, model, hidden, dropout, wordDropout, optimizer, batchSize } = smallSpecification;

/** Three lanes over 28 steps: 7 batches an epoch. */
export const smallRace: RaceSpecification = {
  version: 1,
  embeddings,
  dataset,
  task,
  split,
  model,
  hidden,
  dropout,
  wordDropout,
  optimizer,
  batchSize,
  rate: 0.5,
  epochs: 4,
  seeds: [1],
  lanes: [lane('a', 'calr', 3e-2), lane('b', 'fixed', 1e-2), lane('c', 'cosine', 1e-2)],
};
