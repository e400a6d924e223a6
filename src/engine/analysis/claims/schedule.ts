import type { Setting, SweepPoint } from '../../../protocol/analysis';
import { paperMethod } from '../../compression/registry';
import { referenceMethod } from '../../experiment/specification';
import { clrSchedule } from '../../schedules/clr';
import { fixedSchedule } from '../../schedules/fixed';
import { taskKey } from '../../sweep/keys';
import { methodName, scheduleName } from '../names';
import { paperSchedule } from '../schedules';
import { pointKey, type SweepData } from '../sweep-data';
import { count, list } from '../wording';
import { type Claim, decide, decisionOf, type Evidence, type PaperComparison, tally, turned } from './claim';

/** What the paper holds its schedule against. */
const others = [clrSchedule.id, fixedSchedule.id];

const nameOf = (id: string) => scheduleName({ id, parameters: {} });

/** (3) Judged by the paper's method at every rate, or by `full` where the sweep hasn't that one. */
export const scheduleClaim: Claim = {
  claim: 'schedule',
  text: `The schedule ${nameOf(paperSchedule)} beats ${list(others.map(nameOf))}.`,
  judge(evidence) {
    const { schedules } = evidence.data.specification;
    const absent = [paperSchedule, ...others].filter((id) => !schedules.some((schedule) => schedule.id === id));
    const ofPaper = comparisonsOf(evidence, paperMethod.id);
    const method = ofPaper.length > 0 ? paperMethod.id : referenceMethod;
    const found = (ofPaper.length > 0 ? ofPaper : comparisonsOf(evidence, referenceMethod)).map((compared) => ({
      compared,
      decision: decisionOf(compared),
    }));
    if (found.length === 0) {
      return { holds: 'untested', sentence: missingSentence(absent) };
    }
    const of = (wanted: string) => found.filter(({ decision }) => decision === wanted);
    const known = new Set(found.map(({ compared: { paper, other } }) => `${paper.key} ${other.key}`));
    const missing = missingPairs(evidence.data, (paper, other) => known.has(`${paper} ${other}`));
    const holds = decide(
      found.map(({ decision }) => decision),
      absent.length + missing,
    );
    const counts = `Of ${count(found.length, 'comparison')} of ${methodName(method)} with another schedule ${nameOf(paperSchedule)} ${tally(found.map(({ decision }) => decision))}.`;
    const decisive = [...(holds === 'fails' ? of('against') : of('open').length > 0 ? of('open') : found)].sort(
      (a, b) => a.compared.lead - b.compared.lead,
    )[0];
    return {
      holds: absent.length > 0 && holds !== 'fails' ? 'untested' : holds,
      sentence: [
        counts,
        decisive.compared.comparison.sentence,
        ...(missing > 0 ? [`${count(missing, 'comparison')} can’t be made yet.`] : []),
        ...(absent.length > 0 ? [missingSentence(absent)] : []),
      ].join(' '),
    };
  },
};

/** Comparisons by the paper's method, or by `full`, that a finished sweep has and this one lacks: less what can't be reached. */
function missingPairs(
  { specification: { methods, rates }, settings, gaps }: SweepData,
  isFound: (first: string, second: string) => boolean,
): number {
  const [method, at] = methods.includes(paperMethod.id) ? [paperMethod.id, rates] : [referenceMethod, [null]];
  const indices = [...settings.keys()];
  return indices
    .filter((index) => settings[index].schedule.id === paperSchedule)
    .flatMap((paper) =>
      indices
        .filter((index) => others.includes(settings[index].schedule.id) && isAlike(settings[paper], settings[index]))
        .flatMap((other) => at.map((rate) => [paper, other].map((index) => pointKey(index, method, rate)))),
    )
    .filter(([paper, other]) => !isFound(paper, other) && !gaps.has(paper) && !gaps.has(other)).length;
}

/** Do two settings differ in nothing but their schedules? */
function isAlike(a: Setting, b: Setting): boolean {
  return a.model === b.model && taskKey(a.task) === taskKey(b.task);
}

function missingSentence(absent: readonly string[]): string {
  return absent.length > 0
    ? `The sweep has no schedule ${list(absent.map(nameOf))}, which the claim is about.`
    : 'No two of its schedules have finished the same cells yet.';
}

function comparisonsOf({ data, points, schedules }: Evidence, method: string): PaperComparison[] {
  const byKey = new Map(points.map((point) => [point.key, point]));
  const idOf = ({ setting }: SweepPoint) => data.settings[setting].schedule.id;
  return schedules.flatMap((comparison) => {
    const [first, second] = [byKey.get(comparison.first)!, byKey.get(comparison.second)!];
    if (first.method !== method) return [];
    if (idOf(first) === paperSchedule && others.includes(idOf(second))) return [turned(comparison, first, second, true)];
    if (idOf(second) === paperSchedule && others.includes(idOf(first))) return [turned(comparison, first, second, false)];
    return [];
  });
}
