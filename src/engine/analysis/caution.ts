import { hasEqualTrials } from '../experiment/plan';
import { samplingError } from '../statistics/wilson';
import { learnedNothing } from './floor';
import type { SweepData } from './sweep-data';
import { count, points as inPoints } from './wording';

/** What one should not conclude from an analysis. */
export function cautionFor(data: SweepData, comparisons: number): string {
  const { points, settings, specification } = data;
  const rows = points.flatMap(({ cells }) => [...cells.values()].map(({ row }) => row));
  if (rows.length === 0) {
    return 'Nothing was measured yet.';
  }
  const errors = rows.map(({ testAccuracy, testCount }) => samplingError(testAccuracy, testCount));
  const smallest = rows.reduce((least, { testCount }) => Math.min(least, testCount), Number.POSITIVE_INFINITY);
  const largestError = errors.reduce((most, error) => Math.max(most, error), 0);
  const sampling = `A test set of ${count(smallest, 'sentence')} alone has a sampling error of up to ${inPoints(largestError)}.`;
  const fewest = Math.min(...points.map(({ cells }) => cells.size));
  const most = Math.max(...points.map(({ cells }) => cells.size));
  const few =
    most === 1
      ? 'One seed proves nothing: raise the seeds to see the spread.'
      : fewest < most
        ? `Some points have ${count(fewest, 'seed')} and some ${most}: compare those by their differences, which are in pairs.`
        : '';
  const corrected =
    comparisons > 1
      ? `${comparisons} comparisons were made at once: by Holm’s method the p values of both tests, paired t over seeds and McNemar’s over test items, are corrected, each test’s by themselves; the sentences go by the corrected t, and the intervals are not corrected.`
      : '';
  const shared = most > 1 ? 'The seeds draw their splits from the same sentences, so the intervals are somewhat too narrow.' : '';
  const pooled =
    most > 1
      ? 'McNemar’s test takes the items of all seeds as independent, which sentences in more than one test split are not: no correction mends that, so where the two tests differ, go by the seeds.'
      : '';
  const trials = hasEqualTrials(specification)
    ? ''
    : 'The methods had unequal numbers of learning rates to choose from: those with more look better for it.';
  const unlearned = [...settings.keys()].filter((setting) => learnedNothing(data, setting)).length;
  const floor =
    unlearned === 0
      ? ''
      : `In ${unlearned} of ${count(settings.length, 'setting')} the full table is not above always saying the most frequent class: it learned nothing, so nothing there speaks of compression, and the claims on methods leave it out.`;
  const scope = `All of it is about ${count(specification.tasks.length, 'task')} and no other data.`;
  return [floor, few, sampling, shared, corrected, pooled, trials, scope].filter(Boolean).join(' ');
}
