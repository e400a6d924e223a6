const WEIGHT = 0.9;

/** Where the average of a series stands: enough to go on from there. */
export interface SmoothingState {
  readonly mean: number;
  readonly correction: number;
}

export const SMOOTHING_START: SmoothingState = { mean: 0, correction: 1 };

/**
 * Exponential moving average with the correction for its start (as Adam corrects its moments), so that the first values are not drawn
 * towards zero. For losses only: a learning rate is never smoothed.
 */
export function smooth(values: readonly number[], length = values.length, weight = WEIGHT): number[] {
  return smoothOn(SMOOTHING_START, length === values.length ? values : values.slice(0, length), weight).smoothed;
}

/** The same of a series that grows: goes on where the values before it ended. */
export function smoothOn(state: SmoothingState, more: readonly number[], weight = WEIGHT): { smoothed: number[]; state: SmoothingState } {
  const smoothed = new Array<number>(more.length);
  let { mean, correction } = state;
  for (let i = 0; i < more.length; i++) {
    const value = more[i];
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      correction *= weight;
    }
    smoothed[i] = correction === 1 ? value : mean / (1 - correction);
  }
  return { smoothed, state: { mean, correction } };
}
