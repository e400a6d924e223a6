import { formatPercent, signless } from '../../charts/format';
import type { LinePoint, LineSeries } from '../../charts/line-figure.types';
import type { MatrixCell } from '../../charts/matrix-figure';
import { laneStyle, type Scheme, styleOf } from '../../charts/palette';
import type { Estimate, Setting, SweepAnalysis, SweepPoint } from '../../protocol/analysis';
import { laneIds } from '../../protocol/lanes';
import type { ScheduleSpecification } from '../../protocol/specification';
import type { SweepGap, SweepResults } from '../../protocol/sweep';
import { groupKey } from '../../store/sweep/groups';

function pointAt(x: number, { mean, interval }: Estimate): LinePoint {
  return interval ? { x, y: mean, low: interval[0], high: interval[1] } : { x, y: mean };
}

function byMethod(points: readonly SweepPoint[]): Map<string, SweepPoint[]> {
  const methods = new Map<string, SweepPoint[]>();
  for (const point of points) methods.set(point.method, [...(methods.get(point.method) ?? []), point]);
  return methods;
}

function methodSeries(method: string, label: string, scheme: Scheme, points: readonly LinePoint[]): LineSeries {
  const style = styleOf(method);
  return { id: method, label, color: style[scheme], dash: style.dash, dots: true, points: [...points].sort((a, b) => a.x - b.x) };
}

/** Accuracy over bytes, a line a method. */
export function sizeSeries(points: readonly SweepPoint[], labelOf: (method: string) => string, scheme: Scheme): LineSeries[] {
  return [...byMethod(points)].map(([method, own]) =>
    methodSeries(
      method,
      labelOf(method),
      scheme,
      own.map((point) => pointAt(point.bytes, point.accuracy)),
    ),
  );
}

/** The points that no other one beats in both, from the smallest on: behind the lines, broad and pale. */
export function frontSeries(points: readonly SweepPoint[]): LineSeries {
  const front = points.filter(({ onFront }) => onFront).sort((a, b) => a.bytes - b.bytes);
  return {
    ...{ id: 'front', label: 'Pareto front', color: 'var(--ink)', dash: '', width: 8, opacity: 0.22, silent: true },
    points: front.map((point) => ({ x: point.bytes, y: point.accuracy.mean })),
  };
}

/** The rates that points were asked for, ascending: the places of an axis. */
export function ratesOf(points: readonly SweepPoint[]): number[] {
  return [...new Set(points.flatMap(({ requestedRate }) => (requestedRate === null ? [] : [requestedRate])))].sort((a, b) => a - b);
}

/** What was lost at each rate, a line a method; x is the rate's place among `rates`. */
export function dropSeries(
  points: readonly SweepPoint[],
  rates: readonly number[],
  labelOf: (method: string) => string,
  scheme: Scheme,
): LineSeries[] {
  return [...byMethod(points)].flatMap(([method, own]) => {
    const drops = own.flatMap(({ requestedRate, drop }) =>
      drop && requestedRate !== null ? [pointAt(rates.indexOf(requestedRate), drop)] : [],
    );
    return drops.length > 0 ? [methodSeries(method, labelOf(method), scheme, drops)] : [];
  });
}

/** The settings that differ from this one in nothing but the schedule, itself included. */
export function rivalSettings(analysis: SweepAnalysis, setting: Setting): { setting: Setting; index: number }[] {
  return analysis.settings
    .map((one, index) => ({ setting: one, index }))
    .filter(
      ({ setting: one }) =>
        one.model === setting.model && one.task.task === setting.task.task && one.task.dataset.id === setting.task.dataset.id,
    );
}

/** One method's accuracy by each schedule, at the full table (place 0) or at the rates (from place 1 on). */
export function scheduleSeries(
  analysis: SweepAnalysis,
  setting: Setting,
  method: string,
  rates: readonly number[],
  labelOf: (schedule: ScheduleSpecification) => string,
  scheme: Scheme,
): LineSeries[] {
  return rivalSettings(analysis, setting).flatMap(({ setting: { schedule }, index }, i) => {
    const own = analysis.points.filter((point) => point.setting === index && point.method === method);
    if (own.length === 0) return [];
    const style = laneStyle(laneIds[i % laneIds.length], schedule.id);
    return [
      {
        id: `${schedule.id}-${index}`,
        label: labelOf(schedule),
        color: style[scheme],
        dash: style.dash,
        dots: true,
        points: own
          .map((point) => pointAt(point.requestedRate === null ? 0 : 1 + rates.indexOf(point.requestedRate), point.accuracy))
          .sort((a, b) => a.x - b.x),
      },
    ];
  });
}

/** The gaps of one setting, of all its seeds. */
export function gapsOf({ specification, gaps }: Pick<SweepResults, 'specification' | 'gaps'>, setting: Setting): SweepGap[] {
  const groups = new Set(specification.seeds.map((seed) => groupKey({ ...setting, seed })));
  return gaps.filter(({ group }) => groups.has(group));
}

/** What was lost, by method and rate; where there is nothing, why. Points and gaps are of one setting. */
export function matrixCells(
  points: readonly SweepPoint[],
  gaps: readonly SweepGap[],
  methods: readonly string[],
  rates: readonly number[],
): MatrixCell[][] {
  return methods.map((method) =>
    rates.map((rate): MatrixCell => {
      const point = points.find((one) => one.method === method && one.requestedRate === rate);
      if (point?.drop) {
        const { mean, interval, seeds } = point.drop;
        const ends = interval ? `, 95 % interval ${signless(100 * interval[0])} to ${signless(100 * interval[1])}` : '';
        return { value: mean, text: signless(100 * mean), why: `Lost ${signless(100 * mean)} points${ends}, ${seeds} seeds` };
      }
      const gap = gaps.find((one) => one.method === method && one.requestedRate === rate);
      return { value: null, text: gap ? 'no' : '–', why: gap?.reason ?? 'Not finished yet' };
    }),
  );
}

/** All ends of a figure's lines and bands. */
export function endsOf(series: readonly LineSeries[]): number[] {
  return series.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]));
}

/** Accuracies to a tenth of a point. */
export const formatAccuracy = (value: number) => formatPercent(value);
export const formatDrop = (value: number) => signless(100 * value);
