import type { ResultRow } from '../../protocol/results';
import type { SweepGroup, SweepResults } from '../../protocol/sweep';
import { settingsOf } from '../analysis/settings';
import { groupKey } from '../sweep/keys';

/** Every field of a row, so that one that is added is missed by the compiler. */
const rowFields: Record<keyof ResultRow, true> = {
  method: true,
  requestedRate: true,
  rate: true,
  bytes: true,
  networkBytes: true,
  rank: true,
  levels: true,
  groups: true,
  validationAccuracy: true,
  validationMacroF1: true,
  testAccuracy: true,
  beforeRetrainingAccuracy: true,
  beforeRetrainingMacroF1: true,
  macroF1: true,
  majorityAccuracy: true,
  testCount: true,
  learningRate: true,
  steps: true,
  seconds: true,
  seed: true,
};
const fields = Object.keys(rowFields) as (keyof ResultRow)[];

const groupColumns = ['datasetId', 'datasetName', 'task', 'model', 'schedule', 'scheduleParameters'];

/** A sweep's finished cells, a line each, with what they are of: RFC 4180, in the order of the results. Fractions as they are, nothing where nothing applies. */
export function cellsCsv({ specification, cells, adapters }: SweepResults): string {
  const groups = new Map(
    settingsOf(specification).flatMap((setting) =>
      specification.seeds.map((seed): [string, SweepGroup] => [groupKey({ ...setting, seed }), { ...setting, seed }]),
    ),
  );
  const lines = cells.map(({ group, row, adapter }) => {
    const of = groups.get(group);
    const ofGroup = of
      ? [of.task.dataset.id, of.task.dataset.name, of.task.task, of.model, of.schedule.id, JSON.stringify(of.schedule.parameters)]
      : groupColumns.map(() => null);
    return [...ofGroup, ...fields.map((field) => row[field]), adapters[adapter]?.backend ?? null, adapters[adapter]?.name ?? null];
  });
  return toCsv([[...groupColumns, ...fields, 'backend', 'adapter'], ...lines]);
}

/** Lines end in CR LF. Text that a spreadsheet would take for a formula is led by an apostrophe: names can come from a visitor's file. */
export function toCsv(lines: readonly (readonly (string | number | null)[])[]): string {
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = /^\s*[=+\-@]|^[\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
