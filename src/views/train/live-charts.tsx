import { memo, useMemo, useState } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { keepExtremes } from '../../charts/decimate';
import { accuracyDomain, domainAround, domainFromZero, logDomain } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { formatCounted, formatNumber, formatPercent, formatPercentTick, formatRate } from '../../charts/format';
import type { LineSeries } from '../../charts/line-figure.types';
import { styleOf } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import { type FigureTable, tableOf } from '../../charts/table';
import { selectFloor, selectMethodLabel } from '../../store/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';
import { useLive } from '../live';
import { epochPoints, learningRatePoints, lossPoints, rawLearningRates, rawLosses } from './series';
import { svdMarks } from './svd-marks';
import { legendOf, type ShownSeries, useShown } from './use-shown';

const X_LABEL = 'epoch';
const formatEpoch = (value: number) => String(Number(value.toFixed(2)));
const formatAccuracy = (value: number) => formatPercent(value);
const formatLoss = (value: number) => formatNumber(value, 3);
const UNIT = [0, 1] as const;
const WAITING = 'Run the experiment: the line grows as it trains.';

function ends(shown: readonly ShownSeries[], what: (entry: ShownSeries) => string): string {
  return shown.length === 0 ? 'Nothing drawn yet.' : `${shown.map((entry) => `${entry.label}: ${what(entry)}`).join('; ')}.`;
}

function rawTable(
  shown: readonly ShownSeries[],
  points: (entry: ShownSeries) => readonly { x: number; y: number }[],
  yLabel: string,
): FigureTable {
  return tableOf(
    shown.map((entry) => ({ label: rowLabel(entry), points: points(entry) })),
    X_LABEL,
    yLabel,
  );
}

function rowLabel({ label, trial: { key } }: ShownSeries): string {
  return `${label}, seed ${key.seed}, peak rate ${formatRate(key.learningRate)}`;
}

/** The epochs' accuracies, and macro-F1 beside them. */
function accuracyTable(shown: readonly ShownSeries[]): FigureTable {
  return {
    columns: ['Series', X_LABEL, 'validation accuracy (fraction)', 'validation macro-F1 (fraction)'],
    rows: shown.flatMap((entry) =>
      entry.trial.epochs.map((point) => [rowLabel(entry), point.x, point.validationAccuracy, point.validationMacroF1]),
    ),
  };
}

/** Before a run: the schedule as it is going to be spent, as a share of each method's peak. */
function PlannedRates() {
  const plan = useLabStore((state) => state.plan);
  const epochs = useLabStore((state) => state.specification?.epochs ?? 1);
  const series = useMemo<LineSeries[]>(() => {
    if (!plan) return [];
    const { steps, learningRates } = plan.schedulePreview;
    const points = keepExtremes(steps.map((step, i) => ({ x: step / plan.stepsPerEpoch, y: learningRates[i] })));
    return [{ id: 'planned', label: 'planned', points, color: 'var(--control)', dash: '3 3', width: 1.75 }];
  }, [plan]);
  return (
    <ChartFrame
      title="Learning rate"
      note="Planned, as a share of each method’s peak. Run the experiment to see it spent."
      summary="The schedule over the budget, as a share of the peak rate; nothing has been trained yet."
      table={() => tableOf(series, X_LABEL, 'share of the peak')}
      empty={series.length === 0 ? 'Waiting for the data…' : undefined}
    >
      <LineFigure
        series={series}
        xLabel={X_LABEL}
        yLabel="share of the peak"
        xDomain={[0, epochs]}
        yDomain={UNIT}
        formatX={formatEpoch}
        formatY={formatPercentTick}
        yWidth={54}
      />
    </ChartFrame>
  );
}

const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
];

