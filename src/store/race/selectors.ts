import type { LaneRate, LaneSpecification, RaceRow } from '../../protocol/race';
import { memoised } from '../memo';
import { isActive } from '../run';
import { type MeanSpread, meanSpread } from '../statistics';
import type { LabState } from '../store';
import { firstFreeLane, type LaneChange, type LaneTrace, type RaceRun, rateOf, traceId } from './race';

/** A lane on the charts: its trace with the shown seed, under the controls that it goes by now. */
export interface ShownLane {
  id: string;
  schedule: string;
  trace: LaneTrace;
}

/** The seed whose traces are shown: the chosen one where it has any, else the latest that has. */
export function selectShownSeed({ race }: LabState): number | null {
  const { run, view } = race;
  const has = (seed: number | null) => seed !== null && run.lanes.some(({ id }) => run.traces[traceId(id, seed)] !== undefined);
  if (has(view.seed)) return view.seed;
  if (has(run.seed)) return run.seed;
  const seeds = run.specification?.seeds ?? [];
  return seeds.findLast(has) ?? null;
}

const shownLanes = memoised((lanes: readonly LaneSpecification[], traces: RaceRun['traces'], seed: number | null): readonly ShownLane[] =>
  seed === null
    ? []
    : lanes.flatMap((lane) => {
        const trace = traces[traceId(lane.id, seed)];
        return trace ? [{ id: lane.id, schedule: rateOf(lane).schedule.id, trace }] : [];
      }),
);

export function selectShownLanes(state: LabState): readonly ShownLane[] {
  const { run } = state.race;
  return shownLanes(run.lanes, run.traces, selectShownSeed(state));
}

/** Steps of one lane with one seed: told by the race, else as the loaded data and the controls come to. */
export function selectRaceSteps({ race, plan }: LabState): number | null {
  if (isActive(race.run.status) && race.run.shape) return race.run.shape.totalSteps;
  if (!race.specification || !plan) return null;
  return Math.max(1, Math.ceil(plan.split.train / race.specification.batchSize)) * race.specification.epochs;
}

/** One and the same, so that a selector's answer keeps its identity. */
const NO_LANES: readonly LaneSpecification[] = [];

const rates = memoised((lanes: readonly LaneSpecification[]): readonly LaneRate[] => lanes.map(rateOf));

/** What the lanes' controls say, in their order. */
export function selectLaneRates({ race }: LabState): readonly LaneRate[] {
  return rates(race.specification?.lanes ?? NO_LANES);
}

/** A lane of the end line. */
export interface LaneResult {
  id: string;
  rate: LaneRate;
  /** On test, over the seeds that it finished. */
  test: MeanSpread | null;
  rows: readonly RaceRow[];
  seedsFinished: number;
  seedsWanted: number;
  /** Mean over the seeds that it finished. */
  bestStep: MeanSpread | null;
  /** Of the shown seed: mean, lowest and highest rate of the steps. */
  spent: { mean: number; lowest: number; highest: number } | null;
  /** With which seeds its loss was no longer finite, and at which step. */
  broken: readonly { seed: number; step: number }[];
  /** Changes and a fork of its own, in their order. */
  changes: readonly LaneChange[];
}

const laneResults = memoised((run: RaceRun, shownSeed: number | null): readonly LaneResult[] =>
  run.lanes.map((lane) => {
    const rows = run.rows.filter((row) => row.lane === lane.id);
    const finished = rows.filter((row) => row.finished && row.testAccuracy !== null);
    const shown = shownSeed === null ? undefined : run.traces[traceId(lane.id, shownSeed)];
    const steps = shown?.learningRates.length ?? 0;
    return {
      id: lane.id,
      rate: rateOf(lane),
      test: meanSpread(finished.map((row) => row.testAccuracy as number)),
      rows: finished,
      seedsFinished: finished.length,
      seedsWanted: run.specification?.seeds.length ?? 0,
      bestStep: meanSpread(finished.flatMap((row) => (row.bestStep === null ? [] : [row.bestStep]))),
      spent: shown && steps > 0 ? { mean: shown.spent.sum / steps, lowest: shown.spent.lowest, highest: shown.spent.highest } : null,
      broken: Object.values(run.traces).flatMap(({ lane: id, seed, brokenAt }) =>
        id === lane.id && brokenAt !== null ? [{ seed, step: brokenAt }] : [],
      ),
      changes: run.changes.filter((change) => change.lane === lane.id),
    };
  }),
);

export function selectLaneResults(state: LabState): readonly LaneResult[] {
  return laneResults(state.race.run, selectShownSeed(state));
}

/** What the header tells of: the one that goes on, else the one that was started last. */
export function selectTold({ run, race, sweep }: LabState): 'run' | 'race' | 'sweep' {
  if (isActive(sweep.run.status)) return 'sweep';
  if (isActive(race.run.status)) return 'race';
  if (isActive(run.status)) return 'run';
  return sweep.isLatest ? 'sweep' : race.isLatest ? 'race' : 'run';
}

/** May a lane be changed or forked in the race that goes on? The first seed only: those after it repeat what was done in it. */
export function takesChanges({ status, seed, specification }: RaceRun): boolean {
  const goesOn = status === 'running' || status === 'pausing' || status === 'paused';
  return goesOn && (seed === null || seed === specification?.seeds[0]);
}

/** Why a race can't be started now, in a sentence; null where it can. */
export function selectRaceWaits(state: LabState): string | null {
  if (isActive(state.run.status)) return 'An experiment is running: the race waits for its end.';
  if (isActive(state.sweep.run.status)) return 'A sweep is running: the race waits for its end.';
  if (state.race.rangeTest.running) return 'The range test is running: the race waits for its end.';
  if (state.data.loading) return 'Data is being loaded: the race waits for it.';
  return null;
}

/** A lane that trains can be forked, while a letter is left: lanes of the race keep theirs to its end. */
export function selectCanFork({ race }: LabState, id: string): boolean {
  const { run, specification } = race;
  return (
    takesChanges(run) &&
    run.lanes.some((lane) => lane.id === id) &&
    firstFreeLane([...(specification?.lanes ?? NO_LANES), ...run.lanes]) !== null
  );
}

/** Why no lane can be added, in a sentence; null where one can. */
export function selectWhyNoLaneMore({ race }: LabState): string | null {
  if (isActive(race.run.status)) return 'While a race goes on, a lane comes in as a fork of another one.';
  return firstFreeLane(race.specification?.lanes ?? NO_LANES) === null ? 'Six lanes at most.' : null;
}

/** Why no lane can be taken out, in a sentence; null where one can. */
export function selectWhyLanesStay({ race }: LabState): string | null {
  if (isActive(race.run.status)) return 'A lane is taken out between races.';
  return (race.specification?.lanes.length ?? 0) < 2 ? 'A race has one lane at least.' : null;
}
