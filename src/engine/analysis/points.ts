import type { SweepPoint } from '../../protocol/analysis';
import type { ResultRow } from '../../protocol/results';
import { referenceMethod } from '../experiment/specification';
import { differencesOfShares } from '../statistics/paired';
import { estimate, paired } from './estimate';
import { paretoFront } from './front';
import { type CellsOfPoint, pointKey, type SweepData } from './sweep-data';

/** Every point of a sweep, in the data's order: means over its seeds, and the drop against `full` seed by seed. */
export function describePoints(data: SweepData): SweepPoint[] {
  const points = data.points.map((point) => describe(data, point));
  const front = new Set<string>();
  for (const setting of data.settings.keys()) {
    for (const key of frontOf(points.filter((point) => point.setting === setting))) front.add(key);
  }
  return points.map((point) => ({ ...point, onFront: front.has(point.key) }));
}

function describe({ byKey }: SweepData, { key, setting, method, requestedRate, cells }: CellsOfPoint): SweepPoint {
  const rows = [...cells.values()].map(({ row }) => row);
  const of = (field: (row: ResultRow) => number) => rows.map(field);
  const reference = byKey.get(pointKey(setting, referenceMethod, null));
  const drops =
    method === referenceMethod || !reference
      ? []
      : paired(reference.cells, cells).map(({ first, second }) => first.row.testAccuracy - second.row.testAccuracy);
  return {
    key,
    setting,
    method,
    requestedRate,
    rate: mean(of(({ rate }) => rate)),
    bytes: mean(of(({ bytes }) => bytes)),
    networkBytes: mean(of(({ networkBytes }) => networkBytes)),
    accuracy: estimate(of(({ testAccuracy }) => testAccuracy))!,
    macroF1: estimate(of(({ macroF1 }) => macroF1))!,
    drop: estimate(drops, differencesOfShares),
    beforeRetraining: estimate(rows.flatMap(({ beforeRetrainingAccuracy: before }) => (before === null ? [] : [before]))),
    onFront: false,
  };
}

/**
 * In an unfinished sweep points differ in their seeds, so how good one is goes by its drop, seed by seed against `full`; where `full` is missing
 * there is no front.
 */
function frontOf(points: readonly SweepPoint[]): string[] {
  const drop = (point: SweepPoint) => (point.method === referenceMethod ? 0 : (point.drop?.mean ?? null));
  const comparable = points.flatMap((point) => {
    const lost = drop(point);
    return lost === null ? [] : [{ key: point.key, cost: point.bytes, value: -lost }];
  });
  return paretoFront(comparable).map(({ key }) => key);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
