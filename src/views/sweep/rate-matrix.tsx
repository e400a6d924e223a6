import { useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { MatrixFigure } from '../../charts/matrix-figure';
import { styleOf } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import { type LabState, useLabStore } from '../../store/store';
import { selectSetting, selectShownPoints, selectSweepMethods } from '../../store/sweep/selectors';
import { useLive } from '../live';
import { rateWords, settingWords, useNames } from './names';
import { gapsOf, matrixCells, ratesOf } from './series';

/** The loss at which a cell is darkest: whoever loses more has lost. */
const DARKEST = 0.08;

const selectResults = ({ sweep }: LabState) => sweep.run.results;

/** Methods by rates: what each lost. */
export function RateMatrix() {
  const points = useLive(selectShownPoints);
  const all = useLabStore(selectSweepMethods);
  const hidden = useLabStore((state) => state.sweep.view.hiddenMethods);
  const results = useLive(selectResults);
  const setting = useLive(selectSetting);
  const gaps = useMemo(() => (results && setting ? gapsOf(results, setting) : []), [results, setting]);
  const names = useNames();
  const scheme = useScheme();
  const rates = useMemo(() => ratesOf(points), [points]);
  const methods = useMemo(() => all.filter((method) => method !== 'full' && !hidden.includes(method)), [all, hidden]);
  const cells = useMemo(() => matrixCells(points, gaps, methods, rates), [points, gaps, methods, rates]);
  const rows = useMemo(
    () => methods.map((id) => ({ id, label: names.method(id), color: styleOf(id)[scheme], dash: styleOf(id).dash })),
    [methods, names, scheme],
  );
  const columns = useMemo(() => rates.map(rateWords), [rates]);
  if (!setting) return null;
  return (
    <ChartFrame
      title="Drop by method and rate"
      note={`${settingWords(setting, names)}. Points of test accuracy lost, mean over seeds: the darker, the more. “no”: out of reach, or its training broke.`}
      summary={`Points lost by method and rate. ${rows.map(({ label }, k) => `${label}: ${cells[k].map(({ text }, i) => `${text} at ${columns[i]}`).join(', ')}`).join('; ')}.`}
      table={() => ({
        columns: ['method', ...columns],
        rows: rows.map(({ label }, k) => [label, ...cells[k].map(({ value, text }) => value ?? text)]),
      })}
      empty={(rates.length === 0 || methods.length === 0) && 'No compressed method has a finished cell yet, or none is chosen above.'}
    >
      <MatrixFigure
        rows={rows}
        columns={columns}
        columnsLabel="rate; points lost"
        cells={cells}
        darkest={DARKEST}
        label="Drop by method and rate"
      />
    </ChartFrame>
  );
}
