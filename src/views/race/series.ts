import { keepExtremes, lttb, MOST_POINTS, type Point } from '../../charts/decimate';
import { growingReader } from '../../charts/extremes';
import type { Growing } from '../../store/growing';
import type { LaneTrace, RaceAxis } from '../../store/race/race';

/** Points of all the lines of a kind together: six lanes of 150 points are drawn in the time of three of 300. */
const MOST_IN_ALL = 900;

/** Points that a line may have where so many are drawn. */
export function pointsEach(lines: number): number {
  return Math.min(MOST_POINTS, Math.floor(MOST_IN_ALL / Math.max(1, lines)));
}

/** Where the values of a trace lie on the axis. */
export type Place = (index: number) => number;

export function placeOn(trace: LaneTrace, axis: RaceAxis, stepsPerEpoch: number): Place {
  if (axis === 'time') return (index) => trace.seconds.values[index];
  if (axis === 'epoch') return (index) => (trace.firstStep + index) / stepsPerEpoch;
  return (index) => trace.firstStep + index;
}

/** Each log has a reader of its own: what was read of it is kept, and a batch costs what it brings. */
const readers = { learningRates: growingReader(), losses: growingReader(), smoothed: growingReader() };

function read(log: Growing, kind: keyof typeof readers, place: Place): Point[] {
  return readers[kind](log).map((index) => ({ x: place(index), y: log.values[index] }));
}

/** As it was spent: never smoothed, and decimated so that no peak is lost. */
export function learningRatePoints(trace: LaneTrace, place: Place, most: number): readonly Point[] {
  return keepExtremes(read(trace.learningRates, 'learningRates', place), most);
}

/** Extremes first, then of these what the eye needs (MinMaxLTTB; Van Der Donckt et al., 2023): its cost does not grow with the race. */
export function lossPoints(trace: LaneTrace, place: Place, most: number): { raw: readonly Point[]; smoothed: readonly Point[] } {
  return {
    // Where many lanes are drawn their raw lines are a faint fog: fewer points show it as well.
    raw: lttb(read(trace.losses, 'losses', place), most === MOST_POINTS ? most : Math.ceil(most / 2)),
    smoothed: lttb(read(trace.smoothed, 'smoothed', place), most),
  };
}

/** An evaluation lies where the steps before it end. */
export function evaluationPoints(
  { evaluations }: LaneTrace,
  axis: RaceAxis,
  stepsPerEpoch: number,
  value: 'validationLoss' | 'validationAccuracy',
): readonly Point[] {
  const points = evaluations.map((evaluation) => ({
    x: axis === 'time' ? evaluation.seconds : axis === 'epoch' ? evaluation.step / stepsPerEpoch : evaluation.step,
    y: evaluation[value],
  }));
  return lttb(points);
}

/** Every value, for the chart's table and file. */
export function allPoints(log: Growing, place: Place): Point[] {
  return Array.from({ length: log.length }, (_, i) => ({ x: place(i), y: log.values[i] }));
}
