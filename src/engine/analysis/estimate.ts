import type { Estimate } from '../../protocol/analysis';
import { type PairedDifference, pairedDifference } from '../statistics/paired';

/** Mean of values, one a seed, with Student's 95 % interval; null where there are none. */
export function estimate(values: readonly number[]): Estimate | null {
  return values.length === 0
    ? null
    : asEstimate(
        pairedDifference(
          values,
          values.map(() => 0),
        ),
      );
}

export function asEstimate({ mean, interval, pairs }: PairedDifference): Estimate {
  return { mean, interval, seeds: pairs };
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
