import type { Comparison, SweepPoint, Verdict } from '../../../protocol/analysis';
import { paperMethod } from '../../compression/registry';
import { winner } from '../correct';
import { spreadInterval } from '../estimate';
import { learnedNothing } from '../floor';
import { paperSchedule } from '../schedules';
import type { SweepData } from '../sweep-data';

/** What a claim is judged by. */
export interface Evidence {
  data: SweepData;
  points: readonly SweepPoint[];
  methods: readonly Comparison[];
  schedules: readonly Comparison[];
}

/** One claim of the paper's. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Claim {
  claim: Verdict['claim'];
  text: string;
  judge(evidence: Evidence): Pick<Verdict, 'holds' | 'sentence'>;
}

export type Decision = 'for' | 'against' | 'open';

/**
 * A claim of all its parts: it holds where every part is decided for it (each at its own 95 %, since all of them must be: Berger, Technometrics
 * 1982), and fails with a single part that is decided against it. Nothing is decided for parts that are missing.
 */
export function decide(parts: readonly Decision[], missing: number): Verdict['holds'] {
  if (parts.includes('against')) return 'fails';
  if (parts.length === 0) return 'untested';
  return parts.every((part) => part === 'for') && missing === 0 ? 'holds' : 'undecided';
}

/**
 * Settings that the claims on methods are about: those with the paper's schedule, or all where the sweep hasn't that one; less those whose full
 * table learned nothing, which nothing can be said of.
 */
export function settingsOfClaims(data: SweepData): number[] {
  const all = [...data.settings.keys()];
  const papers = all.filter((index) => data.settings[index].schedule.id === paperSchedule);
  return (papers.length > 0 ? papers : all).filter((index) => !learnedNothing(data, index));
}

/** What the claims on methods come to where no setting is left for them. */
export const nothingLearned: Pick<Verdict, 'holds' | 'sentence'> = {
  holds: 'untested',
  sentence: 'The full table learned nothing: it is not above always saying the most frequent class. So nothing can be said of compression.',
};

/** The paper's method against others, with the paper's first. */
export interface PaperComparison {
  comparison: Comparison;
  paper: SweepPoint;
  other: SweepPoint;
  /** Accuracy of the paper's less the other's, in the mean. */
  lead: number;
  interval: [number, number] | null;
}

/** Comparisons with the paper's method as one side, turned so that it comes first. */
export function paperComparisons({ points, methods }: Evidence): PaperComparison[] {
  const byKey = new Map(points.map((point) => [point.key, point]));
  return methods.flatMap((comparison) => {
    const [first, second] = [byKey.get(comparison.first)!, byKey.get(comparison.second)!];
    if (first.method !== paperMethod.id && second.method !== paperMethod.id) return [];
    return [turned(comparison, first, second, first.method === paperMethod.id)];
  });
}

export function turned(comparison: Comparison, first: SweepPoint, second: SweepPoint, isFirst: boolean): PaperComparison {
  const interval = spreadInterval(comparison.difference);
  const { mean } = comparison.difference;
  return isFirst
    ? { comparison, paper: first, other: second, lead: mean, interval }
    : { comparison, paper: second, other: first, lead: -mean, interval: interval && [-interval[1], -interval[0]] };
}

/** Is the paper's side proved better (by its interval), or worse (after the correction: one of many tests is enough to overturn a claim)? */
export function decisionOf({ comparison, lead, interval }: PaperComparison): Decision {
  if (interval !== null && interval[0] > 0) return 'for';
  return lead < 0 && winner(comparison) ? 'against' : 'open';
}

/** How many comparisons went which way, and by what: a win needs its own interval alone, a loss holds after the correction as well. */
export function tally(decisions: readonly Decision[]): string {
  const of = (wanted: Decision) => decisions.filter((decision) => decision === wanted).length;
  return `wins ${of('for')} by their own intervals, loses ${of('against')} after the correction for all, and ${of('open')} can’t be told`;
}
