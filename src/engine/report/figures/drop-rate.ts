import type { SweepPoint } from '../../../protocol/analysis';
import { groupBy } from '../../analysis/group-by';
import { methodLabel } from '../../analysis/names';
import { percent } from '../../analysis/wording';
import { around, drawFrame, plot, scale } from './frame';
import { dashOf, type LookOf } from './look';
import { marker } from './marker';
import { linearTicks } from './ticks';

/**
 * What each method loses at each wanted rate, with the 95 % interval over seeds, as the paper draws it. Rates stand side by side, equally far:
 * what matters lies between 90 and 100 %.
 *
 * @param points of one setting
 * @returns null where no point has a drop
 */
export function dropByRate(points: readonly SweepPoint[], title: string, lookOf: LookOf): string | null {
  const dropped = points.flatMap(({ method, requestedRate, drop }) =>
    requestedRate !== null && drop ? [{ method, rate: requestedRate, drop }] : [],
  );
  if (dropped.length === 0) {
    return null;
  }
  const byMethod = [...groupBy(dropped, ({ method }) => method)];
  const rates = [...new Set(dropped.map(({ rate }) => rate))].sort((a, b) => a - b);
  const room = (plot.right - plot.left) / rates.length;
  const yRange = around([0, ...dropped.flatMap(({ drop }) => [drop.mean, ...(drop.interval ?? [])])], 0.02);
  // Losses go down.
  const y = scale(yRange, [plot.top, plot.bottom]);
  // Methods of one rate stand a little apart, so that their intervals don't cover each other.
  const x = (rate: number, place: number) => plot.left + room * (rates.indexOf(rate) + 0.5 + 0.7 * ((place + 0.5) / byMethod.length - 0.5));
  const series = byMethod.map(([method, ofMethod], i) => {
    const look = lookOf(method);
    const sorted = [...ofMethod].sort((a, b) => a.rate - b.rate);
    const bars = sorted.map(({ rate, drop }) =>
      drop.interval
        ? `<line x1="${x(rate, i).toFixed(1)}" x2="${x(rate, i).toFixed(1)}" y1="${y(drop.interval[0]).toFixed(1)}" y2="${y(drop.interval[1]).toFixed(1)}" stroke="currentColor" stroke-width="1.5"/>`
        : '',
    );
    const line = sorted.map(({ rate, drop }) => `${x(rate, i).toFixed(1)} ${y(drop.mean).toFixed(1)}`).join('L');
    return (
      `<g class="s${i}"><path d="M${line}" fill="none" stroke="currentColor" stroke-width="1.5" stroke-opacity="0.6"${dashOf(look)}/>` +
      `${bars.join('')}${sorted.map(({ rate, drop }) => marker(look.marker, x(rate, i), y(drop.mean))).join('')}</g>`
    );
  });
  const zero = `<line x1="${plot.left}" x2="${plot.right}" y1="${y(0).toFixed(1)}" y2="${y(0).toFixed(1)}" stroke="currentColor"/>`;
  return drawFrame({
    title,
    xLabel: 'Wanted rate',
    yLabel: 'Drop of test accuracy, points',
    xTicks: rates.map((rate) => ({ at: plot.left + room * (rates.indexOf(rate) + 0.5), label: percent(rate) })),
    yTicks: linearTicks(yRange[0], yRange[1]).map((tick) => ({
      at: y(tick),
      label: String(Number((100 * tick).toFixed(2))).replace('-', '−'),
    })),
    series: byMethod.map(([method]) => ({ label: methodLabel(method), look: lookOf(method) })),
    notes: ['Bar: 95 % over seeds', 'Zero: the full table'],
    body: `${zero}${series.join('')}`,
  });
}
