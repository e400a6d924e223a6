import type { LabFailure } from '../../protocol/failure';
import { laneIds } from '../../protocol/lanes';
import type { LaneRate, LaneSpecification, RaceResults, RaceRow, RaceSpecification, RangeTestResult } from '../../protocol/race';
import type { Conclusion } from '../../protocol/results';
import type { Growing } from '../growing';
import type { Progress, RunStatus } from '../run';
import type { SmoothingState } from '../smoothing';

export interface EvaluationPoint {
  /** Steps done. */
  step: number;
  seconds: number;
  validationLoss: number;
  validationAccuracy: number;
}

/** One lane with one seed, as far as it went. */
export interface LaneTrace {
  lane: string;
  seed: number;
  /** Step of the first value in the logs: a fork begins later. */
  firstStep: number;
  learningRates: Growing;
  losses: Growing;
  /** The losses' moving average, and where it stands. */
  smoothed: Growing;
  smoothing: SmoothingState;
  /** Since the seed began, one a step. */
  seconds: Growing;
  evaluations: readonly EvaluationPoint[];
  bestAccuracy: number | null;
  /** The step at which the loss was no longer finite. */
  brokenAt: number | null;
  /** The rates spent, summed up. */
  spent: { sum: number; lowest: number; highest: number };
}

/** What was done to a lane while it ran. */
export interface LaneChange {
  lane: string;
  step: number;
  forkedFrom: string | null;
}

/** All that the screen knows of the race that goes on, or of the last one. */
export interface RaceRun {
  status: RunStatus;
  /** What it was started with. */
  specification: RaceSpecification | null;
  /** As they are now specified, changes and forks included. */
  lanes: readonly LaneSpecification[];
  shape: { totalSteps: number; stepsPerEpoch: number; rank: number; rate: number } | null;
  progress: Progress | null;
  /** The seed in work, or the last one. */
  seed: number | null;
  /** By `traceId`. */
  traces: Readonly<Record<string, LaneTrace>>;
  changes: readonly LaneChange[];
  rows: readonly RaceRow[];
  results: RaceResults | null;
  conclusion: Conclusion | null;
  failure: LabFailure | null;
}

export const IDLE_RACE: RaceRun = {
  status: 'idle',
  specification: null,
  lanes: [],
  shape: null,
  progress: null,
  seed: null,
  traces: {},
  changes: [],
  rows: [],
  results: null,
  conclusion: null,
  failure: null,
};

/** What a race that is watched takes, with its first seed. */
export const watchSeconds = 12;

export type RaceAxis = 'step' | 'epoch' | 'time';

/** The range test's controls, and what it came to. */
export interface RangeTest {
  from: number;
  to: number;
  steps: number;
  /** Whose present weights, where a race is paused. */
  lane: string | null;
  running: boolean;
  result: RangeTestResult | null;
  /** What was tested, in words: the lane and step, or the start. */
  tested: string | null;
  failure: LabFailure | null;
}

/** The schedules as they would be spent. */
export interface RacePreview {
  rates: readonly LaneRate[];
  totalSteps: number;
  steps: readonly number[];
  /** One list a rate, in their order. */
  learningRates: readonly (readonly number[])[];
}

export interface RaceState {
  /** What the next race is to do; its lanes are what the controls show, while one goes on too. Null before there is data. */
  specification: RaceSpecification | null;
  /** What was asked for before there was data. */
  pending: Partial<RaceSpecification>;
  /** Slow enough to be watched, or as fast as the machine goes. No part of what is raced. */
  watched: boolean;
  run: RaceRun;
  /** Was the race started after the experiment? The header tells of the later one. */
  isLatest: boolean;
  /** Why a change or a fork was refused. */
  controlFailure: LabFailure | null;
  preview: RacePreview | null;
  previewFailure: LabFailure | null;
  rangeTest: RangeTest;
  view: {
    axis: RaceAxis;
    /** Of the learning rate; null: logarithmic where the lanes' peaks lie far apart. */
    scale: 'linear' | 'log' | null;
    /** Null: the seed in work, or the last one. */
    seed: number | null;
  };
}

export const initialRace: RaceState = {
  specification: null,
  pending: {},
  watched: false,
  run: IDLE_RACE,
  isLatest: false,
  controlFailure: null,
  preview: null,
  previewFailure: null,
  rangeTest: { from: 1e-5, to: 10, steps: 100, lane: null, running: false, result: null, tested: null, failure: null },
  view: { axis: 'epoch', scale: null, seed: null },
};

export function traceId(lane: string, seed: number): string {
  return `${seed}|${lane}`;
}

/** What a lane goes by now: its last segment. */
export function rateOf({ segments }: LaneSpecification): LaneRate {
  const { schedule, peak } = segments[segments.length - 1];
  return { schedule, peak };
}

/** A lane that goes by these controls from its first step. */
export function laneAt(id: string, { schedule, peak }: LaneRate): LaneSpecification {
  return { id, segments: [{ fromStep: 0, schedule, peak }] };
}

export function firstFreeLane(lanes: readonly LaneSpecification[]): string | null {
  return laneIds.find((id) => !lanes.some((lane) => lane.id === id)) ?? null;
}
