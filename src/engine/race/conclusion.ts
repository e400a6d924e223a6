import { laneLetters } from '../../protocol/lanes';
import type { RaceComparison, RaceRow, RaceSpecification } from '../../protocol/race';
import type { Conclusion } from '../../protocol/results';
import { count, list } from '../analysis/wording';
import { findSchedule } from '../schedules/registry';
import { shortName } from '../short-name';
import { samplingError } from '../statistics/wilson';
import { accuracies } from './compare';

/** Below this a difference is called more than chance. */
const significance = 0.05;

/** Means of equal accuracies in another order of their sum differ by their rounding. */
const rounding = 1e-12;

/** The schedule that every other one is held against. */
const fixedSchedule = 'fixed';

interface Standing {
  lane: string;
  /** Mean test accuracy over its seeds. */
  accuracy: number;
  seeds: number;
}

/**
 * Which lane came out best on test, and whether its lead over the next one, and over one with a fixed rate, is more than chance; or which ones came
 * out level there. Lanes that lack a seed that another has are left out of the order: their mean is over other seeds.
 */
export function concludeRace({ lanes }: RaceSpecification, rows: readonly RaceRow[], comparisons: readonly RaceComparison[]): Conclusion {
  const order = standings(
    lanes.map(({ id }) => id),
    rows,
  );
  const [best, next] = order;
  if (!best) {
    return {
      claim: 'No lane came to its end.',
      caution: rows.length === 0 ? 'Nothing was measured yet.' : 'Every lane broke: take lower peaks.',
    };
  }
  const name = (id: string) => laneName(lanes, id);
  const level = order.filter(({ accuracy }) => best.accuracy - accuracy <= rounding);
  const sentences =
    level.length === 1
      ? [`${capital(name(best.lane))} came out best on test, at ${percent(best.accuracy)}.`]
      : [levelSentence(level, lanes, name)];
  if (next && level.length === 1) {
    sentences.push(verdict(name, best, next, comparisons));
    const fixed = order.find(({ lane }) => lane !== best.lane && lane !== next.lane && isFixed(lanes, lane));
    if (fixed) {
      sentences.push(verdict(name, best, fixed, comparisons));
    }
  }
  const missing = lanes.filter(({ id }) => !order.some(({ lane }) => lane === id)).map(({ id }) => id);
  if (missing.length > 0) {
    sentences.push(`Left out, since not every seed of theirs came to an end: ${missing.map((id) => laneLetters[id]).join(', ')}.`);
  }
  return { claim: sentences.join(' '), caution: cautionFor(best, rows, comparisons) };
}

/** Lanes that finished as many seeds as any did, best first. */
function standings(lanes: readonly string[], rows: readonly RaceRow[]): Standing[] {
  const all = lanes
    .map((lane) => ({ lane, values: [...accuracies(rows, lane).values()] }))
    .map(({ lane, values }) => ({ lane, seeds: values.length, accuracy: values.reduce((sum, value) => sum + value, 0) / values.length }));
  const most = Math.max(...all.map(({ seeds }) => seeds));
  return all.filter(({ seeds }) => seeds > 0 && seeds === most).sort((a, b) => b.accuracy - a.accuracy);
}

/** Of lanes with the same mean none won, whatever their order. */
function levelSentence(level: readonly Standing[], lanes: RaceSpecification['lanes'], name: (id: string) => string): string {
  const all = lanes.length === 2 ? 'both lanes' : `all ${lanes.length} lanes`;
  const who = level.length === lanes.length ? all : list(level.map(({ lane }) => name(lane)));
  const best = level.length === lanes.length ? '' : ' and best';
  return `${capital(who)} came out level${best} on test, at ${percent(level[0].accuracy)}.`;
}

function verdict(name: (id: string) => string, best: Standing, other: Standing, comparisons: readonly RaceComparison[]): string {
  const found = comparisons.find(
    ({ first, second }) => (first === best.lane && second === other.lane) || (first === other.lane && second === best.lane),
  );
  if (!found) {
    return '';
  }
  const turned = found.first !== best.lane;
  const difference = turned ? -found.difference : found.difference;
  const { interval, p, seeds } = found;
  const rival = name(other.lane);
  if (interval === null) {
    return `It is ${points(difference)} ahead of ${rival} with this one seed, which proves nothing.`;
  }
  if (p === null) {
    return `It is ${points(difference)} ahead of ${rival} with each of ${seeds} seeds alike: that leaves no spread to judge the lead by.`;
  }
  const [low, high] = turned ? [-interval[1], -interval[0]] : interval;
  const measured = `95 % interval ${signed(low)} to ${signed(high)}, ${seeds} seeds, p ${probability(p)}`;
  return p < significance
    ? `It beats ${rival} by ${points(difference)} (${measured}).`
    : `Against ${rival} there is no difference that ${seeds} seeds can show: ${points(difference)} (${measured}).`;
}

function cautionFor(best: Standing, rows: readonly RaceRow[], comparisons: readonly RaceComparison[]): string {
  const testCount = rows[0].testCount;
  const error = samplingError(best.accuracy, testCount);
  const sampling = `A test set of ${count(testCount, 'sentence')} alone has a sampling error of ${points(error)}.`;
  if (best.seeds === 1) {
    return `One seed proves nothing. ${sampling} Raise the seeds to compare.`;
  }
  const corrected =
    comparisons.length > 1
      ? ` ${comparisons.length} pairs were compared at once: their p values are corrected by Holm’s method, their intervals are not.`
      : '';
  return `${sampling}${corrected} The seeds draw their splits from the same sentences, so the intervals are somewhat too narrow.`;
}

/** `lane B (CALR, peak 0.03)`: by what it goes at the end. Brackets in brackets read badly. */
function laneName(lanes: RaceSpecification['lanes'], id: string): string {
  const last = lanes.find((lane) => lane.id === id)?.segments.at(-1);
  return `lane ${laneLetters[id]}${last ? ` (${shortName(findSchedule(last.schedule.id))}, peak ${last.peak})` : ''}`;
}

function isFixed(lanes: RaceSpecification['lanes'], id: string): boolean {
  return lanes.find((lane) => lane.id === id)?.segments.every(({ schedule }) => schedule.id === fixedSchedule) === true;
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

function probability(p: number): string {
  return p < 0.001 ? 'below 0.001' : p.toFixed(3);
}

function signed(fraction: number): string {
  return (100 * fraction)
    .toFixed(1)
    .replace(/^-0\.0$/, '0.0')
    .replace('-', '−');
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function points(fraction: number): string {
  const value = (100 * fraction).toFixed(1).replace(/^-0\.0$/, '0.0');
  return `${value} ${value === '1.0' ? 'point' : 'points'}`;
}
