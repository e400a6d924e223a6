import type { Estimate } from '../../protocol/analysis';
import { cutTo, differencesOfShares, type PairedDifference, pairedDifference, shares } from '../statistics/paired';

/**
 * Mean of values, one a seed, with Student's 95 % interval, cut to the space of what the mean can be; null where there are none.
 *
 * @param space of shares, or of their differences
 */
export function estimate(values: readonly number[], space: readonly [number, number] = shares): Estimate | null {
  return values.length === 0
    ? null
    : asEstimate(
        pairedDifference(
          values,
          values.map(() => 0),
        ),
        space,
      );
}

/** The interval is cut to the space of what the mean can be: of differences of shares, unless another is named. */
export function asEstimate({ mean, interval, pairs }: PairedDifference, space: readonly [number, number] = differencesOfShares): Estimate {
  return { mean, interval: cutTo(space, interval), seeds: pairs };
}

/** What both have a value for, by seed: pairs, in the first's order. */
export function paired<T>(first: ReadonlyMap<number, T>, second: ReadonlyMap<number, T>): { first: T; second: T }[] {
  return [...first].flatMap(([seed, value]) => {
    const other = second.get(seed);
    return other === undefined ? [] : [{ first: value, second: other }];
  });
}

/** An interval that a spread over seeds made: seeds that happen to agree leave none, and prove nothing. */
export function spreadInterval({ interval }: Estimate): [number, number] | null {
  return interval && interval[1] > interval[0] ? interval : null;
}
