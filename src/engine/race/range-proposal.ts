import type { RangeTestResult } from '../../protocol/race';

/** Share of the curve, from its start, whose mean is the loss before anything was learned. */
const startShare = 0.15;
/** Share of the whole fall: so much lower than at the start, the loss has begun to fall; so much higher than the lowest, it has left that. */
const edge = 0.1;
/** Deviations of the smoothed loss that a fall must have to be more than the batches' noise. */
const visible = 4;
/** Margin to the rate at which the loss leaves its valley: there training is already ragged. */
const margin = 2;
/** lb is at most ub over this; Smith's rule of thumb where only ub is known. */
const closest = 3;

/**
 * lb and ub as Smith (WACV 2017, section 3.3) reads them off: lb where the loss begins to fall, ub where it stops falling and gets ragged. Made
 * exact:
 *
 * - the start is the mean loss over the first 15 % of the curve, the fall its difference to the lowest smoothed loss;
 * - lb is the rate from which on the smoothed loss is a tenth of the fall (or two of its deviations) below the start, until its lowest;
 * - the edge is the last rate, after the lowest, before the smoothed loss is that much above it for good; ub is half of the edge;
 * - both are moved back by the lag of the exponential average, memory / (1 - memory) steps;
 * - no bounds where the fall is below four deviations of the smoothed loss: then it is noise.
 *
 * @param memory of the exponential average that smoothed the losses
 */
export function proposeBounds(
  learningRates: readonly number[],
  losses: readonly number[],
  smoothedLosses: readonly number[],
  memory: number,
): Pick<RangeTestResult, 'proposal' | 'reason'> {
  const count = smoothedLosses.length;
  if (count < 10) {
    return { proposal: null, reason: 'Training broke within ten steps: begin at a lower rate.' };
  }
  const start = mean(losses.slice(0, Math.max(3, Math.ceil(startShare * count))));
  const lowest = smoothedLosses.indexOf(Math.min(...smoothedLosses));
  const fall = start - smoothedLosses[lowest];
  const noise = smoothedNoise(losses.slice(0, lowest + 1), smoothedLosses, memory);
  if (!(fall > visible * noise) || lowest === 0) {
    return {
      proposal: null,
      reason: 'The loss falls by no more than its noise before it rises: take more steps, or another range of rates.',
    };
  }
  const tolerance = Math.max(edge * fall, 2 * noise);
  // From the lowest backwards: what was below before it rose again is not yet the descent.
  const falls = smoothedLosses.slice(0, lowest).findLastIndex((loss) => loss > start - tolerance) + 1;
  const leaves = smoothedLosses.findLastIndex((loss) => loss <= smoothedLosses[lowest] + tolerance);
  const lag = (learningRates[1] / learningRates[0]) ** (memory / (1 - memory));
  const upper = learningRates[leaves] / lag / margin;
  if (upper <= learningRates[0]) {
    return { proposal: null, reason: 'The loss rises almost from the first rate on: begin at a lower one.' };
  }
  const lower = Math.min(Math.max(learningRates[falls] / lag, learningRates[0]), upper / closest);
  const begins = `The smoothed loss falls from a rate of ${rounded(lower)} on`;
  const reason =
    leaves === count - 1
      ? `${begins} and has not risen again at the highest rate; the upper bound is below that one by half and by the smoothing’s lag.`
      : `${begins} and leaves its lowest value at ${rounded(learningRates[leaves])}; the upper bound is below that by half and by the smoothing’s lag.`;
  return { proposal: { lower, upper }, reason };
}

/** Standard deviation that the batches' noise leaves in the smoothed loss: that of a loss, times sqrt((1 - m) / (1 + m)). */
function smoothedNoise(losses: readonly number[], smoothed: readonly number[], memory: number): number {
  // Differences of neighbours, so that the descent itself is no noise.
  const differences = losses.slice(1).map((loss, i) => loss - losses[i]);
  const variance = differences.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, differences.length) / 2;
  return Math.max(Math.sqrt((variance * (1 - memory)) / (1 + memory)), Number.EPSILON * Math.abs(smoothed[0]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(rate: number): string {
  return String(Number(rate.toPrecision(2)));
}
