import { fairCoins } from './binomial';

/**
 * McNemar's exact test (McNemar, Psychometrika 1947; Dietterich, Neural Computation 1998): two classifiers on the same items. Where both are
 * equally good, of the items that only one of them gets right each falls to either side like a fair coin: the two-sided p value of the binomial
 * test, not its mid-p, so that it never promises more than its level. 1 where there is no such item.
 *
 * Items count as independent. Those of several seeds pooled are not quite: a sentence can be in the test split of more than one, and one
 * seed's network errs on all of its items alike; so the pooled p is too small where seeds differ much, which the paired t test over seeds sees.
 *
 * @param firstOnly items that the first alone gets right
 * @param secondOnly items that the second alone gets right
 */
export function mcNemarExact(firstOnly: number, secondOnly: number): number {
  const items = firstOnly + secondOnly;
  const smaller = Math.min(firstOnly, secondOnly);
  let term = fairCoins(smaller, items);
  let tail = 0;
  // Downwards from the larger terms: what is left is negligible after a few standard deviations.
  for (let k = smaller; k >= 0; k--) {
    const next = tail + term;
    if (next === tail) {
      break;
    }
    tail = next;
    term *= k / (items - k + 1);
  }
  return Math.min(1, 2 * tail);
}
