import type { Setting } from '../../protocol/analysis';
import type { ResultRow } from '../../protocol/results';
import type { SweepCell, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { methods } from '../compression/registry';
import { LabError } from '../errors';
import { groupKey } from '../sweep/keys';
import { readCorrect } from './correct-items';
import { settingsOf } from './settings';

/** A cell with its test items at hand. */
export interface ReadCell {
  row: ResultRow;
  correct: Uint8Array;
}

/** A method at a rate in a setting: its cells by seed. */
export interface CellsOfPoint {
  key: string;
  setting: number;
  method: string;
  requestedRate: number | null;
  /** In the specification's order of seeds. */
  cells: ReadonlyMap<number, ReadCell>;
}

/** A sweep's cells, sorted by what they are of. */
export interface SweepData {
  specification: SweepSpecification;
  settings: Setting[];
  /** By setting, then rate (none first), then the order of the registry. */
  points: CellsOfPoint[];
  byKey: ReadonlyMap<string, CellsOfPoint>;
  /** Points that some seed will never have. */
  gaps: ReadonlySet<string>;
}

/** Names a point. */
export function pointKey(setting: number, method: string, requestedRate: number | null): string {
  return `${setting}/${method}${requestedRate === null ? '' : `@${requestedRate}`}`;
}

/**
 * Sorts the cells of a sweep. In which order they came makes no difference.
 *
 * @throws LabError `bad-specification` where a cell is of no group, comes twice, or contradicts itself
 */
export function indexSweep({ specification, cells, gaps }: SweepResults): SweepData {
  const settings = settingsOf(specification);
  const places = new Map(
    settings.flatMap((setting, index) => specification.seeds.map((seed) => [groupKey({ ...setting, seed }), { setting: index, seed }])),
  );
  const placeOf = (group: string) => {
    const place = places.get(group);
    if (!place) throw damaged('They hold a group that their specification doesn’t have.');
    return place;
  };
  const found = new Map<string, CellsOfPoint & { cells: Map<number, ReadCell> }>();
  for (const cell of cells) {
    const { setting, seed } = placeOf(cell.group);
    const { method, requestedRate } = cell.row;
    const key = pointKey(setting, method, requestedRate);
    const point = found.get(key) ?? { key, setting, method, requestedRate, cells: new Map<number, ReadCell>() };
    if (point.cells.has(seed)) throw damaged(`${method} with seed ${seed} is there twice.`);
    point.cells.set(seed, readCell(cell, seed));
    found.set(key, point);
  }
  const methodPlaces = new Map(methods.map(({ id }, place) => [id, place]));
  const seedPlaces = new Map(specification.seeds.map((seed, place) => [seed, place]));
  const points = [...found.values()]
    .map((point) => ({ ...point, cells: new Map([...point.cells].sort(([a], [b]) => seedPlaces.get(a)! - seedPlaces.get(b)!)) }))
    .sort(
      (a, b) =>
        a.setting - b.setting ||
        (a.requestedRate ?? -1) - (b.requestedRate ?? -1) ||
        (methodPlaces.get(a.method) ?? methods.length) - (methodPlaces.get(b.method) ?? methods.length),
    );
  return {
    specification,
    settings,
    points,
    byKey: new Map(points.map((point) => [point.key, point])),
    gaps: new Set(gaps.map((gap) => pointKey(placeOf(gap.group).setting, gap.method, gap.requestedRate))),
  };
}

const shares = ['validationAccuracy', 'testAccuracy', 'macroF1', 'beforeRetrainingAccuracy'] as const;
const sizes = ['bytes', 'networkBytes', 'testCount'] as const;

function readCell({ row, correct }: SweepCell, seed: number): ReadCell {
  const what = `${row.method}${row.requestedRate === null ? '' : ` at ${row.requestedRate}`} with seed ${seed}`;
  if (!methods.some(({ id }) => id === row.method)) throw damaged(`There is no method “${row.method}”.`);
  if (row.seed !== seed) throw damaged(`${what} is of another group.`);
  for (const field of shares) {
    const value = row[field];
    if (!(value === null && field === 'beforeRetrainingAccuracy') && !(Number(value) >= 0 && Number(value) <= 1)) {
      throw damaged(`${what}: its ${field} is no share.`);
    }
  }
  for (const field of sizes) {
    if (!(Number.isSafeInteger(row[field]) && row[field] > 0)) throw damaged(`${what}: its ${field} is no count.`);
  }
  if (!(Number.isFinite(row.rate) && (row.requestedRate === null || Number.isFinite(row.requestedRate)))) {
    throw damaged(`${what}: its rate is no number.`);
  }
  return { row, correct: readCorrect(correct, row.testCount, row.testAccuracy, what) };
}

function damaged(what: string): LabError {
  return new LabError('bad-specification', `These sweep results can’t be used. ${what}`, 'Take the file as the lab wrote it.');
}
