import type { DeviceReport } from './device';
import type { Profile } from './profile';
import type { ExperimentSpecification } from './specification';

/** One method at one rate and one seed. Accuracies and rates are fractions; what does not apply is null. */
export interface ResultRow {
  method: string;
  requestedRate: number | null;
  /** Reached. */
  rate: number;
  /** Of the embedding. */
  bytes: number;
  /** Of the whole network, embedding included. */
  networkBytes: number;
  /** r of two factors, or of a table of fewer dimensions. */
  rank: number | null;
  /** Of a code. */
  levels: number | null;
  /** Into which a word's vector is cut. */
  groups: number | null;
  validationAccuracy: number;
  validationMacroF1: number;
  testAccuracy: number;
  /** On test: right after the embedding was factorized or projected, before retraining. */
  beforeRetrainingAccuracy: number | null;
  beforeRetrainingMacroF1: number | null;
  /** On test. */
  macroF1: number;
  /** On test: accuracy of always saying the class that is most frequent in training. The floor. */
  majorityAccuracy: number;
  testCount: number;
  /** Chosen peak of the last training phase. */
  learningRate: number | null;
  /** All training phases of the chosen trial, shared ones included. */
  steps: number;
  /** Wall time of this row, learning-rate trials included; shared phases count where they ran. */
  seconds: number;
  seed: number;
}

export interface ExperimentResults {
  specification: ExperimentSpecification;
  adapter: DeviceReport;
  versions: Record<string, string>;
  results: ResultRow[];
  /** Where the time went; null where nobody recorded it. */
  profile: Profile | null;
}

/** What the rows show, in plain sentences. */
export interface Conclusion {
  /** The paper's claim, beside what was measured. */
  claim: string;
  /** What one should not conclude: seeds, sampling error. */
  caution: string;
}
