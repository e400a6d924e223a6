/** A figure of a long run, at a time. */
export interface Sample {
  minutes: number;
  value: number;
}

/**
 * How much a figure grows a minute: the median of the slopes between any two samples (Theil 1950, Sen 1968). A single high sample, where something was
 * collected late, does not tilt it, as it would a least-squares line. 0 for fewer than two samples.
 */
export function growthPerMinute(samples: readonly Sample[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    for (let j = i + 1; j < samples.length; j++) {
      const minutes = samples[j].minutes - samples[i].minutes;
      if (minutes > 0) slopes.push((samples[j].value - samples[i].value) / minutes);
    }
  }
  slopes.sort((a, b) => a - b);
  const middle = slopes.length / 2;
  if (slopes.length === 0) return 0;
  return slopes.length % 2 === 1 ? slopes[Math.floor(middle)] : (slopes[middle - 1] + slopes[middle]) / 2;
}
