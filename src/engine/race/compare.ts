import type { RaceComparison, RaceRow } from '../../protocol/race';
import { holm } from '../statistics/holm';
import { cutTo, differencesOfShares, pairedDifference } from '../statistics/paired';

/** Test accuracy of a lane by seed, where it has one. */
export function accuracies(rows: readonly RaceRow[], lane: string): Map<number, number> {
  return new Map(rows.flatMap((row) => (row.lane === lane && row.testAccuracy !== null ? [[row.seed, row.testAccuracy]] : [])));
}

/**
 * Every pair of lanes over the seeds that both finished: mean difference of test accuracy, its 95 % interval, cut to -1 to 1, which is all that can be,
 * and the p value of the paired t test, corrected by Holm for as many pairs as there are.
 */
export function compareLanes(rows: readonly RaceRow[], lanes: readonly string[]): RaceComparison[] {
  const pairs = lanes.flatMap((first, i) => lanes.slice(i + 1).map((second) => ({ first, second })));
  const compared = pairs.flatMap(({ first, second }) => {
    const [ours, theirs] = [accuracies(rows, first), accuracies(rows, second)];
    const seeds = [...ours.keys()].filter((seed) => theirs.has(seed));
    if (seeds.length === 0) {
      return [];
    }
    const of = (values: Map<number, number>) => seeds.map((seed) => values.get(seed) as number);
    return [{ first, second, ...pairedDifference(of(ours), of(theirs)) }];
  });
  const corrected = holm(compared.map(({ p }) => p));
  return compared.map(({ first, second, pairs: seeds, mean: difference, interval }, i) => ({
    first,
    second,
    seeds,
    difference,
    interval: cutTo(differencesOfShares, interval),
    p: corrected[i],
  }));
}
