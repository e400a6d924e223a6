import { findMethod, paperMethod } from '../../compression/registry';
import { methodName } from '../names';
import { pointKey, type SweepData } from '../sweep-data';
import { count } from '../wording';
import { type Claim, decide, decisionOf, nothingLearned, paperComparisons, settingsOfClaims, tally } from './claim';

/** (2) Over all of the sweep's rates, networks and data sets. */
export const orderClaim: Claim = {
  claim: 'order',
  text: `${methodName(paperMethod.id)} beats the other methods at every rate, with every network and on every data set.`,
  judge(evidence) {
    const settings = new Set(settingsOfClaims(evidence.data));
    if (settings.size === 0) return nothingLearned;
    const found = paperComparisons(evidence)
      .filter(({ paper, other }) => settings.has(paper.setting) && findMethod(other.method).standing === 'rival')
      .map((compared) => ({ compared, decision: decisionOf(compared) }));
    if (found.length === 0) {
      return { holds: 'untested', sentence: `No other method was measured at a rate where ${methodName(paperMethod.id)} was.` };
    }
    const known = new Set(found.map(({ compared: { paper, other } }) => `${paper.key} ${other.key}`));
    const missing = missingPairs(evidence.data, [...settings], (paper, rival) => known.has(`${paper} ${rival}`));
    const of = (wanted: string) => found.filter(({ decision }) => decision === wanted);
    const holds = decide(
      found.map(({ decision }) => decision),
      missing,
    );
    const counts = `Of ${count(found.length, 'comparison')} with another method it ${tally(found.map(({ decision }) => decision))}.`;
    // The one against it by most, or else the one that is least for it.
    const decisive = [...(holds === 'fails' ? of('against') : of('open').length > 0 ? of('open') : found)].sort(
      (a, b) => a.compared.lead - b.compared.lead,
    )[0];
    const { tasks, models, rates } = evidence.data.specification;
    const scope = `That is ${count(rates.length, 'rate')}, ${count(models.length, 'network')} and ${count(tasks.length, 'task')}.`;
    return {
      holds,
      sentence: [
        counts,
        decisive.compared.comparison.sentence,
        scope,
        ...(missing > 0 ? [`${count(missing, 'comparison')} can’t be made yet.`] : []),
      ].join(' '),
    };
  },
};

/** Comparisons that a finished sweep has and this one lacks: less what can't be reached. */
function missingPairs(
  { specification, gaps }: SweepData,
  settings: readonly number[],
  isFound: (first: string, second: string) => boolean,
): number {
  const { methods, rates } = specification;
  if (!methods.includes(paperMethod.id)) return 0;
  const rivals = methods.filter((method) => findMethod(method).standing === 'rival');
  return settings
    .flatMap((setting) => rates.flatMap((rate) => rivals.map((rival) => [paperMethod.id, rival].map((id) => pointKey(setting, id, rate)))))
    .filter(([paper, rival]) => !isFound(paper, rival) && !gaps.has(paper) && !gaps.has(rival)).length;
}
