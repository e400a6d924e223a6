import type { DeviceReport } from './device';
import type { ResultRow } from './results';
import type { ExperimentSpecification, ScheduleSpecification, SourceReference } from './specification';

/** A task of a data set: what is classified. */
export interface SweepTask {
  dataset: SourceReference;
  /** An id of the data set's tasks. */
  task: string;
}

/**
 * Many experiments that differ in some fields only: every combination of the lists is run. Plain and serializable, as an experiment's
 * specification, whose fields of the same names mean the same.
 */
export interface SweepSpecification
  extends Pick<
    ExperimentSpecification,
    'version' | 'embeddings' | 'split' | 'hidden' | 'dropout' | 'wordDropout' | 'optimizer' | 'batchSize' | 'epochs' | 'learningRates'
  > {
  tasks: SweepTask[];
  /** Ids of the model registry. */
  models: string[];
  schedules: ScheduleSpecification[];
  /** Ids of the compression registry; `full` always runs. */
  methods: string[];
  rates: number[];
  seeds: number[];
}

/** What trains its `full` once, and all methods at all rates from there: one of every list but methods and rates. */
export interface SweepGroup {
  task: SweepTask;
  model: string;
  schedule: ScheduleSpecification;
  seed: number;
}

/** A finished method at a rate in a group: what is kept, merged and compared. */
export interface SweepCell {
  /** `groupKey` and `cellKey` (`engine/sweep/keys.ts`) tell what it is of. */
  group: string;
  row: ResultRow;
  /** Was each test item classified rightly? One bit an item, in the split's order, least significant first, in base64. */
  correct: string;
  /** Index in `adapters` of the results. */
  adapter: number;
}

/** A method at a rate that has no cell in a group, and never will: out of reach, or its training broke. */
export interface SweepGap {
  group: string;
  method: string;
  requestedRate: number | null;
  reason: string;
}

/** All there is of a sweep: finished or in part. */
export interface SweepResults {
  kind: 'lowrank-lab-sweep';
  specification: SweepSpecification;
  versions: Record<string, string>;
  /** What cells were measured on. */
  adapters: DeviceReport[];
  cells: SweepCell[];
  gaps: SweepGap[];
}

/** What a sweep comes to, before it is started. */
export interface SweepPlan {
  groups: number;
  cells: number;
  /** Methods at rates that can't be reached, by the table of a task's first seed; and those whose training broke. */
  gaps: SweepGap[];
  /** Training steps of all groups, learning-rate trials included, finished or not. */
  steps: number;
  /** From counted operations and the device's measured pace; an estimate. Of what is not finished yet. */
  seconds: number;
  finishedCells: number;
}

/** A deterministic part of a sweep, for one of several machines: whole groups, alike in estimated cost; each group is in exactly one share. */
export interface SweepShare {
  /** From 0. */
  index: number;
  count: number;
}

export type SweepEvent =
  | { kind: 'sweep-started'; plan: SweepPlan }
  /** The next entry of the results' `adapters`: comes before the first cell that names it. */
  | { kind: 'sweep-adapter'; adapter: DeviceReport }
  | { kind: 'sweep-cell'; cell: SweepCell }
  | { kind: 'sweep-gap'; gap: SweepGap }
  | { kind: 'sweep-progress'; label: string; fraction: number; secondsLeft: number | null }
  /** The GPU was lost: the sweep goes on by itself on a new device, from the group in progress. */
  | { kind: 'sweep-device-lost'; message: string }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  /** The end: `complete`; `stopped`, or `failed` (`runSweep` rejects with the reason); what was finished until then has been told of. */
  | { kind: 'sweep-finished'; outcome: 'complete' | 'stopped' | 'failed' };

/** A sweep that the browser keeps. */
export interface KeptSweep {
  /** Hash of its specification: the same specification is the same sweep. */
  id: string;
  /** Null where the record can't be read any more: it can only be forgotten. */
  specification: SweepSpecification | null;
  /** Readable ones. */
  cells: number;
  plannedCells: number;
  /** What can't be read of it, in a sentence; null where all can. Cells that can't be read are run again. */
  damage: string | null;
  /** Milliseconds since 1970 of the last cell. */
  changedAt: number;
}

export type OnSweepEvents = (events: SweepEvent[]) => void;

/** The lab's verbs for sweeps. They are exclusive with runs and races; `pause`, `resume` and `stop` are the run's. */
export interface SweepLab {
  /**
   * Validates a sweep against the data and says what it comes to, less what is finished already. Its table is the loaded one; its data sets are
   * the loaded one, the bundled one, or kept ones.
   */
  planSweep(specification: SweepSpecification, share?: SweepShare): Promise<SweepPlan>;
  /**
   * Runs what is not finished yet; each finished cell is kept at once. What was kept before comes first, as events. Resolves with everything
   * there is, also after a stop. Goes on by itself after the loss of a device; rejects when that happens again and again.
   */
  runSweep(specification: SweepSpecification, onEvents: OnSweepEvents, share?: SweepShare): Promise<SweepResults>;
  /** Newest first. */
  keptSweeps(): Promise<KeptSweep[]>;
  /** @throws LabFailure `no-data` where there is none of this id */
  openSweep(id: string): Promise<SweepResults>;
  /**
   * Keeps the results of a file, and gives them back validated, with what was kept of the same sweep: an open file goes on as a kept sweep does.
   */
  importSweep(file: unknown): Promise<SweepResults>;
  forgetSweep(id: string): Promise<KeptSweep[]>;
}
