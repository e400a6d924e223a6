import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { keepExtremes } from '../../charts/decimate';
import { domainFromZero, logDomain } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { formatCounted, formatRate } from '../../charts/format';
import type { LineSeries, Mark } from '../../charts/line-figure.types';
import { tableOf } from '../../charts/table';
import { laneLetters } from '../../protocol/lanes';
import type { LaneChange, RaceAxis } from '../../store/race/race';
import { useLabStore, write } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';
import { useLaneStyle } from '../lanes/lane-style';
import { AXIS_FORMATS, AXIS_LABELS } from './axis';
import { laneTable, laneWords } from './race-charts';
import { allPoints, learningRatePoints, pointsEach } from './series';
import { type DrawnLane, useLanes } from './use-lanes';

const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
];
/** Peaks further apart than this would lie flat on a linear axis. */
const FAR_APART = 8;

/** The chosen scale, or else the one on which every lane can be read. */
function useScale(peaks: readonly number[]): 'linear' | 'log' {
  const chosen = useLabStore((state) => state.race.view.scale);
  return chosen ?? (Math.max(...peaks) > FAR_APART * Math.min(...peaks) ? 'log' : 'linear');
}

function ScaleChoice({ scale }: { scale: 'linear' | 'log' }) {
  return (
    <SegmentedControl
      aria-label="Scale of the learning rate"
      data={SCALES}
      value={scale}
      onChange={(value) => write.raceView({ scale: value as 'linear' | 'log' })}
    />
  );
}

/** Before a race: each schedule as it is going to be spent. */
function PlannedRates() {
  const specification = useLabStore((state) => state.race.specification);
  const preview = useLabStore((state) => state.race.preview);
  const axis = useLabStore((state) => state.race.view.axis);
  const scale = useScale(preview?.rates.map(({ peak }) => peak) ?? []);
  const styleOf = useLaneStyle();
  // How long it takes is not known before.
  const by: RaceAxis = axis === 'time' ? 'epoch' : axis;
  const epochs = specification?.epochs ?? 1;
  const ids = specification?.lanes.map(({ id }) => id).join() ?? '';
  const lines = useMemo(() => {
    if (!preview) return [];
    const letters = ids.split(',');
    const perStep = by === 'epoch' ? epochs / preview.totalSteps : 1;
    return preview.learningRates.slice(0, letters.length).map((learningRates, i) => ({
      id: letters[i],
      schedule: preview.rates[i].schedule.id,
      points: keepExtremes(
        preview.steps.map((step, k) => ({ x: step * perStep, y: learningRates[k] })),
        pointsEach(letters.length),
      ),
    }));
  }, [preview, ids, by, epochs]);
  const series: LineSeries[] = lines.map(({ id, schedule, points }) => ({
    id,
    points,
    ...styleOf(id, schedule),
    endLabel: laneLetters[id],
  }));
  const values = series.flatMap(({ points }) => points.map(({ y }) => y));
  return (
    <ChartFrame
      title="Learning rate"
      note="Planned. Start the race to see it spent."
      summary={`The schedules over the race, planned; nothing has been trained yet. ${series.map(({ label, points }) => `${label}: highest ${formatRate(Math.max(...points.map(({ y }) => y)))}`).join('; ')}.`}
      legend={series}
      table={() => tableOf(series, AXIS_LABELS[by], 'learning rate')}
      aside={<ScaleChoice scale={scale} />}
      empty={series.length === 0 ? 'Waiting for the data…' : undefined}
    >
      <LineFigure
        series={series}
        xLabel={AXIS_LABELS[by]}
        yLabel="learning rate"
        xDomain={by === 'epoch' ? [0, epochs] : [0, preview?.totalSteps ?? 1]}
        yDomain={scale === 'log' ? logDomain(values) : domainFromZero(values)}
        yScale={scale}
        xWhole={by === 'step'}
        formatX={AXIS_FORMATS[by]}
        formatY={formatRate}
        yWidth={54}
      />
    </ChartFrame>
  );
}

export const RaceLearningRateChart = memo(function RaceLearningRateChart() {
  const race = useLanes();
  const changes = useLabStore((state) => state.race.run.changes);
  const scale = useScale(race.lanes.map(({ trace }) => trace.spent.highest));
  const { lanes, most } = race;
  if (lanes.length === 0) return <PlannedRates />;
  const series: LineSeries[] = lanes.map((lane) => ({ ...lane, points: learningRatePoints(lane.trace, lane.place, most) }));
  const values = series.flatMap(({ points }) => points.map(({ y }) => y));
  const marks: Mark[] = changes.flatMap((change, i) => {
    const lane = lanes.find(({ id }) => id === change.lane);
    const at = lane && pointAt(lane, change.step);
    if (!lane || !at) return [];
    return [
      {
        id: `${change.lane}-${change.step}-${i}`,
        ...at,
        color: lane.color,
        label: change.forkedFrom === null ? laneLetters[change.lane] : `${laneLetters[change.forkedFrom]}→${laneLetters[change.lane]}`,
        labelSide: 'top' as const,
      },
    ];
  });
  return (
    <ChartFrame
      title="Learning rate"
      note={`As it is spent; never smoothed.${changes.length > 0 ? ' Dot: changed; A→B: forked.' : ''}`}
      summary={`Learning rate by ${race.xLabel}. ${laneWords(lanes, ({ trace }) => `${formatCounted(trace.learningRates.length, 'step')}, highest ${formatRate(trace.spent.highest)}`)}${changes.map((change) => ` ${changeWords(change)} at step ${change.step}.`).join('')}`}
      legend={lanes}
      table={() => laneTable(race, ({ trace, place }) => allPoints(trace.learningRates, place), 'learning rate')}
      aside={<ScaleChoice scale={scale} />}
    >
      <LineFigure
        series={series}
        marks={marks}
        xLabel={race.xLabel}
        yLabel="learning rate"
        xDomain={race.xDomain}
        yDomain={scale === 'log' ? logDomain(values) : domainFromZero(values)}
        yScale={scale}
        xWhole={race.axis === 'step'}
        formatX={race.formatX}
        formatY={formatRate}
        yWidth={54}
      />
    </ChartFrame>
  );
});

function changeWords({ lane, forkedFrom }: LaneChange): string {
  return forkedFrom === null ? `${laneLetters[lane]} changed` : `${laneLetters[lane]} forked from ${laneLetters[forkedFrom]}`;
}

/** The first step that went by the change, once it was made. */
function pointAt({ trace, place }: DrawnLane, step: number): { x: number; y: number } | null {
  const index = step - trace.firstStep;
  if (index < 0 || index >= trace.learningRates.length) return null;
  return { x: place(index), y: trace.learningRates.values[index] };
}
