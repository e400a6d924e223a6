import type { Estimate, SweepPoint } from '../../../protocol/analysis';
import { findMethod, paperMethod } from '../../compression/registry';
import { paperLoss, paperRate } from '../../experiment/paper';
import { spreadInterval } from '../estimate';
import { methodName } from '../names';
import { settingName } from '../settings';
import { pointKey } from '../sweep-data';
import { change, count, points as inPoints, list, percent, range } from '../wording';
import {
  type Claim,
  type Decision,
  decide,
  decisionOf,
  type Evidence,
  nothingLearned,
  type PaperComparison,
  paperComparisons,
  settingsOfClaims,
} from './claim';

/** What the best other method lost there, in the paper. */
const paperRivalLoss = 0.035;

interface Found {
  name: string;
  point: SweepPoint;
  /** The rival that comes nearest, or leads by most. */
  rival: PaperComparison | null;
  loss: Decision;
  order: Decision;
}

/** (1) What it loses is judged against the paper's bar; the best other only by whether it loses more: how much is what the data are like. */
export const lossClaim: Claim = {
  claim: 'loss',
  text: `At ${percent(paperRate)}, ${methodName(paperMethod.id)} loses under ${inPoints(paperLoss)} of accuracy, and the best other method about ${inPoints(paperRivalLoss)}.`,
  judge(evidence) {
    const settings = settingsOfClaims(evidence.data);
    if (settings.length === 0) return nothingLearned;
    const found = settings.flatMap((setting) => findIn(evidence, setting));
    const measured = new Set(found.map(({ point }) => point.setting));
    // Where some seeds have a gap and others a cell, it is measured.
    const awaited = settings.filter(
      (setting) => !measured.has(setting) && !evidence.data.gaps.has(pointKey(setting, paperMethod.id, paperRate)),
    );
    const missing = awaited.length + found.filter(({ rival }) => rival === null).length;
    if (found.length === 0) {
      return {
        holds: 'untested',
        sentence: `There is no ${methodName(paperMethod.id)} at ${percent(paperRate)} beside the full table yet, which is what the claim is about.`,
      };
    }
    const parts = found.flatMap(({ loss, order, rival }) => (rival ? [loss, order] : [loss]));
    // What decides: parts against the claim, else open ones, else those that hold by least.
    const severity = { against: 0, open: 1, for: 2 };
    const worst = [...found].sort(
      (a, b) =>
        Math.min(severity[a.loss], severity[a.order]) - Math.min(severity[b.loss], severity[b.order]) ||
        b.point.drop!.mean - a.point.drop!.mean,
    )[0];
    const onlyLoss = found.every(({ rival }) => rival === null);
    const holds = decide(parts, missing);
    return {
      holds: onlyLoss && holds === 'undecided' ? 'untested' : holds,
      sentence: [
        describe(worst),
        ...(found.length > 1 ? [`That is of ${found.length} settings the one that decides: ${summary(found)}.`] : []),
        ...(missing > 0
          ? [`${count(missing, 'setting')} of ${settings.length} ${missing === 1 ? 'is' : 'are'} not measured whole yet.`]
          : []),
      ].join(' '),
    };
  },
};

function findIn(evidence: Evidence, setting: number): Found[] {
  const { data, points } = evidence;
  const point = points.find(({ key }) => key === pointKey(setting, paperMethod.id, paperRate));
  if (!point?.drop) {
    return [];
  }
  const rivals = paperComparisons(evidence)
    .filter(({ paper, other }) => paper.key === point.key && findMethod(other.method).standing === 'rival')
    .sort((a, b) => a.lead - b.lead);
  const [rival = null] = rivals;
  return [
    {
      name: settingName(data.settings[setting], data.specification),
      point,
      rival,
      loss: lossDecision(point.drop),
      order: rival ? decisionOf(rival) : 'open',
    },
  ];
}

function lossDecision(drop: Estimate): Decision {
  const interval = spreadInterval(drop);
  if (interval === null) return 'open';
  if (interval[1] < paperLoss) return 'for';
  return interval[0] > paperLoss ? 'against' : 'open';
}

function describe({ name, point, rival, loss }: Found): string {
  const drop = point.drop!;
  const interval = spreadInterval(drop);
  const measured = interval ? `drop’s ${range(interval)}, ${count(drop.seeds, 'seed')}` : count(drop.seeds, 'seed');
  const judged = {
    for: `so under ${inPoints(paperLoss)}`,
    against: `so more than ${inPoints(paperLoss)}`,
    open: drop.seeds === 1 ? 'which proves nothing' : `which leaves open whether that is under ${inPoints(paperLoss)}`,
  }[loss];
  const own = `At ${percent(paperRate)}${name && ` (${name})`} ${methodName(paperMethod.id)} ${change(drop.mean)} (${measured}), ${judged}.`;
  if (!rival) {
    return `${own} No other method was measured there.`;
  }
  const rivalDrop = rival.other.drop;
  const lost = rivalDrop ? `${change(rivalDrop.mean)} (in the paper about ${inPoints(paperRivalLoss)})` : 'has no drop';
  return `${own} The best other, ${methodName(rival.other.method)}, ${lost}. ${rival.comparison.sentence}`;
}

function summary(found: readonly Found[]): string {
  const kept = found.filter(({ loss }) => loss === 'for').length;
  const broken = found.filter(({ loss }) => loss === 'against').length;
  const ahead = found.filter(({ order }) => order === 'for').length;
  const behind = found.filter(({ order }) => order === 'against').length;
  return list([
    `the loss is under the bar in ${kept} and over it in ${broken}`,
    `the best other is behind for sure in ${ahead} and ahead in ${behind}`,
  ]);
}
