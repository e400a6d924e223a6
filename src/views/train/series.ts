import { keepExtremes, lttb, type Point } from '../../charts/decimate';
import type { Growing } from '../../store/growing';
import { smooth } from '../../store/smoothing';
import type { Trial } from '../../store/trials';

/** Where on the budget's axis a step lies, in epochs. */
function xOf(trial: Trial, index: number): number {
  return trial.firstEpoch + (trial.firstStep + index) / trial.stepsPerEpoch;
}

function pointsOf(trial: Trial, values: readonly number[], length: number): Point[] {
  return Array.from({ length }, (_, i) => ({ x: xOf(trial, i), y: values[i] }));
}

/** A log that did not grow keeps its identity: what was computed from it is still good, for each of the trials that ended. */
function perLog<T>(compute: (trial: Trial, log: Growing) => T, pick: (trial: Trial) => Growing): (trial: Trial) => T {
  const known = new WeakMap<Growing, T>();
  return (trial) => {
    const log = pick(trial);
    if (log.length === 0) return compute(trial, log);
    let result = known.get(log);
    if (result === undefined) {
      result = compute(trial, log);
      known.set(log, result);
    }
    return result;
  };
}

/** As it was spent: never smoothed, and decimated so that no peak is lost. */
export const learningRatePoints = perLog(
  (trial, log) => keepExtremes(pointsOf(trial, log.values, log.length)),
  (trial) => trial.learningRates,
);

export const lossPoints = perLog(
  (trial, log) => ({
    raw: lttb(pointsOf(trial, log.values, log.length)),
    // Smoothed before it is decimated: the other way round the picked extremes would be averaged.
    smoothed: lttb(pointsOf(trial, smooth(log.values, log.length), log.length)),
  }),
  (trial) => trial.losses,
);

export const rawLearningRates = (trial: Trial) => pointsOf(trial, trial.learningRates.values, trial.learningRates.length);
export const rawLosses = (trial: Trial) => pointsOf(trial, trial.losses.values, trial.losses.length);

const epochCache = new WeakMap<Trial['epochs'], { accuracy: readonly Point[]; loss: readonly Point[] }>();

export function epochPoints({ epochs }: Trial): { accuracy: readonly Point[]; loss: readonly Point[] } {
  let known = epochCache.get(epochs);
  if (!known) {
    known = {
      accuracy: lttb(epochs.map((point) => ({ x: point.x, y: point.validationAccuracy }))),
      loss: lttb(epochs.map((point) => ({ x: point.x, y: point.validationLoss }))),
    };
    epochCache.set(epochs, known);
  }
  return known;
}
