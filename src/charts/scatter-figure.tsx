import { memo, useMemo } from 'react';
import { CartesianGrid, ErrorBar, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { logTicks, ticksOf } from './domain';
import type { ScatterFigureProps, ScatterPoint } from './scatter-figure.types';
import tooltipClasses from './tooltip.module.css';

const MARGIN = { top: 26, right: 18, bottom: 0, left: 0 };
const TICK = { fontSize: 11, fill: 'var(--muted)' };

/** A point with its bar, below and above it, as far as the axis goes: an accuracy's ends at 100 %. */
function barred(point: ScatterPoint, [from, to]: readonly [number, number]): ScatterPoint & { bar: [number, number] | null } {
  const { y, spread } = point;
  return { ...point, bar: spread === null ? null : [Math.min(spread, y - from), Math.min(spread, to - y)] };
}

/** Points over a size on a logarithmic axis, with the spread over seeds as bars, and a line where a method has several rates. */
export const ScatterFigure = memo(function ScatterFigure(props: ScatterFigureProps) {
  const { series, xLabel, yLabel, xDomain, yDomain, formatX, formatY, height = 320 } = props;
  const xTicks = useMemo(() => logTicks(xDomain), [xDomain]);
  const yTicks = useMemo(() => ticksOf(yDomain, 5), [yDomain]);
  const style = useMemo(() => ({ width: '100%', height }), [height]);
  return (
    <ScatterChart responsive style={style} margin={MARGIN}>
      <CartesianGrid stroke="var(--line)" />
      <XAxis
        dataKey="x"
        type="number"
        scale="log"
        domain={xDomain as [number, number]}
        ticks={xTicks}
        tickFormatter={formatX}
        tick={TICK}
        tickLine={false}
        stroke="var(--line-strong)"
        height={38}
        label={{ value: xLabel, fontSize: 11, fill: 'var(--muted)', position: 'insideBottomRight', dy: -5, offset: 0, textAnchor: 'end' }}
      />
      <YAxis
        dataKey="y"
        type="number"
        domain={yDomain as [number, number]}
        ticks={yTicks}
        tickFormatter={formatY}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={54}
        label={{ value: yLabel, fontSize: 11, fill: 'var(--muted)', position: 'top', offset: 12, dx: -12, textAnchor: 'start' }}
      />
      <Tooltip content={<DotTooltip formatX={formatX} formatY={formatY} />} isAnimationActive={false} cursor={false} />
      {series.map((entry) => (
        <Scatter
          key={entry.id}
          name={entry.label}
          data={entry.points.map((point) => barred(point, yDomain))}
          fill={entry.color}
          shape={entry.marker}
          line={entry.points.length > 1 ? { stroke: entry.color, strokeWidth: 2, strokeDasharray: entry.dash || undefined } : false}
          isAnimationActive={false}
        >
          {entry.points.some((point) => point.spread !== null) && (
            <ErrorBar dataKey="bar" direction="y" width={6} stroke={entry.color} strokeWidth={1.5} isAnimationActive={false} />
          )}
        </Scatter>
      ))}
    </ScatterChart>
  );
});

interface DotTooltipProps {
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** Given by the chart. */
  active?: boolean;
  payload?: readonly { payload?: ScatterPoint }[];
}

function DotTooltip({ formatX, formatY, active, payload }: DotTooltipProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className={tooltipClasses.tooltip} role="status" aria-live="polite">
      <p className={tooltipClasses.head}>{point.label}</p>
      <p>
        {formatY(point.y)}
        {point.spread !== null && ` ± ${formatY(point.spread)}`} at {formatX(point.x)}
      </p>
    </div>
  );
}