export const LearningRateChart = memo(function LearningRateChart() {
  const { shown, epochs } = useShown();
  // Peaks of different methods lie a factor of thirty apart: on a linear axis the cycles of the lowest are flat.
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  if (shown.length === 0) return <PlannedRates />;
  const series: LineSeries[] = shown.map((entry) => ({ ...entry, id: entry.key, points: learningRatePoints(entry.trial) }));
  const values = series.flatMap(({ points }) => points.map((point) => point.y));
  const yDomain = scale === 'log' ? logDomain(values) : domainFromZero(values);
  return (
    <ChartFrame
      title="Learning rate"
      note="As it is spent, step by step; never smoothed."
      summary={`Learning rate against epochs. ${ends(shown, (entry) => `${formatCounted(entry.trial.learningRates.length, 'step')}, peak ${formatRate(entry.trial.key.learningRate)}`)}`}
      legend={legendOf(shown)}
      table={() => rawTable(shown, ({ trial }) => rawLearningRates(trial), 'learning rate')}
      aside={
        <SegmentedControl
          aria-label="Scale of the learning rate"
          data={SCALES}
          value={scale}
          onChange={(value) => setScale(value as 'linear' | 'log')}
        />
      }
    >
      <LineFigure
        series={series}
        xLabel={X_LABEL}
        yLabel="learning rate"
        xDomain={[0, epochs]}
        yDomain={yDomain}
        yScale={scale}
        formatX={formatEpoch}
        formatY={formatRate}
        yWidth={54}
      />
    </ChartFrame>
  );
});

export const TrainingLossChart = memo(function TrainingLossChart() {
  const { shown, epochs } = useShown();
  const series: LineSeries[] = shown.flatMap((entry) => {
    const { raw, smoothed } = lossPoints(entry.trial);
    const front = entry.opacity === 1;
    return [
      // The raw line of what is in front only: seven of them would be fog.
      ...(front
        ? [
            {
              ...entry,
              id: `${entry.key}-raw`,
              points: raw,
              dash: '',
              width: 1,
              opacity: shown.length === 1 || entry.live ? 0.35 : 0.14,
              silent: true,
            },
          ]
        : []),
      { ...entry, id: entry.key, points: smoothed },
    ];
  });
  const yDomain = domainFromZero(series.flatMap(({ points }) => points.map((point) => point.y)));
  return (
    <ChartFrame
      title="Training loss"
      note="Each batch faint; above it the same, smoothed."
      summary={`Mean cross-entropy of each batch, smoothed, against epochs. ${ends(shown, (entry) => `now ${formatLoss(lossPoints(entry.trial).smoothed.at(-1)?.y ?? Number.NaN)} nats`)}`}
      legend={legendOf(shown)}
      table={() => rawTable(shown, ({ trial }) => rawLosses(trial), 'training loss (nats)')}
      empty={shown.length === 0 ? WAITING : undefined}
    >
      <LineFigure
        series={series}
        xLabel={X_LABEL}
        yLabel="cross-entropy, nats"
        xDomain={[0, epochs]}
        yDomain={yDomain}
        formatX={formatEpoch}
        formatY={formatLoss}
      />
    </ChartFrame>
  );
});

export const ValidationLossChart = memo(function ValidationLossChart() {
  const { shown, epochs } = useShown();
  const series: LineSeries[] = shown.map((entry) => ({ ...entry, id: entry.key, points: epochPoints(entry.trial).loss, dots: true }));
  const values = series.flatMap(({ points }) => points.map((point) => point.y));
  return (
    <ChartFrame
      title="Validation loss"
      note="At the end of each epoch."
      summary={`Cross-entropy on the validation split against epochs. ${ends(shown, (entry) => `best ${formatLoss(entry.trial.bestLoss ?? Number.NaN)} nats`)}`}
      legend={legendOf(shown)}
      table={() =>
        rawTable(shown, ({ trial }) => trial.epochs.map((point) => ({ x: point.x, y: point.validationLoss })), 'validation loss (nats)')
      }
      empty={values.length === 0 ? WAITING : undefined}
    >
      <LineFigure
        series={series}
        xLabel={X_LABEL}
        yLabel="cross-entropy, nats"
        xDomain={[0, epochs]}
        yDomain={domainAround(values, 0.1, [0, 1])}
        formatX={formatEpoch}
        formatY={formatLoss}
      />
    </ChartFrame>
  );
});

