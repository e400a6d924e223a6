import type { TrialKey } from '../protocol/events';
import type { Growing } from './growing';

export interface EpochPoint {
  /** Count from 1; 0 = before the first step. */
  epoch: number;
  /** Position on the budget's axis: epochs, those of the phases before included. */
  x: number;
  trainingLoss: number | null;
  validationLoss: number;
  validationAccuracy: number;
  validationMacroF1: number;
}

/** One training run, as far as it went. */
export interface Trial {
  id: string;
  key: TrialKey;
  totalSteps: number;
  stepsPerEpoch: number;
  /** Epochs of the budget that were spent before this trial's first step. */
  firstEpoch: number;
  /** Step of the first value in the logs. */
  firstStep: number;
  learningRates: Growing;
  losses: Growing;
  epochs: readonly EpochPoint[];
  bestAccuracy: number | null;
  /** Macro-F1 of the epoch with the best accuracy. */
  bestMacroF1: number | null;
  bestLoss: number | null;
}

export function trialId(key: TrialKey): string {
  return `${key.method}|${key.requestedRate ?? ''}|${key.seed}|${key.learningRate}`;
}

/** Names a method at a rate: what a line on a chart or a row of the plan stands for. */
export function methodKey(method: string, requestedRate: number | null): string {
  return requestedRate === null ? method : `${method}@${requestedRate}`;
}

/** Which of two trials validation prefers: accuracy first, then loss. */
export function isBetter(a: Trial, b: Trial): boolean {
  const accuracyA = a.bestAccuracy ?? -1;
  const accuracyB = b.bestAccuracy ?? -1;
  if (accuracyA !== accuracyB) return accuracyA > accuracyB;
  return (a.bestLoss ?? Number.POSITIVE_INFINITY) < (b.bestLoss ?? Number.POSITIVE_INFINITY);
}
