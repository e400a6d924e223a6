import { useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { accuracyDomain } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { formatBytes } from '../../charts/format';
import { useScheme } from '../../charts/swatch';
import { selectSetting, selectShownPoints } from '../../store/sweep/selectors';
import { useLive } from '../live';
import { pointWords, settingWords, useNames } from './names';
import { endsOf, formatAccuracy, frontSeries, sizeSeries } from './series';

/** Test accuracy against the embedding's bytes, with what no other method beats. */
export function SizeFigure() {
  const points = useLive(selectShownPoints);
  const setting = useLive(selectSetting);
  const names = useNames();
  const scheme = useScheme();
  const lines = useMemo(() => sizeSeries(points, names.method, scheme), [points, names, scheme]);
  const front = useMemo(() => frontSeries(points), [points]);
  const series = useMemo(() => [front, ...lines], [front, lines]);
  const sizes = points.map(({ bytes }) => bytes);
  const onFront = points.filter((point) => point.onFront).map((point) => pointWords(point, names));
  if (!setting) return null;
  return (
    <ChartFrame
      title="Test accuracy against size"
      note={`${settingWords(setting, names)}. Bands: 95 % of the mean over seeds. The broad line: the Pareto front, which no method beats in both.`}
      summary={`Test accuracy against the bytes of the embedding. On the Pareto front, from the smallest on: ${onFront.join('; ')}.`}
      legend={series}
      table={() => ({
        columns: ['method', 'rate', 'bytes', 'test accuracy', 'lower', 'upper', 'on the front'],
        rows: points.map((point) => [
          ...[names.method(point.method), point.requestedRate, point.bytes, point.accuracy.mean],
          ...(point.accuracy.interval ?? [null, null]),
          point.onFront ? 'yes' : 'no',
        ]),
      })}
      empty={points.length === 0 && 'No method is chosen above, or none has a finished cell in this setting.'}
    >
      <LineFigure
        series={series}
        xLabel="embedding, bytes"
        yLabel="test accuracy"
        xScale="log"
        xDomain={[Math.min(...sizes) / 1.4, Math.max(...sizes) * 1.4]}
        yDomain={accuracyDomain(endsOf(lines), 0.02)}
        formatX={formatBytes}
        formatY={formatAccuracy}
        height={340}
        yWidth={54}
      />
    </ChartFrame>
  );
}