const selectBefore = (state: LabState) => state.run.beforeRetraining;
const selectRows = (state: LabState) => state.run.rows;

export const ValidationAccuracyChart = memo(function ValidationAccuracyChart() {
  const { shown, epochs } = useShown();
  const rows = useLive(selectRows);
  const before = useLive(selectBefore);
  const floor = useLabStore(selectFloor);
  const view = useLabStore((state) => state.view);
  const labelOf = useLabStore(selectMethodLabel);
  const scheme = useScheme();
  const series: LineSeries[] = shown.map((entry) => ({ ...entry, id: entry.key, points: epochPoints(entry.trial).accuracy, dots: true }));
  const fits = (row: { seed: number; requestedRate: number | null }) =>
    (view.shownSeed === 'best' || row.seed === view.shownSeed) &&
    (row.requestedRate === null || view.shownRate === null || row.requestedRate === view.shownRate);

  // What trains nothing of its own has no line: its accuracy stands at the end of the budget.
  const untrained = rows.filter((row) => fits(row) && !shown.some((entry) => entry.method === row.method));
  for (const row of untrained) {
    const style = styleOf(row.method);
    const id = `${row.method}-end`;
    if (series.some((entry) => entry.id === id)) continue;
    series.push({
      id,
      label: labelOf(row.method),
      color: style[scheme],
      dash: style.dash,
      points: [{ x: epochs, y: row.validationAccuracy }],
      dots: true,
    });
  }
  const marks = svdMarks(
    before
      .filter((event, i) => fits(event) && before.findLastIndex((other) => other.method === event.method && fits(other)) === i)
      .flatMap((event) => {
        const trial = shown.find((entry) => entry.method === event.method)?.trial;
        // Where training begins anew: for the methods that share phase 1, after two thirds of the budget.
        if (!trial || trial.firstEpoch === 0) return [];
        return [{ id: event.method, x: trial.firstEpoch, y: event.validationAccuracy, color: styleOf(event.method)[scheme] }];
      }),
  );
  const values = [...series.flatMap(({ points }) => points.map((point) => point.y)), ...marks.map((mark) => mark.y)];
  // Room for a mark's words below it, above the axis.
  const reach = [...values, ...marks.map((mark) => mark.y - 0.04)];
  const legend = legendOf(shown).concat(
    series.filter((entry) => entry.id.endsWith('-end')).map(({ id, label, color, dash }) => ({ id, label, color, dash })),
  );
  return (
    <ChartFrame
      title="Validation accuracy"
      note={`At the end of each epoch; per method the learning rate that does best so far.${floor === null ? '' : ` Always saying the most frequent class: ${formatAccuracy(floor)}.`}`}
      summary={`Accuracy on the validation split against epochs. ${ends(shown, (entry) => `best ${formatAccuracy(entry.trial.bestAccuracy ?? 0)}`)}${marks.map(({ id, y }) => ` ${labelOf(id)} right after the SVD ${formatAccuracy(y)}.`).join('')}`}
      legend={legend}
      table={() => accuracyTable(shown)}
      empty={values.length === 0 ? WAITING : undefined}
    >
      <LineFigure
        series={series}
        marks={marks}
        rules={floor === null ? [] : [{ id: 'floor', y: floor, label: 'most frequent class' }]}
        xLabel={X_LABEL}
        yLabel="accuracy"
        xDomain={[0, epochs]}
        yDomain={accuracyDomain(reach, 0.05)}
        formatX={formatEpoch}
        formatY={formatAccuracy}
        formatYTick={formatPercentTick}
      />
    </ChartFrame>
  );
});
