import { findMethod, paperMethod } from '../compression/registry';
import { decisionOf, type Evidence, type PaperComparison, paperComparisons } from './claims/claim';
import { groupBy } from './group-by';
import { methodName } from './names';
import { count } from './wording';

/**
 * Where a control keeps up with the paper's method: that says what the method's numbers are worth there, not which method is better, and so it
 * stands beside the claims and not in them. Null where no control was measured beside the paper's method.
 */
export function controlFinding(evidence: Evidence): string | null {
  const compared = paperComparisons(evidence).filter(({ other }) => findMethod(other.method).standing === 'control');
  const byControl = groupBy(compared, ({ other }) => other.method);
  return [...byControl].map(([control, found]) => describe(control, found)).join(' ') || null;
}

function describe(control: string, found: readonly PaperComparison[]): string {
  const decisions = found.map(decisionOf);
  const of = (wanted: string) => found.filter((_, i) => decisions[i] === wanted);
  const [behind, ahead] = [of('for'), of('against')];
  const counts =
    `Outside the claims, ${methodName(control)}: of ${count(found.length, 'comparison')} with it ${methodName(paperMethod.id)} wins ${behind.length} by ` +
    `their own intervals, loses ${ahead.length} after the correction for all, and ${found.length - behind.length - ahead.length} can’t be told.`;
  const [worst] = [...ahead].sort((a, b) => a.lead - b.lead);
  if (!worst) return counts;
  return `${counts} ${worst.comparison.sentence} Where a control is ahead, the factors keep less than training from nothing teaches.`;
}
