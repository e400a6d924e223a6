import type { LabEvent } from './events';
import type { TrainedModel } from './lab';
import type { ExperimentResults } from './results';

/** A run that the browser keeps. */
export interface SavedRun {
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  bytes: number;
  /** What it was: the data's names and the network's id. */
  summary: string;
}

/** A run as it was when it ended: what the page needs to show it again. */
export interface OpenedRun {
  name: string;
  results: ExperimentResults;
  models: TrainedModel[];
  /** All that was told while it ran, in order: the charts are made of it. */
  events: LabEvent[];
}

/** The lab's verbs that keep runs. A run's file holds results, events and models (every bit of their numbers), and what classifying takes. */
export interface RunsLab {
  /** Keeps the last run under a name, of 1 to 80 characters. Rejects with `no-data` before there was one, and `out-of-memory` where there is no room. */
  saveRun(name: string): Promise<SavedRun[]>;
  savedRuns(): Promise<SavedRun[]>;
  /** It becomes the last run: its models can be tried, exported, and saved anew. */
  openRun(id: string): Promise<OpenedRun>;
  renameRun(id: string, name: string): Promise<SavedRun[]>;
  forgetRun(id: string): Promise<SavedRun[]>;
  /** The last run as a file. */
  exportRun(name: string): Promise<Uint8Array>;
  /** Opens such a file as `openRun` does. Rejects with `bad-specification`, one sentence and the place, where it is no such file or damaged. */
  importRun(bytes: Uint8Array): Promise<OpenedRun>;
}
