import { memo, useEffect, useMemo, useRef } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { lttb } from '../../../charts/decimate';
import { LineFigure } from '../../../charts/figures';
import { formatCount } from '../../../charts/format';
import { PlotCursor } from '../../../charts/plot-cursor';
import type { LandscapeRun } from '../../../protocol/landscape';
import type { DrawnLane } from './lanes';
import type { Transport } from './transport';

interface Props {
  title: string;
  note: string;
  yLabel: string;
  runs: readonly LandscapeRun[];
  lanes: readonly DrawnLane[];
  transport: Transport;
  values(run: LandscapeRun): readonly number[];
  domain(values: readonly number[][]): readonly [number, number];
  format(value: number): string;
}

/** One number of every lane over the steps, with a cursor that follows the balls. */
export const WalkFigure = memo(function WalkFigure({ title, note, yLabel, runs, lanes, transport, values, domain, format }: Props) {
  const cursor = useRef<HTMLDivElement>(null);
  const steps = runs[0]?.learningRates.length ?? 1;
  useEffect(
    () => transport.onFrame((time) => cursor.current?.style.setProperty('--share', String(Math.min(1, time / steps)))),
    [transport, steps],
  );
  const points = useMemo(() => runs.map((run) => values(run).map((y, x) => ({ x, y }))), [runs, values]);
  const drawn = useMemo(() => points.map((line) => lttb(line)), [points]);
  const series = useMemo(
    () => lanes.flatMap(({ id, label, color, dash }, i) => (drawn[i] ? [{ id, label, color, dash, points: drawn[i] }] : [])),
    [lanes, drawn],
  );
  const xDomain = useMemo(() => [0, steps] as const, [steps]);
  const yDomain = useMemo(() => domain(points.map((line) => line.map(({ y }) => y))), [points, domain]);
  return (
    <ChartFrame
      title={title}
      note={note}
      summary={lanes
        .map(({ label }, i) => `${label}: from ${format(points[i]?.[0]?.y ?? 0)} to ${format(points[i]?.at(-1)?.y ?? 0)}`)
        .join('; ')}
      table={() => ({
        columns: ['Lane', 'Step', yLabel],
        rows: lanes.flatMap(({ label }, i) => (points[i] ?? []).map(({ x, y }) => [label, x, y])),
      })}
    >
      <PlotCursor cursor={cursor}>
        <LineFigure
          series={series}
          xLabel="step"
          yLabel={yLabel}
          xDomain={xDomain}
          yDomain={yDomain}
          xWhole
          formatX={formatCount}
          formatY={format}
          height={176}
        />
      </PlotCursor>
    </ChartFrame>
  );
});
