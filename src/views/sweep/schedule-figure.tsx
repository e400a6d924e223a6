import { useCallback, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { accuracyDomain } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { useScheme } from '../../charts/swatch';
import type { Setting, SweepAnalysis } from '../../protocol/analysis';
import { useLabStore, write } from '../../store/store';
import { selectAnalysis, selectSetting, selectSweepMethods } from '../../store/sweep/selectors';
import { SelectField } from '../../ui/inputs';
import { useLive } from '../live';
import { rateWords, useNames } from './names';
import { endsOf, formatAccuracy, ratesOf, rivalSettings, scheduleSeries } from './series';
import classes from './sweep-room.module.css';

/** Schedules against each other: the same method at the same rate. */
export function ScheduleFigure() {
  const analysis = useLive(selectAnalysis);
  const setting = useLive(selectSetting);
  if (!analysis || !setting || rivalSettings(analysis, setting).length < 2) return null;
  return <Drawn analysis={analysis} setting={setting} />;
}

function Drawn({ analysis, setting }: { analysis: SweepAnalysis; setting: Setting }) {
  const methods = useLabStore(selectSweepMethods);
  const chosen = useLabStore((state) => state.sweep.view.scheduleMethod);
  const names = useNames();
  const scheme = useScheme();
  const preferred = methods.includes('low-rank') ? 'low-rank' : methods[0];
  const method = chosen !== null && methods.includes(chosen) ? chosen : preferred;
  const rates = useMemo(() => ratesOf(analysis.points), [analysis]);
  const series = useMemo(
    () => scheduleSeries(analysis, setting, method, rates, names.schedule, scheme),
    [analysis, setting, method, rates, names, scheme],
  );
  const formatX = useCallback(
    (place: number) => (place === 0 ? 'full' : rates[place - 1] === undefined ? '' : rateWords(rates[place - 1])),
    [rates],
  );
  const ofFull = method === 'full';
  const places = useMemo(() => (ofFull ? [0] : rates.map((_, i) => i + 1)), [rates, ofFull]);
  return (
    <ChartFrame
      title="Schedules against each other"
      note={`${names.method(method)}; ${names.task(setting.task.task)}, ${names.model(setting.model)}.`}
      summary={`Test accuracy of ${names.method(method)} by schedule. ${series.map(({ label, points }) => `${label}: ${points.map(({ x, y }) => `${formatAccuracy(y)} at ${formatX(x)}`).join(', ')}`).join('; ')}.`}
      legend={series}
      table={() => ({
        columns: ['schedule', 'rate', 'test accuracy', 'lower', 'upper'],
        rows: series.flatMap(({ label, points }) =>
          points.map(({ x, y, low, high }) => [label, x === 0 ? null : rates[x - 1], y, low ?? null, high ?? null]),
        ),
      })}
      aside={
        <div className={classes.figureChoice}>
          <SelectField
            label="Method"
            labelHidden
            help="The method whose schedules are set against each other."
            value={method}
            options={methods.map((id) => ({ value: id, label: names.method(id) }))}
            onChange={(scheduleMethod) => write.sweepView({ scheduleMethod })}
          />
        </div>
      }
      empty={series.length === 0 && 'This method has no finished cell yet.'}
    >
      <LineFigure
        series={series}
        xLabel="rate"
        yLabel="test accuracy"
        xTicks={places}
        xDomain={ofFull ? [-0.5, 0.5] : [0.7, Math.max(1.3, rates.length + 0.3)]}
        yDomain={accuracyDomain(endsOf(series), 0.02)}
        formatX={formatX}
        formatY={formatAccuracy}
        height={300}
        yWidth={54}
      />
    </ChartFrame>
  );
}
