import { useMemo } from 'react';
import { laneLetters } from '../../protocol/lanes';
import type { LaneTrace, RaceAxis } from '../../store/race/race';
import { selectShownLanes } from '../../store/race/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { useLaneStyle } from '../lanes/lane-style';
import { useLive } from '../live';
import { AXIS_FORMATS, AXIS_LABELS, axisDomain } from './axis';
import { type Place, placeOn, pointsEach } from './series';

export interface DrawnLane {
  id: string;
  label: string;
  color: string;
  dash: string;
  endLabel: string;
  trace: LaneTrace;
  place: Place;
}

/** What every chart of the race shares: the lanes in their style, and the axis. */
export interface DrawnRace {
  lanes: readonly DrawnLane[];
  /** Points a line may have. */
  most: number;
  axis: RaceAxis;
  stepsPerEpoch: number;
  xLabel: string;
  xDomain: readonly [number, number];
  formatX: (value: number) => string;
}

const selectAxis = (state: LabState) => state.race.view.axis;
const selectShape = (state: LabState) => state.race.run.shape;

export function useLanes(): DrawnRace {
  const shown = useLive(selectShownLanes);
  const axis = useLabStore(selectAxis);
  const shape = useLabStore(selectShape);
  const styleOf = useLaneStyle();
  const stepsPerEpoch = shape?.stepsPerEpoch ?? 1;
  const [, end] = axisDomain(
    axis,
    shape?.totalSteps ?? 1,
    stepsPerEpoch,
    shown.map(({ trace }) => trace),
  );
  // The same pair while the end is the same: a chart compares what it is given.
  const xDomain = useMemo(() => [0, end] as const, [end]);
  const lanes = shown.map(({ id, schedule, trace }) => ({
    id,
    ...styleOf(id, schedule),
    endLabel: trace.brokenAt === null ? laneLetters[id] : `${laneLetters[id]} ✕`,
    trace,
    place: placeOn(trace, axis, stepsPerEpoch),
  }));
  return {
    lanes,
    most: pointsEach(lanes.length),
    axis,
    stepsPerEpoch,
    xLabel: AXIS_LABELS[axis],
    xDomain,
    formatX: AXIS_FORMATS[axis],
  };
}
