import type { SweepAnalysis } from '../../protocol/analysis';
import type { LabFailure } from '../../protocol/failure';
import type { ScheduleSpecification } from '../../protocol/specification';
import type { KeptSweep, SweepPlan, SweepResults, SweepSpecification } from '../../protocol/sweep';
import type { Progress, RunStatus } from '../run';

/**
 * What the visitor set of the next sweep. What is null follows the experiment: a sweep is the experiment, widened (`specification.ts`).
 */
export interface SweepSettings {
  /** Ids of the loaded set's tasks. */
  tasks: readonly string[] | null;
  models: readonly string[] | null;
  schedules: readonly ScheduleSpecification[] | null;
  methods: readonly string[] | null;
  rates: readonly number[] | null;
  seeds: readonly number[] | null;
  epochs: number | null;
  learningRates: Readonly<Record<string, readonly number[]>> | null;
}

export const initialSweepSettings: SweepSettings = {
  tasks: null,
  models: null,
  schedules: null,
  methods: null,
  rates: null,
  seeds: null,
  epochs: null,
  learningRates: null,
};

/** The paper's bar. */
export const ALLOWED_LOSS = 0.01;

/** The sweep that is on the screen: running, ended, or opened from what is kept. */
export interface SweepRun {
  status: RunStatus;
  /** Cells and gaps as far as there are; null before there was a sweep. */
  results: SweepResults | null;
  /** What it came to when it was started; null for one that was only opened. */
  plan: SweepPlan | null;
  progress: Progress | null;
  /** What happened to it on the way, and did not end it: a lost device. */
  notice: string | null;
  failure: LabFailure | null;
}

export const IDLE_SWEEP: SweepRun = { status: 'idle', results: null, plan: null, progress: null, notice: null, failure: null };

/** What is drawn of a sweep. */
export interface SweepView {
  /** Index in the analysis' settings. */
  setting: number;
  /** Not drawn, and not listed. */
  hiddenMethods: readonly string[];
  /** Whose schedules are set against each other; null: the first that has several. */
  scheduleMethod: string | null;
  /** Ids of the two kept sweeps that are set against each other. */
  compared: readonly string[];
}

export const initialSweepView: SweepView = { setting: 0, hiddenMethods: [], scheduleMethod: null, compared: [] };

export interface SweepState {
  settings: SweepSettings;
  /** Of accuracy (fraction), that a recommendation may cost in the mean. */
  allowedLoss: number;
  /** What the settings come to; null before it was asked. */
  plan: { specification: SweepSpecification; value: SweepPlan } | null;
  planFailure: LabFailure | null;
  run: SweepRun;
  /** Was the sweep started after the experiment and the race? The header tells of the latest. */
  isLatest: boolean;
  /** What the shown results say; of the results that it names, which may have grown since. */
  analysis: { results: SweepResults; allowedLoss: number; value: SweepAnalysis } | null;
  analysisFailure: LabFailure | null;
  /** Newest first; null before the browser was asked. */
  kept: readonly KeptSweep[] | null;
  /** Are they there at the next visit? */
  onDisk: boolean;
  /** Why a file was not taken, or a kept sweep not opened. */
  keptFailure: LabFailure | null;
  /** Why there is no report. */
  exportFailure: LabFailure | null;
  view: SweepView;
}

export const initialSweep: SweepState = {
  settings: initialSweepSettings,
  allowedLoss: ALLOWED_LOSS,
  plan: null,
  planFailure: null,
  run: IDLE_SWEEP,
  isLatest: false,
  analysis: null,
  analysisFailure: null,
  kept: null,
  onDisk: true,
  keptFailure: null,
  exportFailure: null,
  view: initialSweepView,
};
