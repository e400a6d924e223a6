import type { SweepAnalysis, SweepPoint } from '../../../protocol/analysis';
import { groupBy } from '../../analysis/group-by';
import { scheduleName } from '../../analysis/names';
import { percent } from '../../analysis/wording';
import { around, drawFrame, plot, scale } from './frame';
import type { LookOf } from './look';
import { marker } from './marker';
import { linearTicks } from './ticks';

const markers = ['circle', 'square', 'diamond', 'triangle', 'star', 'wye', 'cross'];

/** Rates that a figure has room for. */
const mostRates = 8;

/**
 * Test accuracy of one method under each schedule, with the 95 % interval over seeds, rate by rate.
 *
 * @param settings indices of settings that differ in their schedules alone
 * @returns null where there are not two of them
 */
export function scheduleFigure(
  { points, settings: all }: SweepAnalysis,
  settings: readonly number[],
  method: string,
  title: string,
  lookOf: LookOf,
): string | null {
  const found = points.filter((point) => settings.includes(point.setting) && point.method === method);
  const bySetting = [...groupBy(found, ({ setting }) => String(setting)).values()];
  const rates = [...new Set(found.map(({ requestedRate }) => requestedRate))].sort((a, b) => (a ?? 0) - (b ?? 0)).slice(-mostRates);
  if (bySetting.length < 2) {
    return null;
  }
  const shown = found.filter(({ requestedRate }) => rates.includes(requestedRate));
  const yRange = around(
    shown.flatMap(({ accuracy }) => [accuracy.mean, ...(accuracy.interval ?? [])]),
    0.02,
  );
  const y = scale(yRange, [plot.bottom, plot.top]);
  const room = (plot.right - plot.left) / rates.length;
  const x = ({ requestedRate }: SweepPoint, place: number) =>
    plot.left + room * (rates.indexOf(requestedRate) + 0.5 + 0.6 * ((place + 0.5) / bySetting.length - 0.5));
  // Schedules differ in their colours alone; here they get a marker each as well.
  const look = ([first]: readonly SweepPoint[], place: number) => ({
    ...lookOf(all[first.setting].schedule.id),
    dash: '',
    marker: markers[place % markers.length],
  });
  const series = bySetting.map((ofSetting, i) => {
    const drawn = ofSetting
      .filter(({ requestedRate }) => rates.includes(requestedRate))
      .map((point) => {
        const at = x(point, i).toFixed(1);
        const bar = point.accuracy.interval
          ? `<line x1="${at}" x2="${at}" y1="${y(point.accuracy.interval[0]).toFixed(1)}" y2="${y(point.accuracy.interval[1]).toFixed(1)}" stroke="currentColor" stroke-width="1.5"/>`
          : '';
        return `${bar}${marker(look(ofSetting, i).marker, x(point, i), y(point.accuracy.mean))}`;
      });
    return `<g class="s${i}">${drawn.join('')}</g>`;
  });
  return drawFrame({
    title,
    xLabel: 'Wanted rate',
    yLabel: 'Test accuracy, %',
    xTicks: rates.map((rate, i) => ({ at: plot.left + room * (i + 0.5), label: rate === null ? 'full' : percent(rate) })),
    yTicks: linearTicks(yRange[0], yRange[1]).map((tick) => ({ at: y(tick), label: String(Number((100 * tick).toFixed(2))) })),
    series: bySetting.map((ofSetting, i) => ({ label: scheduleName(all[ofSetting[0].setting].schedule), look: look(ofSetting, i) })),
    notes: ['Bar: 95 % over seeds'],
    body: series.join(''),
  });
}
