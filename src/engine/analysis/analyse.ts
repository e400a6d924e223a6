import type { AnalysisOptions, Comparison, SweepAnalysis } from '../../protocol/analysis';
import type { SweepResults } from '../../protocol/sweep';
import { LabError } from '../errors';
import { cautionFor } from './caution';
import { judgeClaims } from './claims/registry';
import { comparePairs, type Pair } from './compare';
import { methodPairs } from './comparisons';
import { concludeComparisons, type Names, placeName } from './correct';
import { methodName, scheduleName } from './names';
import { describePoints } from './points';
import { recommend } from './recommend';
import { schedulePairs } from './schedules';
import { settingName, taskAndModelName } from './settings';
import { indexSweep, type SweepData } from './sweep-data';

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

function methodNames({ settings, specification }: SweepData, { first, second }: Pair): Names {
  return {
    first: methodName(first.method),
    second: methodName(second.method),
    place: placeName(first.requestedRate, settingName(settings[first.setting], specification)),
  };
}

function scheduleNames({ settings, specification }: SweepData, { first, second }: Pair): Names {
  const nameOf = ({ setting, method }: Pair['first']) => `${methodName(method)} with ${scheduleName(settings[setting].schedule)}`;
  return {
    first: nameOf(first),
    second: nameOf(second),
    place: placeName(first.requestedRate, taskAndModelName(settings[first.setting], specification)),
  };
}
