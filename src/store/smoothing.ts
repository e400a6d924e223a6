/**
 * Exponential moving average with the correction for its start (as Adam corrects its moments), so that the first values are not drawn
 * towards zero. For losses only: a learning rate is never smoothed.
 */
export function smooth(values: readonly number[], length = values.length, weight = 0.9): number[] {
  const smoothed = new Array<number>(length);
  let mean = 0;
  let correction = 1;
  for (let i = 0; i < length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      correction *= weight;
    }
    smoothed[i] = correction === 1 ? value : mean / (1 - correction);
  }
  return smoothed;
}
