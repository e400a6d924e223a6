import type { ExperimentPlan } from './plan';
import type { Conclusion, ExperimentResults, ResultRow } from './results';

/** Names one training run of an experiment. */
export interface TrialKey {
  method: string;
  requestedRate: number | null;
  seed: number;
  learningRate: number;
}

export type LabEvent =
  | { kind: 'started'; plan: ExperimentPlan }
  /** What the lab does now, ready to be shown, with the share of the work done and the time left. */
  | { kind: 'progress'; label: string; done: number; secondsLeft: number | null }
  | { kind: 'trial-started'; trial: TrialKey; totalSteps: number; stepsPerEpoch: number; firstEpoch: number }
  /** Consecutive training steps: the rate spent and the mean cross-entropy of each batch. */
  | { kind: 'steps'; trial: TrialKey; firstStep: number; learningRates: number[]; losses: number[] }
  /** Validation at the end of an epoch of this phase, from 1. */
  | {
      kind: 'epoch';
      trial: TrialKey;
      epoch: number;
      step: number;
      trainingLoss: number | null;
      validationLoss: number;
      validationAccuracy: number;
      validationMacroF1: number;
    }
  /** A factorization: spectrum of the trained (or pretrained) table and what the rank keeps of it. */
  | {
      kind: 'spectrum';
      method: string;
      requestedRate: number;
      seed: number;
      singularValues: number[];
      rank: number;
      retainedEnergy: number;
    }
  /** Validation accuracy right after the embedding was transformed, before any retraining. */
  | {
      kind: 'before-retraining';
      method: string;
      requestedRate: number;
      seed: number;
      validationAccuracy: number;
      validationMacroF1: number;
    }
  /** The trial that validation chose, and the row that it made. */
  | { kind: 'result'; row: ResultRow }
  /** A method that has no row for this seed, and why; the others go on. */
  | { kind: 'method-failed'; method: string; requestedRate: number | null; seed: number; message: string }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  /** The end: `complete`; `stopped`, or `failed` (`run` rejects with the reason), with what was done until then. */
  | { kind: 'finished'; outcome: 'complete' | 'stopped' | 'failed'; results: ExperimentResults; conclusion: Conclusion };
