import { memo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { accuracyDomain, domainAround, domainFromZero } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { formatNumber, formatPercent, formatPercentTick } from '../../charts/format';
import type { LineSeries, Mark } from '../../charts/line-figure.types';
import { type FigureTable, tableOf } from '../../charts/table';
import { laneLetters } from '../../protocol/lanes';
import { allPoints, evaluationPoints, lossPoints } from './series';
import { type DrawnLane, type DrawnRace, useLanes } from './use-lanes';

const formatAccuracy = (value: number) => formatPercent(value);
const formatLoss = (value: number) => formatNumber(value, 3);
const WAITING = 'Start the race: the lines grow as the lanes train.';

/** What every chart says to those who do not see it: each lane, and where it stands. */
export function laneWords(lanes: readonly DrawnLane[], what: (lane: DrawnLane) => string): string {
  return lanes.length === 0 ? 'Nothing drawn yet.' : `${lanes.map((lane) => `${lane.label}: ${what(lane)}`).join('; ')}.`;
}

export function laneTable(
  { lanes, xLabel }: DrawnRace,
  points: (lane: DrawnLane) => readonly { x: number; y: number }[],
  yLabel: string,
): FigureTable {
  return tableOf(
    lanes.map((lane) => ({ label: `${lane.label}, seed ${lane.trace.seed}`, points: points(lane) })),
    xLabel,
    yLabel,
  );
}

/** A loss that is about to break climbs out of sight: the axis ends where the others are still told apart. */
function lossDomain(series: readonly LineSeries[]): [number, number] {
  const starts = series.flatMap(({ points }) => (points[0] ? [points[0].y] : []));
  const ceiling = 2.5 * Math.min(...starts, Number.POSITIVE_INFINITY);
  return domainFromZero(series.flatMap(({ points }) => points.map(({ y }) => Math.min(y, ceiling))));
}

export const RaceLossChart = memo(function RaceLossChart() {
  const race = useLanes();
  const { lanes, most } = race;
  const shapes = lanes.map((lane) => ({ lane, ...lossPoints(lane.trace, lane.place, most) }));
  const smoothed: LineSeries[] = shapes.map(({ lane, smoothed: points }) => ({
    ...lane,
    points,
    // A broken lane is named by its mark.
    endLabel: lane.trace.brokenAt === null ? lane.endLabel : undefined,
  }));
  const series: LineSeries[] = [
    // All the raw ones below all the smoothed ones; the more lanes, the fainter.
    ...shapes.map(({ lane, raw }) => ({
      ...lane,
      id: `${lane.id}-raw`,
      points: raw,
      dash: '',
      width: 1,
      opacity: lanes.length > 3 ? 0.12 : 0.2,
      silent: true,
      endLabel: undefined,
    })),
    ...smoothed,
  ];
  const yDomain = lossDomain(smoothed);
  const marks: Mark[] = smoothed.flatMap(({ id, color, points }) => {
    const broken = lanes.find((lane) => lane.id === id)?.trace.brokenAt ?? null;
    const last = points.at(-1);
    if (broken === null || !last) return [];
    return [
      {
        id: `${id}-broken`,
        x: last.x,
        y: Math.min(last.y, yDomain[1]),
        color,
        label: `${laneLetters[id]} broke at step ${broken}`,
        labelSide: 'right' as const,
      },
    ];
  });
  return (
    <ChartFrame
      title="Training loss"
      note="Each batch faint; above it the same, smoothed."
      summary={`Mean cross-entropy of each batch, smoothed, by ${race.xLabel}. ${laneWords(lanes, ({ trace }) => `${trace.brokenAt === null ? 'now' : `broken at step ${trace.brokenAt}, before that`} ${formatLoss(trace.smoothed.values[trace.smoothed.length - 1] ?? Number.NaN)} nats`)}`}
      legend={lanes}
      table={() => laneTable(race, ({ trace, place }) => allPoints(trace.losses, place), 'training loss (nats)')}
      empty={lanes.length === 0 ? WAITING : undefined}
    >
      <LineFigure
        series={series}
        marks={marks}
        xLabel={race.xLabel}
        yLabel="cross-entropy, nats"
        xDomain={race.xDomain}
        yDomain={yDomain}
        xWhole={race.axis === 'step'}
        formatX={race.formatX}
        formatY={formatLoss}
      />
    </ChartFrame>
  );
});

function useEvaluations(value: 'validationLoss' | 'validationAccuracy') {
  const race = useLanes();
  const points = (lane: DrawnLane) => evaluationPoints(lane.trace, race.axis, race.stepsPerEpoch, value);
  const series: LineSeries[] = race.lanes.map((lane) => ({ ...lane, points: points(lane), dots: lane.trace.evaluations.length <= 40 }));
  const values = series.flatMap((entry) => entry.points.map(({ y }) => y));
  return { race, points, series, values };
}

export const RaceValidationLossChart = memo(function RaceValidationLossChart() {
  const { race, points, series, values } = useEvaluations('validationLoss');
  // One lane on its way off must not flatten the others.
  const lowest = Math.min(...values);
  const near = values.filter((value) => value <= Math.max(1, 2.5 * lowest));
  return (
    <ChartFrame
      title="Validation loss"
      note="At the end of each epoch."
      summary={`Cross-entropy on the validation split by ${race.xLabel}. ${laneWords(race.lanes, (lane) => `last ${formatLoss(points(lane).at(-1)?.y ?? Number.NaN)} nats`)}`}
      legend={race.lanes}
      table={() => laneTable(race, points, 'validation loss (nats)')}
      empty={values.length === 0 ? WAITING : undefined}
    >
      <LineFigure
        series={series}
        xLabel={race.xLabel}
        yLabel="cross-entropy, nats"
        xDomain={race.xDomain}
        yDomain={domainAround(near, 0.05, [0, 1])}
        xWhole={race.axis === 'step'}
        formatX={race.formatX}
        formatY={formatLoss}
      />
    </ChartFrame>
  );
});

export const RaceAccuracyChart = memo(function RaceAccuracyChart() {
  const { race, points, series, values } = useEvaluations('validationAccuracy');
  return (
    <ChartFrame
      title="Validation accuracy"
      note="At the end of each epoch; the best checkpoint of each lane is the one that is tested."
      summary={`Accuracy on the validation split by ${race.xLabel}. ${laneWords(race.lanes, ({ trace }) => (trace.bestAccuracy === null ? 'not yet known' : `best ${formatAccuracy(trace.bestAccuracy)}`))}`}
      legend={race.lanes}
      table={() => laneTable(race, points, 'validation accuracy (fraction)')}
      empty={values.length === 0 ? WAITING : undefined}
    >
      <LineFigure
        series={series}
        xLabel={race.xLabel}
        yLabel="accuracy"
        xDomain={race.xDomain}
        yDomain={accuracyDomain(values, 0.05)}
        xWhole={race.axis === 'step'}
        formatX={race.formatX}
        formatY={formatAccuracy}
        formatYTick={formatPercentTick}
      />
    </ChartFrame>
  );
});
