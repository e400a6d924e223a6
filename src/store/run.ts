import type { LabEvent } from '../protocol/events';
import type { LabFailure } from '../protocol/failure';
import type { ExperimentPlan } from '../protocol/plan';
import type { Conclusion, ExperimentResults, ResultRow } from '../protocol/results';
import type { ExperimentSpecification } from '../protocol/specification';
import type { Trial } from './trials';

export type RunStatus = 'idle' | 'starting' | 'running' | 'pausing' | 'paused' | 'stopping' | 'complete' | 'stopped' | 'failed';

export interface Progress {
  label: string;
  /** Share of the work, 0 to 1. */
  done: number;
  secondsLeft: number | null;
}

export type SpectrumEvent = Extract<LabEvent, { kind: 'spectrum' }>;
export type MethodFailure = Extract<LabEvent, { kind: 'method-failed' }>;
export type BeforeRetraining = Extract<LabEvent, { kind: 'before-retraining' }>;

/** All that the screen knows of the run in progress, or of the last one. */
export interface Run {
  status: RunStatus;
  /** What it was started with; the controls may have moved on since. */
  specification: ExperimentSpecification | null;
  plan: ExperimentPlan | null;
  progress: Progress | null;
  trials: Readonly<Record<string, Trial>>;
  /** Ids in the order in which they began. */
  order: readonly string[];
  currentTrial: string | null;
  spectra: readonly SpectrumEvent[];
  beforeRetraining: readonly BeforeRetraining[];
  /** Methods without a row for a seed: their training broke. */
  methodFailures: readonly MethodFailure[];
  rows: readonly ResultRow[];
  results: ExperimentResults | null;
  conclusion: Conclusion | null;
  failure: LabFailure | null;
}

export const IDLE_RUN: Run = {
  status: 'idle',
  specification: null,
  plan: null,
  progress: null,
  trials: {},
  order: [],
  currentTrial: null,
  spectra: [],
  beforeRetraining: [],
  methodFailures: [],
  rows: [],
  results: null,
  conclusion: null,
  failure: null,
};

export function isActive(status: RunStatus): boolean {
  return status === 'starting' || status === 'running' || status === 'pausing' || status === 'paused' || status === 'stopping';
}
