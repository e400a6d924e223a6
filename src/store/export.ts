import type { ExperimentResults, ResultRow } from '../protocol/results';

const COLUMNS: (keyof ResultRow)[] = [
  'method',
  'requestedRate',
  'rate',
  'bytes',
  'networkBytes',
  'rank',
  'levels',
  'groups',
  'validationAccuracy',
  'validationMacroF1',
  'testAccuracy',
  'macroF1',
  'beforeRetrainingAccuracy',
  'beforeRetrainingMacroF1',
  'majorityAccuracy',
  'testCount',
  'learningRate',
  'steps',
  'seconds',
  'seed',
];

/** Rows under the names of the results file; what does not apply stays empty. */
export function resultsToCsv(rows: readonly ResultRow[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => csvCell(row[column])).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}

export function resultsToJson(results: ExperimentResults): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** Quoted where it must be. A leading sign of a formula is no risk here: every cell is a number or an id of ours. */
export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
