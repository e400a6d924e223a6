import type { AnalysisOptions, Comparison, SweepAnalysis } from '../../protocol/analysis';
import type { SweepResults } from '../../protocol/sweep';
import { LabError } from '../errors';
import { cautionFor } from './caution';
import { judgeClaims } from './claims/registry';
import { comparePairs, type Pair } from './compare';
import { methodPairs } from './comparisons';
import { controlFinding } from './control';
import { concludeComparisons, type Names, placeName } from './correct';
import { methodName, scheduleName } from './names';
import { describePoints } from './points';
import { recommend } from './recommend';
import { schedulePairs } from './schedules';
import { settingName, taskAndModelName } from './settings';
import { type CellsOfPoint, indexSweep, type SweepData } from './sweep-data';
import { percent } from './wording';

/**
 * What a sweep says, finished or in part: points with intervals over seeds, comparisons in pairs, verdicts on the paper's claims, recommendations.
 * The same results, in whatever order, and the same options give the same analysis.
 *
 * @param turn lets others work in between
 * @throws LabError `bad-specification` where the results contradict themselves, or the allowed loss is no fraction
 */
export async function analyse(
  results: SweepResults,
  { allowedLoss }: AnalysisOptions,
  turn: () => Promise<void> = async () => {},
): Promise<SweepAnalysis> {
  if (!(allowedLoss >= 0 && allowedLoss <= 1)) {
    throw new LabError('bad-specification', 'The allowed loss is no fraction of accuracy.', 'Give one from 0 to 100 points.');
  }
  const data = indexSweep(results);
  const points = describePoints(data);
  const { methods, schedules } = await compareAll(data, turn);
  return {
    settings: data.settings,
    points,
    methods,
    schedules,
    verdicts: judgeClaims({ data, points, methods, schedules }),
    controls: controlFinding({ data, points, methods, schedules }),
    recommendations: recommend(data, allowedLoss),
    caution: cautionFor(data, methods.length + schedules.length),
  };
}

/** Holm's correction is over both kinds: who reads the page sees them all. */
async function compareAll(data: SweepData, turn: () => Promise<void>): Promise<{ methods: Comparison[]; schedules: Comparison[] }> {
  const methods = methodPairs(data);
  const schedules = schedulePairs(data);
  const kinds = new Map<Pair, 'methods' | 'schedules'>([
    ...methods.map((pair) => [pair, 'methods'] as const),
    ...schedules.map((pair) => [pair, 'schedules'] as const),
  ]);
  const measured = (await comparePairs([...kinds.keys()], turn)).map(({ pair, measured: of }) => {
    const kind = kinds.get(pair)!;
    return { kind, pair, measured: of, names: kind === 'methods' ? methodNames(data, pair) : scheduleNames(data, pair) };
  });
  const concluded = concludeComparisons(measured);
  const of = (kind: 'methods' | 'schedules') => concluded.filter((_, i) => measured[i].kind === kind);
  return { methods: of('methods'), schedules: of('schedules') };
}

function methodNames({ settings, specification }: SweepData, pair: Pair): Names {
  const { first } = pair;
  return {
    ...namesOf(pair, ({ method }) => methodName(method)),
    place: placeName(first.requestedRate, settingName(settings[first.setting], specification)),
  };
}

function scheduleNames({ settings, specification }: SweepData, pair: Pair): Names {
  const { first } = pair;
  return {
    ...namesOf(pair, ({ setting, method }) => `${methodName(method)} with ${scheduleName(settings[setting].schedule)}`),
    place: placeName(first.requestedRate, taskAndModelName(settings[first.setting], specification)),
  };
}

/** Of more, two points are not at the same rate, though both were asked for it. */
const largestBytesRatio = 1.1;

/** What the two are called; with the rates that they reached, where one takes more bytes for what it can do. */
function namesOf({ first, second }: Pair, nameOf: (point: CellsOfPoint) => string): Pick<Names, 'first' | 'second'> {
  const kept = [first, second].map((point) => 1 - reachedRate(point));
  const isAlike = Math.max(...kept) <= largestBytesRatio * Math.min(...kept);
  const called = (point: CellsOfPoint) => (isAlike ? nameOf(point) : `${nameOf(point)} (${percent(reachedRate(point))} off)`);
  return { first: called(first), second: called(second) };
}

function reachedRate({ cells }: CellsOfPoint): number {
  return [...cells.values()].reduce((sum, { row }) => sum + row.rate, 0) / cells.size;
}
