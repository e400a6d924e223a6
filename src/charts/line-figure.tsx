import { memo, useMemo, useRef } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { Point } from './decimate';
import { logTicks, ticksOf } from './domain';
import { placeEndLabels } from './end-labels';
import type { LineFigureProps, LineSeries } from './line-figure.types';
import { plotMargin, plotXHeight, plotYWidth } from './plot';
import { LineSwatch } from './swatch';
import tooltipClasses from './tooltip.module.css';

const marginWithLabels = { ...plotMargin, right: 22 };
/** Words on top of lines stay readable. */
const HALO = { fontSize: 11.5, fill: 'var(--ink)', stroke: 'var(--surface)', strokeWidth: 4, paintOrder: 'stroke' };
const TICK = { fontSize: 11, fill: 'var(--muted)' };

/**
 * Lines over a number. Draws what it is given: decimation is the caller's, so that a learning rate is never decimated as a loss is.
 * Each line brings its own points: rows of all lines together would cost lines times points. What the chart itself holds is every x, for the
 * tooltip to move along.
 */
export const LineFigure = memo(function LineFigure(props: LineFigureProps) {
  const { marks = [], rules = [], xLabel, yLabel, xDomain, yDomain, xScale = 'linear', yScale = 'linear', height = 210 } = props;
  const { formatX, formatY } = props;
  const series = useStable(props.series);
  const places = useMemo(() => everyX(series), [series]);
  const xTicks = useMemo(() => (xScale === 'log' ? logTicks(xDomain) : ticksOf(xDomain, 6)), [xDomain, xScale]);
  const yTicks = useMemo(() => (yScale === 'log' ? logTicks(yDomain) : ticksOf(yDomain, 4)), [yDomain, yScale]);
  const style = useMemo(() => ({ width: '100%', height }), [height]);
  const xAxisLabel = useMemo(() => axisLabel(xLabel, { position: 'insideBottomRight', offset: 0, dy: -5, textAnchor: 'end' }), [xLabel]);
  const yAxisLabel = useMemo(() => axisLabel(yLabel, { position: 'top', offset: 10, dx: -12, textAnchor: 'start' }), [yLabel]);
  const tooltip = useMemo(
    () => <PointTooltip series={series} xLabel={xLabel} formatX={formatX} formatY={formatY} />,
    [series, xLabel, formatX, formatY],
  );
  const endLabels = useMemo(
    () => placeEndLabels(series, { xDomain, yDomain, xScale, yScale, heightPx: height - plotMargin.top - plotXHeight }),
    [series, xDomain, yDomain, xScale, yScale, height],
  );
  return (
    <LineChart data={places} responsive style={style} margin={endLabels.length > 0 ? marginWithLabels : plotMargin}>
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        dataKey="x"
        type="number"
        scale={xScale}
        domain={xDomain as [number, number]}
        allowDataOverflow
        ticks={xTicks}
        tickFormatter={formatX}
        tick={TICK}
        tickLine={false}
        stroke="var(--line-strong)"
        label={xAxisLabel}
        height={plotXHeight}
      />
      <YAxis
        type="number"
        scale={yScale}
        domain={yDomain as [number, number]}
        allowDataOverflow
        ticks={yTicks}
        tickFormatter={props.formatYTick ?? formatY}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={props.yWidth ?? plotYWidth}
        label={yAxisLabel}
      />
      <Tooltip content={tooltip} isAnimationActive={false} cursor={{ stroke: 'var(--line-strong)' }} />
      {rules.map((rule) => (
        <ReferenceLine
          key={rule.id}
          x={rule.x}
          y={rule.y}
          stroke={rule.color ?? 'var(--muted)'}
          strokeDasharray="3 3"
          label={{
            ...HALO,
            value: rule.label,
            position: rule.y === undefined ? (rule.side ?? 'insideTopLeft') : 'insideBottomRight',
          }}
        />
      ))}
      {series.map((entry) => (
        <Line
          key={entry.id}
          data={entry.points as Point[]}
          dataKey="y"
          name={entry.label}
          type="linear"
          stroke={entry.color}
          strokeDasharray={entry.dash || undefined}
          strokeWidth={entry.width ?? 2}
          strokeOpacity={entry.opacity ?? 1}
          dot={entry.dots ? { r: 2.5, fill: entry.color, strokeWidth: 0 } : false}
          activeDot={entry.silent ? false : { r: 3.5, strokeWidth: 0 }}
          isAnimationActive={false}
        />
      ))}
      {endLabels.map(({ id, text, color, x, y, shiftPx }) => (
        <ReferenceDot
          key={`end-${id}`}
          x={x}
          y={y}
          r={0}
          label={{ ...HALO, fill: color, fontWeight: 700, value: text, position: 'right', offset: 6, dy: shiftPx }}
        />
      ))}
      {marks.map((mark) => (
        <ReferenceDot
          key={mark.id}
          x={mark.x}
          y={mark.y}
          r={5}
          fill="var(--surface)"
          stroke={mark.color}
          strokeWidth={2.5}
          label={mark.label ? { ...HALO, value: mark.label, position: mark.labelSide ?? 'left', offset: 8 } : undefined}
        />
      ))}
    </LineChart>
  );
});

