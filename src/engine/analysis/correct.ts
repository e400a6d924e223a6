import type { Comparison } from '../../protocol/analysis';
import { holm } from '../statistics/holm';
import type { Measured, Pair } from './compare';
import { spreadInterval } from './estimate';
import { count, percent, points, range, signed } from './wording';

/** Below this a difference is called more than chance. */
const significance = 0.05;

/** What the two points of a pair are called in a sentence, and where they stand. */
export interface Names {
  first: string;
  second: string;
  /** `at 90 %`, with what tells the setting from others. */
  place: string;
}

/** Which of the two a comparison proves to be better, after the correction for all tests of the analysis. */
export function winner({ difference, corrected }: Pick<Comparison, 'difference' | 'corrected'>): 'first' | 'second' | null {
  if (corrected === null || corrected >= significance) {
    return null;
  }
  return difference.mean > 0 ? 'first' : 'second';
}

/** Corrects the p values of all comparisons at once, each of the two tests by itself, and says what each comparison comes to. */
export function concludeComparisons(all: readonly { pair: Pair; measured: Measured; names: Names }[]): Comparison[] {
  const corrected = holm(all.map(({ measured }) => measured.p));
  const mcNemarCorrected = holm(all.map(({ measured }) => measured.mcNemar));
  return all.map(({ measured, names }, i) => {
    const comparison = { ...measured, corrected: corrected[i], mcNemarCorrected: mcNemarCorrected[i] };
    return { ...comparison, sentence: sentenceOf(comparison, names, all.length) };
  });
}

/** `At 90 % “Low-rank, retrained” beats “Pre-compressed, frozen” by 1.8 points, 95 % interval 0.9 to 2.7, 8 seeds.` */
function sentenceOf(comparison: Omit<Comparison, 'sentence'>, names: Names, tests: number): string {
  const { difference } = comparison;
  const { mean, seeds } = difference;
  const turned = mean < 0;
  const [ahead, behind] = turned ? [names.second, names.first] : [names.first, names.second];
  const lead = points(Math.abs(mean));
  const place = names.place[0].toUpperCase() + names.place.slice(1);
  const interval = spreadInterval(difference);
  if (seeds === 1) {
    return `${place} one seed shows nothing: ${ahead} ${mean === 0 ? 'is level with' : `is ${lead} ahead of`} ${behind}.`;
  }
  if (interval === null) {
    return Math.abs(mean) < 1e-9
      ? `${place} ${ahead} and ${behind} are level with each of ${seeds} seeds.`
      : `${place} ${ahead} is ${lead} ahead of ${behind} with each of ${seeds} seeds alike: that leaves no spread to judge the lead by.`;
  }
  const measured = `${range(turned ? [-interval[1], -interval[0]] : interval)}, ${count(seeds, 'seed')}`;
  if (winner(comparison)) {
    return `${place} ${ahead} beats ${behind} by ${lead}, ${measured}.`;
  }
  if (interval[0] > 0 || interval[1] < 0) {
    return `${place} ${ahead} leads ${behind} by ${lead}, ${measured}; of ${tests} comparisons some will look so by chance.`;
  }
  return `${place} there is no difference between ${ahead} and ${behind} that ${seeds} seeds can show: ${signed(Math.abs(mean))} points, ${measured}.`;
}

/** `at 90 % (LSTM, CALR)`, or `uncompressed`. */
export function placeName(requestedRate: number | null, setting: string): string {
  const rate = requestedRate === null ? 'uncompressed' : `at ${percent(requestedRate)}`;
  return setting ? `${rate} (${setting})` : rate;
}
