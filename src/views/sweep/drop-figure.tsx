import { useCallback, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { domainAround } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { useScheme } from '../../charts/swatch';
import { selectSetting, selectShownPoints } from '../../store/sweep/selectors';
import { useLive } from '../live';
import { rateWords, settingWords, useNames } from './names';
import { dropSeries, endsOf, formatDrop, ratesOf } from './series';

const ZERO = [{ id: 'zero', y: 0, label: 'as the full table' }];

/** What each method loses at each rate, as in the paper. */
export function DropFigure() {
  const points = useLive(selectShownPoints);
  const setting = useLive(selectSetting);
  const names = useNames();
  const scheme = useScheme();
  const rates = useMemo(() => ratesOf(points), [points]);
  const series = useMemo(() => dropSeries(points, rates, names.method, scheme), [points, rates, names, scheme]);
  const formatX = useCallback((place: number) => (rates[place] === undefined ? '' : rateWords(rates[place])), [rates]);
  const places = useMemo(() => rates.map((_, place) => place), [rates]);
  if (!setting) return null;
  return (
    <ChartFrame
      title="Accuracy drop at each rate"
      note={`${settingWords(setting, names)}. Points of test accuracy lost against the full table of the same seed; below zero is a gain.`}
      summary={`Accuracy drop at each rate. ${series.map(({ label, points: own }) => `${label}: ${own.map(({ x, y }) => `${formatDrop(y)} at ${formatX(x)}`).join(', ')}`).join('; ')}.`}
      legend={series}
      table={() => ({
        columns: ['method', 'rate', 'drop (fraction)', 'lower', 'upper'],
        rows: series.flatMap(({ label, points: own }) => own.map(({ x, y, low, high }) => [label, rates[x], y, low ?? null, high ?? null])),
      })}
      empty={series.length === 0 && 'A drop needs the full table’s cell of the same seed, which comes first.'}
    >
      <LineFigure
        series={series}
        rules={ZERO}
        xLabel="rate"
        yLabel="drop, points"
        xTicks={places}
        xDomain={[-0.3, Math.max(0.3, rates.length - 0.7)]}
        yDomain={domainAround([0, ...endsOf(series)], 0.02, [0, 0.1])}
        formatX={formatX}
        formatY={formatDrop}
        height={300}
      />
    </ChartFrame>
  );
}
