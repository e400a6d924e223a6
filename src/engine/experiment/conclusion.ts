import type { ExperimentPlan } from '../../protocol/plan';
import type { Conclusion, ResultRow } from '../../protocol/results';
import type { CompressionMethod } from '../compression/method';
import { findMethod, paperMethod } from '../compression/registry';
import { counted } from '../data/problems';
import { samplingError } from '../statistics/wilson';
import { againstFloor, isLevel } from './floor';
import { paperLoss, paperRate } from './paper';
import { referenceMethod } from './specification';

/**
 * What the rows show about the paper's first claim (at 90 %, `low-rank` loses under 1 % of accuracy and the best other method about
 * 3.5 %), at 90 % or else the largest rate that was run, in means over seeds; and what they can't show.
 *
 * @param plan what was to be measured, which tells why something was not; null where the run ended before it had one
 * @param equalTrials whether every trained method tried equally many learning rates
 */
export function conclude(rows: readonly ResultRow[], plan: Pick<ExperimentPlan, 'methods'> | null = null, equalTrials = true): Conclusion {
  const full = rows.filter(({ method }) => method === referenceMethod);
  const rates = rows.filter(({ method }) => method === paperMethod.id).map(({ requestedRate }) => requestedRate ?? 0);
  if (full.length === 0 || rates.length === 0) {
    return {
      claim: `The paper’s claim is about low-rank factors against the full table; ${whyNotBoth(plan)}`,
      caution: cautionFor(rows, equalTrials),
    };
  }
  const rate = rates.includes(paperRate) ? paperRate : Math.max(...rates);
  // After a stop a method may lack seeds that another has: only those that all have are compared.
  const seeds = commonSeeds(rows.filter(({ requestedRate }) => requestedRate === rate || requestedRate === null));
  const { accuracy: reference, floor, learnedNothing } = againstFloor(full.filter(({ seed }) => seeds.has(seed)));
  if (learnedNothing) {
    const claim =
      `The full table learned nothing here: ${percent(reference)} on test is not above what always saying the most frequent class scores ` +
      `(${percent(floor)}). So this run can say nothing of compression.`;
    return { claim, caution: cautionFor(rows, equalTrials) };
  }
  const drops = new Map<string, number>();
  for (const { method, requestedRate } of rows) {
    if (requestedRate === rate && !drops.has(method)) {
      drops.set(
        method,
        meanDrop(
          rows.filter(({ seed }) => seeds.has(seed)),
          full,
          method,
          rate,
        ),
      );
    }
  }
  const own = drops.get(paperMethod.id) as number;
  const bestOf = (standing: CompressionMethod['standing']) =>
    [...drops].filter(([method]) => findMethod(method).standing === standing).sort((a, b) => a[1] - b[1])[0];
  const [rival, control] = [bestOf('rival'), bestOf('control')];
  const holds = own < paperLoss;
  const bar = rate === paperRate ? 'the 1 point that the paper claims' : 'the 1 point that the paper claims for 90 %';
  const verdict = own < -0.0005 ? 'where the paper claims a loss of under 1 point' : `${holds ? 'within' : 'more than'} ${bar}`;
  const claim = `At ${percent(rate)}, low-rank factors ${change(own)} of test accuracy against the full table (${percent(reference)}), ${verdict}.`;
  const sentences = [claim, ...(rival ? [compareWithRival(own, ...rival)] : []), ...(control ? compareWithControl(own, ...control) : [])];
  return { claim: sentences.join(' '), caution: cautionFor(rows, equalTrials) };
}

/** Why a run has no rows of both, and what to do where that helps. A training that broke counts as an end: the method's own row says it. */
function whyNotBoth(plan: Pick<ExperimentPlan, 'methods'> | null): string {
  const planned = plan?.methods.filter(({ method }) => method === paperMethod.id);
  if (planned?.length === 0) {
    return 'this run was not asked for low-rank factors.';
  }
  const reasons = planned?.flatMap(({ unreachable }) => unreachable ?? []) ?? [];
  if (planned && reasons.length === planned.length) {
    return `no low-rank factors reach ${reasons.length === 1 ? 'the wanted rate' : 'a wanted rate'} on this table. ${reasons[0]} Take a lower rate.`;
  }
  return 'this run ended without both.';
}

function compareWithRival(own: number, rivalId: string, rivalDrop: number): string {
  const rival = `The best rival, ${findMethod(rivalId).label}, ${change(rivalDrop)}`;
  const difference = rivalDrop - own;
  if (isLevel(difference)) {
    return `${rival} and did as well.`;
  }
  return difference > 0
    ? `${rival}, and so did worse by ${points(difference)}: in this run, the paper’s order (there the rivals lost about 3.5).`
    : `${rival}, and so did better by ${points(-difference)}: in this run the paper’s order does not hold.`;
}

/** Worth a sentence only where the control is ahead: it is no method that the paper is held against, and behind is where it belongs. */
function compareWithControl(own: number, id: string, drop: number): string[] {
  if (drop >= own || isLevel(own - drop)) return [];
  return [`The control, ${findMethod(id).label}, ${change(drop)}: at this rate the factors keep less than training from nothing teaches.`];
}

function meanDrop(rows: readonly ResultRow[], full: readonly ResultRow[], method: string, rate: number): number {
  const drops = rows
    .filter((row) => row.method === method && row.requestedRate === rate)
    .flatMap((row) => full.filter(({ seed }) => seed === row.seed).map((reference) => reference.testAccuracy - row.testAccuracy));
  return mean(drops);
}

/** Seeds for which every method among the rows has one; all of them where no seed has every method. */
function commonSeeds(rows: readonly ResultRow[]): Set<number> {
  const methods = new Set(rows.map(({ method }) => method));
  const seeds = new Set(rows.map(({ seed }) => seed));
  const common = [...seeds].filter(
    (seed) => new Set(rows.filter((row) => row.seed === seed).map(({ method }) => method)).size === methods.size,
  );
  return new Set(common.length > 0 ? common : seeds);
}

function cautionFor(rows: readonly ResultRow[], equalTrials: boolean): string {
  const seeds = new Set(rows.map(({ seed }) => seed)).size;
  const [row] = rows;
  if (!row) {
    return 'Nothing was measured yet.';
  }
  const error = samplingError(row.testAccuracy, row.testCount);
  const sampling = `a test set of ${counted(row.testCount, 'sentence')} alone has a sampling error of ${points(error)}`;
  const trials = equalTrials ? '' : ' The methods had unequal numbers of learning rates to choose from.';
  return seeds === 1
    ? `One seed proves nothing: ${sampling}. Raise the seeds to see the spread.${trials}`
    : `${seeds} seeds: ${sampling}; a difference smaller than the spread over seeds may be chance.${trials}`;
}

function change(drop: number): string {
  if (isLevel(drop)) {
    return 'lost nothing';
  }
  return drop > 0 ? `lost ${points(drop)}` : `gained ${points(-drop)}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function points(fraction: number): string {
  const value = (100 * fraction).toFixed(1);
  return `${value} ${value === '1.0' ? 'point' : 'points'}`;
}