/** The list of before where every entry is as before: a chart whose points did not change is not computed anew. */
function useStable(next: readonly LineSeries[]): readonly LineSeries[] {
  const known = useRef(next);
  const same = known.current.length === next.length && next.every((entry, i) => isSame(entry, known.current[i]));
  if (!same) known.current = next;
  return known.current;
}

function isSame(a: LineSeries, b: LineSeries): boolean {
  return (
    a.id === b.id &&
    a.points === b.points &&
    a.label === b.label &&
    a.color === b.color &&
    a.dash === b.dash &&
    a.width === b.width &&
    a.opacity === b.opacity &&
    a.dots === b.dots &&
    a.endLabel === b.endLabel
  );
}

/** The x of all points, once each, ascending. */
function everyX(series: readonly LineSeries[]): { x: number }[] {
  const all = new Set<number>();
  for (const { points } of series) for (const { x } of points) all.add(x);
  return [...all].sort((a, b) => a - b).map((x) => ({ x }));
}

function axisLabel(value: string, place: object) {
  return { value, fontSize: 11, fill: 'var(--muted)', ...place };
}

interface PointTooltipProps {
  series: readonly LineSeries[];
  xLabel: string;
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** Given by the chart. */
  active?: boolean;
  label?: string | number;
}

/** Every series at the nearest x of its own; says itself to a screen reader as the arrow keys move it. */
function PointTooltip({ series, xLabel, formatX, formatY, active, label }: PointTooltipProps) {
  if (!active || label === undefined) return null;
  const x = Number(label);
  const entries = series.flatMap((entry) => {
    const point = entry.silent ? null : nearest(entry, x);
    return point ? [{ entry, point }] : [];
  });
  return (
    <div className={tooltipClasses.tooltip} role="status" aria-live="polite">
      <p className={tooltipClasses.head}>
        {xLabel} {formatX(x)}
      </p>
      {entries.map(({ entry, point }) => (
        <p key={entry.id} className={tooltipClasses.row}>
          <LineSwatch color={entry.color} dash={entry.dash} width={16} />
          <span>{entry.label}</span>
          <b>{formatY(point.y)}</b>
        </p>
      ))}
    </div>
  );
}

function nearest({ points }: LineSeries, x: number) {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const slack = Math.max(1e-9, (last.x - first.x) * 0.02);
  if (x < first.x - slack || x > last.x + slack) return null;
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].x <= x) low = middle;
    else high = middle;
  }
  return Math.abs(points[low].x - x) <= Math.abs(points[high].x - x) ? points[low] : points[high];
}
