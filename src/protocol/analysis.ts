import type { ExperimentSpecification } from './specification';
import type { SweepGroup, SweepResults } from './sweep';

/** A mean over seeds, with the interval that holds the true one with 95 % confidence, cut to what can be (a share to 0 to 1, a difference to -1 to 1); null with fewer than two seeds. Fractions. */
export interface Estimate {
  mean: number;
  interval: [number, number] | null;
  seeds: number;
}

/** What the seeds of a sweep have in common: a figure shows one such setting at a time, or sets schedules against each other. */
export type Setting = Omit<SweepGroup, 'seed'>;

/** A method at a rate in a setting, over its seeds. */
export interface SweepPoint {
  /** Unique in the analysis. */
  key: string;
  /** Index in `settings`. */
  setting: number;
  method: string;
  requestedRate: number | null;
  /** Reached; mean over seeds. */
  rate: number;
  /** Of the embedding; mean over seeds. */
  bytes: number;
  networkBytes: number;
  accuracy: Estimate;
  macroF1: Estimate;
  /** Accuracy of `full` less this one, seed by seed; null for `full`, and where it is missing. */
  drop: Estimate | null;
  /** Right after the factorization. */
  beforeRetraining: Estimate | null;
  /** No other point of the setting is both smaller and better in the mean. */
  onFront: boolean;
}

/** Two points that differ in one thing, paired over seeds and over test items. */
export interface Comparison {
  /** `SweepPoint.key`. */
  first: string;
  second: string;
  /** Accuracy of the first less the second. */
  difference: Estimate;
  /** Interval of the difference by the bootstrap, over seeds and over items within them. */
  bootstrap: [number, number] | null;
  /** Paired t over seeds, two-sided. */
  p: number | null;
  /** McNemar's exact test over the items of all seeds. */
  mcNemar: number | null;
  /** `p` after Holm's correction over all comparisons of the analysis; what `sentence` goes by. */
  corrected: number | null;
  /** `mcNemar` after Holm's correction over the same comparisons. */
  mcNemarCorrected: number | null;
  /** What it comes to, for a person: by the registries’ labels, also where one seed shows nothing. */
  sentence: string;
}

/** One of the paper's claims on this data. */
export interface Verdict {
  claim: 'loss' | 'order' | 'schedule';
  /** The claim, as the paper makes it. */
  text: string;
  holds: 'holds' | 'fails' | 'undecided' | 'untested';
  /** What was measured, and why that decides it. */
  sentence: string;
}

/** The smallest model whose mean loss on validation stays within what the user allows; its sentence says what it then lost on test. */
export interface Recommendation {
  /** `SweepPoint.key`. */
  point: string;
  /** Of this point alone, with all of the sweep’s seeds: it gives the same cells again. */
  specification: ExperimentSpecification;
  sentence: string;
}

export interface SweepAnalysis {
  settings: Setting[];
  points: SweepPoint[];
  /** Methods against each other at the same rate in the same setting. */
  methods: Comparison[];
  /** Schedules against each other, all else the same. */
  schedules: Comparison[];
  verdicts: Verdict[];
  /** Where a control keeps up with the paper's method, which decides no claim; null where none was measured. */
  controls: string | null;
  /** One for each task and network whose full table was measured; the schedule is chosen too. */
  recommendations: Recommendation[];
  /** What one should not conclude. */
  caution: string;
}

export interface AnalysisOptions {
  /** Points of accuracy (fraction) that a recommendation may lose in the mean. */
  allowedLoss: number;
}

export interface AnalysisLab {
  /** Bounded work, in the worker; the same results and options give the same analysis. */
  analyse(results: SweepResults, options: AnalysisOptions): Promise<SweepAnalysis>;
}
