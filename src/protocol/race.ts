import type { DeviceReport } from './device';
import type { Conclusion } from './results';
import type { ExperimentSpecification, ScheduleSpecification } from './specification';

/** A schedule at a peak learning rate: what a lane's controls say. */
export interface LaneRate {
  schedule: ScheduleSpecification;
  /** Peak learning rate (`lr`, `ub`), 0 < peak <= 10. */
  peak: number;
}

/** What a lane runs by from a step on. The schedule is still that of the whole race: its step t is the race's. */
export interface LaneSegment extends LaneRate {
  fromStep: number;
}

export interface LaneSpecification {
  /** One of `a` to `f`: keeps its place on the charts. */
  id: string;
  /**
   * Ascending, the first from step 0. A change made while it runs is a segment more; a fork is a lane with its parent's segments until
   * then. So the specification says all of a race, whatever was done to it.
   */
  segments: LaneSegment[];
}

/** What decides a race: the parts of an experiment that say what is trained on what, and the lanes. */
export interface RaceSpecification
  extends Pick<
    ExperimentSpecification,
    'embeddings' | 'dataset' | 'task' | 'split' | 'model' | 'hidden' | 'dropout' | 'wordDropout' | 'optimizer' | 'batchSize'
  > {
  version: 1;
  /** Of the two factors that every lane trains (the SVD of the pretrained table: `low-rank-direct`), 0 < rate < 1. */
  rate: number;
  epochs: number;
  /** The first is raced in sight, the others after it for the spread. */
  seeds: number[];
  /** One to six. */
  lanes: LaneSpecification[];
}

/** What a lane came to with one seed: the checkpoint that validation chose, and test read once. */
export interface RaceRow {
  lane: string;
  seed: number;
  /** False where no evaluation had a finite loss: the other figures are then null. */
  finished: boolean;
  /** At which step validation was best. */
  bestStep: number | null;
  validationAccuracy: number | null;
  testAccuracy: number | null;
  macroF1: number | null;
  testCount: number;
}

/** Two lanes over the seeds that both finished, in pairs. */
export interface RaceComparison {
  first: string;
  second: string;
  seeds: number;
  /** Mean of first minus second, test accuracy as a fraction. */
  difference: number;
  /** 95 % interval of the mean by Student's t, cut to -1 to 1; null with fewer than two seeds. */
  interval: [number, number] | null;
  /**
   * Two-sided p value of the paired t test, corrected by Holm for all pairs of the race; null where there is none: with fewer than two seeds, or
   * where every seed has one and the same difference, which is no spread to judge by.
   */
  p: number | null;
}

export interface RaceResults {
  /** As it was run, changes and forks included. */
  specification: RaceSpecification;
  adapter: DeviceReport;
  versions: Record<string, string>;
  rows: RaceRow[];
  comparisons: RaceComparison[];
}

export type RaceEvent =
  | {
      kind: 'started';
      totalSteps: number;
      stepsPerEpoch: number;
      rank: number;
      /** Reached. */
      rate: number;
    }
  /** A seed begins; the charts begin anew. */
  | { kind: 'seed-started'; seed: number }
  /** Consecutive steps of one lane. `seconds`: since the seed began, pauses left out, one a step. */
  | { kind: 'steps'; seed: number; lane: string; firstStep: number; learningRates: number[]; losses: number[]; seconds: number[] }
  | {
      kind: 'evaluated';
      seed: number;
      lane: string;
      /** Steps done. */
      step: number;
      seconds: number;
      validationLoss: number;
      validationAccuracy: number;
    }
  /** A lane goes by other controls, or is there anew by a fork (`forkedFrom`): the lane as it is now specified. */
  | { kind: 'lane'; lane: LaneSpecification; fromStep: number; forkedFrom: string | null }
  /** The loss is no longer finite: the lane stops, the others go on. */
  | { kind: 'broken'; seed: number; lane: string; step: number }
  | { kind: 'row'; row: RaceRow }
  | { kind: 'progress'; label: string; done: number; secondsLeft: number | null }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | { kind: 'finished'; outcome: 'complete' | 'stopped' | 'failed'; results: RaceResults; conclusion: Conclusion };

/** The range test of Smith, WACV 2017: the rate rises exponentially over one short run. */
export interface RangeTestSpecification {
  race: RaceSpecification;
  /** Whose present weights are tested, where a race is paused; null for those that the race begins with. */
  lane: string | null;
  /** 0 < from < to <= 100. */
  from: number;
  to: number;
  /** 20 to 1,000. */
  steps: number;
}

export interface RangeTestResult {
  /** Of the steps whose loss was finite, one learning rate, loss and smoothed loss each. */
  learningRates: number[];
  losses: number[];
  smoothedLosses: number[];
  /** Steps whose loss was not finite: dropped. */
  dropped: number;
  /** lb and ub; null where the curve has no descent to read them from, and `reason` says so. */
  proposal: { lower: number; upper: number } | null;
  /** One sentence: how the bounds were read off the curve, or why there are none. */
  reason: string;
}

/** The lab's verbs for races. A race is exclusive with runs and loads, and obeys the lab's `pause`, `resume` and `stop`. */
export interface RaceLab {
  /** @param watchSeconds as `watchRace`, from the start */
  race(specification: RaceSpecification, onEvents: (events: RaceEvent[]) => void, watchSeconds?: number | null): Promise<RaceResults>;
  /**
   * How long the first seed of the race that goes on takes at least, so that it can be watched on a fast machine; null for as fast as it goes. No figure
   * changes.
   */
  watchRace(seconds: number | null): Promise<void>;
  /**
   * From the next step on, in the race that is going on. Takes effect while it is paused as well. Changes and forks are for the first seed;
   * the others repeat what came of it.
   */
  changeLane(lane: string, rate: LaneRate): Promise<void>;
  /** A new lane that goes on from another one's weights and optimizer state as they are now. */
  forkLane(from: string, lane: string, rate: LaneRate): Promise<void>;
  /** Weights and optimizer state are afterwards, bit for bit, what they were before. */
  rangeTest(specification: RangeTestSpecification): Promise<RangeTestResult>;
  /** The rate that a schedule gives at each step of a race of that length, at most 600 points: drawn before anything is run. */
  previewSchedules(rates: LaneRate[], totalSteps: number): Promise<{ steps: number[]; learningRates: number[][] }>;
}
