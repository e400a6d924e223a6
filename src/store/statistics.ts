import type { ResultRow } from '../protocol/results';

export interface MeanSpread {
  mean: number;
  /** Sample standard deviation; null for a single value. */
  spread: number | null;
}

export function meanSpread(values: readonly number[]): MeanSpread | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, spread: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
}

/** One method at one rate, over its seeds: a line of the results table. */
export interface ResultGroup {
  key: string;
  method: string;
  requestedRate: number | null;
  rows: ResultRow[];
  rate: number;
  bytes: number;
  networkBytes: number;
  /** Bytes of the full embedding over bytes of this one. */
  timesSmaller: number;
  validation: MeanSpread;
  validationMacroF1: MeanSpread;
  test: MeanSpread;
  /** Points lost against `full` of the same seed, so that seeds are compared in pairs; null for `full` and where it is missing. */
  drop: MeanSpread | null;
  before: MeanSpread | null;
  beforeMacroF1: MeanSpread | null;
  macroF1: MeanSpread;
  /** Test accuracy of always saying the most frequent class. */
  majority: number;
  learningRates: number[];
  seeds: number[];
  seconds: number;
}

export function groupResults(rows: readonly ResultRow[]): ResultGroup[] {
  const full = new Map(rows.filter((row) => row.method === 'full').map((row) => [row.seed, row]));
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = row.requestedRate === null ? row.method : `${row.method}@${row.requestedRate}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => toGroup(key, members, full));
}

function toGroup(key: string, rows: ResultRow[], full: ReadonlyMap<number, ResultRow>): ResultGroup {
  const [first] = rows;
  const paired = rows.flatMap((row) => {
    const reference = full.get(row.seed);
    return reference && row.method !== 'full' ? [reference.testAccuracy - row.testAccuracy] : [];
  });
  // The table follows the training split, and so the seed: its bytes differ by a few words.
  const meanOf = (pick: (row: ResultRow) => number) => rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  return {
    key,
    method: first.method,
    requestedRate: first.requestedRate,
    rows,
    rate: meanOf((row) => row.rate),
    bytes: Math.round(meanOf((row) => row.bytes)),
    networkBytes: Math.round(meanOf((row) => row.networkBytes)),
    timesSmaller: 1 / Math.max(1e-9, 1 - meanOf((row) => row.rate)),
    validation: meanSpread(rows.map((row) => row.validationAccuracy))!,
    validationMacroF1: meanSpread(rows.map((row) => row.validationMacroF1))!,
    test: meanSpread(rows.map((row) => row.testAccuracy))!,
    drop: meanSpread(paired),
    before: meanSpread(rows.flatMap((row) => (row.beforeRetrainingAccuracy === null ? [] : [row.beforeRetrainingAccuracy]))),
    beforeMacroF1: meanSpread(rows.flatMap((row) => (row.beforeRetrainingMacroF1 === null ? [] : [row.beforeRetrainingMacroF1]))),
    macroF1: meanSpread(rows.map((row) => row.macroF1))!,
    majority: meanOf((row) => row.majorityAccuracy),
    learningRates: [...new Set(rows.flatMap((row) => (row.learningRate === null ? [] : [row.learningRate])))],
    seeds: rows.map((row) => row.seed),
    seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
  };
}
