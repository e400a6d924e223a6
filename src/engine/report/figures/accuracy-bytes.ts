import type { SweepAnalysis, SweepPoint } from '../../../protocol/analysis';
import { groupBy } from '../../analysis/group-by';
import { methodLabel } from '../../analysis/names';
import { around, drawFrame, plot, scale } from './frame';
import { dashOf, type LookOf } from './look';
import { marker } from './marker';
import { bytesText, linearTicks, logTicks } from './ticks';

/**
 * Test accuracy against the embedding's bytes (log), a line a method, with the 95 % band over seeds; rings mark the Pareto front, a line of dots
 * joins it.
 *
 * @param points of one setting, at least one
 */
export function accuracyAgainstBytes(points: readonly SweepPoint[], title: string, lookOf: LookOf): string {
  const byMethod = groupBy(points, ({ method }) => method);
  const bytes = points.map((point) => Math.log10(point.bytes));
  const xRange = around(bytes, 0.3);
  const yRange = around(
    points.flatMap(({ accuracy }) => [accuracy.mean, ...(accuracy.interval ?? [])]),
    0.02,
  );
  const x = scale(xRange, [plot.left, plot.right]);
  const y = scale(yRange, [plot.bottom, plot.top]);
  const at = (point: SweepPoint, accuracy = point.accuracy.mean) => `${x(Math.log10(point.bytes)).toFixed(1)} ${y(accuracy).toFixed(1)}`;
  const lines = [...byMethod].map(([method, ofMethod], i) => {
    const sorted = [...ofMethod].sort((a, b) => a.bytes - b.bytes);
    const banded = sorted.filter(({ accuracy }) => accuracy.interval);
    const band = [
      ...banded.map((point) => at(point, point.accuracy.interval![1])),
      ...banded.reverse().map((point) => at(point, point.accuracy.interval![0])),
    ];
    const look = lookOf(method);
    return (
      `<g class="s${i}">` +
      (band.length >= 4 ? `<path d="M${band.join('L')}z" fill="currentColor" fill-opacity="0.08"/>` : errorBars(sorted, x, y)) +
      `<path d="M${sorted.map((point) => at(point)).join('L')}" fill="none" stroke="currentColor" stroke-width="2"${dashOf(look)}/>` +
      `${sorted.map((point) => marker(look.marker, x(Math.log10(point.bytes)), y(point.accuracy.mean))).join('')}</g>`
    );
  });
  const front = points.filter(({ onFront }) => onFront).sort((a, b) => a.bytes - b.bytes);
  const rings = front.map((point) => {
    const [cx, cy] = at(point).split(' ');
    return `<circle cx="${cx}" cy="${cy}" r="8" fill="none" stroke="currentColor"/>`;
  });
  const joined =
    front.length > 1
      ? `<path d="M${front.map((point) => at(point)).join('L')}" fill="none" stroke="currentColor" stroke-dasharray="1 4" stroke-linecap="round"/>`
      : '';
  return drawFrame({
    title,
    xLabel: 'Bytes of the embedding (log)',
    yLabel: 'Test accuracy, %',
    xTicks: logTicks(10 ** xRange[0], 10 ** xRange[1]).map((tick) => ({ at: x(Math.log10(tick)), label: bytesText(tick) })),
    yTicks: linearTicks(yRange[0], yRange[1]).map((tick) => ({ at: y(tick), label: String(Number((100 * tick).toFixed(2))) })),
    series: [...byMethod.keys()].map((method) => ({ label: methodLabel(method), look: lookOf(method) })),
    notes: ['Band: 95 % over seeds', 'Ring: on the Pareto front'],
    body: `${lines.join('')}${joined}${rings.join('')}`,
  });
}

/** The interval of a method with one point: a band needs two. */
function errorBars(points: readonly SweepPoint[], x: (value: number) => number, y: (value: number) => number): string {
  return points
    .flatMap(({ bytes, accuracy }) => (accuracy.interval ? [{ at: x(Math.log10(bytes)).toFixed(1), interval: accuracy.interval }] : []))
    .map(
      ({ at, interval: [low, high] }) =>
        `<line x1="${at}" x2="${at}" y1="${y(low).toFixed(1)}" y2="${y(high).toFixed(1)}" stroke="currentColor" stroke-width="1.5"/>`,
    )
    .join('');
}

export function pointsOf({ points }: SweepAnalysis, setting: number): SweepPoint[] {
  return points.filter((point) => point.setting === setting);
}
