import type { ResultRow } from '../../protocol/results';

/** Less than what a table with one decimal shows. */
export function isLevel(difference: number): boolean {
  return Math.abs(difference) < 0.0005;
}

/**
 * Mean test accuracy of the full table, what always saying the most frequent class scores there, and whether it is no better than that: then it has
 * nothing to lose, and a drop from it speaks of no method.
 *
 * @param full rows of the full table, one a seed
 */
export function againstFloor(full: readonly ResultRow[]): { accuracy: number; floor: number; learnedNothing: boolean } {
  const mean = (field: 'testAccuracy' | 'majorityAccuracy') => full.reduce((sum, row) => sum + row[field], 0) / full.length;
  const [accuracy, floor] = [mean('testAccuracy'), mean('majorityAccuracy')];
  return { accuracy, floor, learnedNothing: accuracy < floor || isLevel(accuracy - floor) };
}
