/** A figure of a long run, at a time. */
export interface Sample {
  minutes: number;
  value: number;
}

/** How much a figure grows a minute, and between which two it lies with 95 % confidence. */
export interface Trend {
  perMinute: number;
  from: number;
  to: number;
}

const z95 = 1.96;

/**
 * How much a figure grows a minute: the median of the slopes between any two samples (Theil 1950), with Sen's interval (1968), which takes the slopes' ranks
 * by the variance of Kendall's S. A single high sample, where something was collected late, does not tilt it, as it would a least-squares line. All 0 for
 * fewer than two samples.
 */
export function trendOf(samples: readonly Sample[]): Trend {
  const slopes: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    for (let j = i + 1; j < samples.length; j++) {
      const minutes = samples[j].minutes - samples[i].minutes;
      if (minutes > 0) slopes.push((samples[j].value - samples[i].value) / minutes);
    }
  }
  slopes.sort((a, b) => a - b);
  const { length } = slopes;
  if (length === 0) return { perMinute: 0, from: 0, to: 0 };
  const n = samples.length;
  const spread = z95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return {
    perMinute: (slopes[Math.floor((length - 1) / 2)] + slopes[Math.floor(length / 2)]) / 2,
    from: slopes[Math.max(0, Math.floor((length - spread) / 2))],
    to: slopes[Math.min(length - 1, Math.ceil((length + spread) / 2))],
  };
}
