import type { LabEvent } from './events';
import type { TrainedModel } from './lab';
import type { ExperimentResults } from './results';
import type { ExperimentSpecification } from './specification';

/** A run that the browser keeps. */
export interface SavedRun {
  id: string;
  name: string;
  /** Milliseconds since 1970; 0 where that can't be read any more. */
  savedAt: number;
  /** Of its file. */
  bytes: number;
  /** Null where it can't be read any more. */
  specification: ExperimentSpecification | null;
  models: number;
  /** What of it can't be read: a sentence; null where all can. */
  damage: string | null;
}

/** A run as it was when it ended: what the page needs to show it again. */
export interface OpenedRun {
  name: string;
  results: ExperimentResults;
  models: TrainedModel[];
  /** What was told while it ran, in order: the charts are made of it. Progress and pauses are not among it. */
  events: LabEvent[];
  /** Training steps whose losses were too many to be kept: the charts lack them. */
  stepsLeftOut: number;
}

/** What the models make of the test split now, beside what the run wrote down. */
export type RunCheck =
  /** Every accuracy is the same, to the last digit. */
  | { kind: 'same'; models: number; testCount: number }
  /** Those that are not: another backend rounds differently, and a sentence that stands on the edge falls to the other side. */
  | { kind: 'differs'; models: number; testCount: number; differing: { model: string; kept: number; now: number }[] }
  /** The data of the run are not what is loaded. */
  | { kind: 'no-data' };

/**
 * The lab's verbs that keep runs. A run's file holds results, what was told while it ran, models (every bit of their numbers), and what classifying takes;
 * the data set is not in it.
 */
export interface RunsLab {
  /** Keeps the last run under a name, of 1 to 80 characters. Rejects with `no-data` before there was one, and `out-of-memory` where there is no room. */
  saveRun(name: string): Promise<SavedRun[]>;
  /** Newest first. */
  savedRuns(): Promise<SavedRun[]>;
  /** It becomes the last run: its models can be tried, exported, and saved anew. What was the last run stays where it can't be read. */
  openRun(id: string): Promise<OpenedRun>;
  renameRun(id: string, name: string): Promise<SavedRun[]>;
  forgetRun(id: string): Promise<SavedRun[]>;
  /** The last run as a file; its name is the file's. */
  exportRun(): Promise<Uint8Array>;
  /** The same of a kept one. */
  keptRunFile(id: string): Promise<Uint8Array>;
  /**
   * Opens such a file as `openRun` does; the run is named as the file is. Rejects with `bad-specification`, one sentence and the place, where it is no
   * such file, or damaged.
   */
  importRun(file: File): Promise<OpenedRun>;
  /** Evaluates every model of the last run on its test split, where its data are loaded. Rejects with `busy` while something goes on. */
  checkRun(): Promise<RunCheck>;
}
