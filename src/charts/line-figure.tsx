import { memo, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { CartesianGrid, DefaultZIndexes, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis, ZIndexLayer } from 'recharts';
import { Curves, HALO } from './curves';
import { isRightOfMiddle, logTicks, ticksOf } from './domain';
import { type DrawnLines, DrawnLinesContext } from './drawn-lines';
import { placeEndLabels } from './end-labels';
import type { LineFigureProps, LineSeries, Mark, Rule } from './line-figure.types';
import { everyX } from './nearest';
import { plotMargin, plotXHeight, plotYWidth } from './plot';
import { PointTooltip } from './point-tooltip';

const marginWithLabels = { ...plotMargin, right: 22 };
const TICK = { fontSize: 11, fill: 'var(--muted)' };
const NO_MARKS: readonly Mark[] = [];
const NO_RULES: readonly Rule[] = [];
const NO_TICKS: readonly number[] = [];
const NO_PLACES: { x: number }[] = [];

/**
 * Lines over a number. Draws what it is given: decimation is the caller's, so that a learning rate is never decimated as a loss is.
 * Recharts draws the axes and moves the tooltip; the lines are drawn past it (`curves.tsx`), and the chart itself is computed anew only when its axes are.
 */
export const LineFigure = memo(function LineFigure(props: LineFigureProps) {
  const { xScale = 'linear', yScale = 'linear', height = 210, xLabel, yLabel, formatX, formatY } = props;
  const xDomain = usePair(props.xDomain);
  const yDomain = usePair(props.yDomain);
  const series = useStable(props.series, isSameSeries);
  const marks = useStable(props.marks ?? NO_MARKS, isSameMark);
  const rules = useStable(props.rules ?? NO_RULES, isSameRule);
  const ownTicks = useStable(props.xTicks ?? NO_TICKS, Object.is);
  const [pointed, setPointed] = useState(false);
  // What the tooltip moves along: every x, which only a chart that is pointed at needs.
  const places = useMemo(() => (pointed ? everyX(series) : NO_PLACES), [pointed, series]);
  const endLabels = useMemo(
    () => placeEndLabels(series, { xDomain, yDomain, xScale, yScale, heightPx: height - plotMargin.top - plotXHeight }),
    [series, xDomain, yDomain, xScale, yScale, height],
  );
  const lines = useMemo<DrawnLines>(() => ({ series, marks, rules, endLabels }), [series, marks, rules, endLabels]);
  const point = () => {
    // Before the chart itself hears of the pointer, which may rest at once.
    if (!pointed) flushSync(() => setPointed(true));
  };
  return (
    <DrawnLinesContext value={lines}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens, and does nothing that a person would look for; the chart within takes the keys */}
      <div
        onPointerEnter={point}
        onPointerLeave={({ currentTarget }) => setPointed(currentTarget.contains(document.activeElement))}
        onFocus={point}
        onBlur={({ currentTarget }) => setPointed(currentTarget.matches(':hover'))}
      >
        <Axes
          places={places}
          rules={rules}
          withLabels={endLabels.length > 0}
          xDomain={xDomain}
          yDomain={yDomain}
          xScale={xScale}
          yScale={yScale}
          xTicks={ownTicks}
          xWhole={props.xWhole ?? false}
          height={height}
          yWidth={props.yWidth ?? plotYWidth}
          xLabel={xLabel}
          yLabel={yLabel}
          formatX={formatX}
          formatY={formatY}
          formatYTick={props.formatYTick ?? formatY}
        />
      </div>
    </DrawnLinesContext>
  );
});

type AxesProps = Required<Omit<LineFigureProps, 'series' | 'marks'>> & { places: { x: number }[]; withLabels: boolean };

const Axes = memo(function Axes(props: AxesProps) {
  const {
    places,
    rules,
    withLabels,
    xTicks: ownTicks,
    xWhole,
    xDomain,
    yDomain,
    xScale,
    yScale,
    height,
    yWidth,
    xLabel,
    yLabel,
    formatX,
    formatY,
  } = props;
  const xTicks = useMemo(
    () => (ownTicks.length > 0 ? [...ownTicks] : xScale === 'log' ? logTicks(xDomain) : ticksOf(xDomain, 6, xWhole)),
    [ownTicks, xDomain, xScale, xWhole],
  );
  const yTicks = useMemo(() => (yScale === 'log' ? logTicks(yDomain) : ticksOf(yDomain, 4)), [yDomain, yScale]);
  const style = useMemo(() => ({ width: '100%', height }), [height]);
  const xAxisLabel = useMemo(() => axisLabel(xLabel, { position: 'insideBottomRight', offset: 0, dy: -5, textAnchor: 'end' }), [xLabel]);
  const yAxisLabel = useMemo(() => axisLabel(yLabel, { position: 'top', offset: 10, dx: -12, textAnchor: 'start' }), [yLabel]);
  const tooltip = useMemo(() => <PointTooltip xLabel={xLabel} formatX={formatX} formatY={formatY} />, [xLabel, formatX, formatY]);
  return (
    <LineChart data={places} responsive style={style} margin={withLabels ? marginWithLabels : plotMargin}>
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
        tickFormatter={props.formatYTick}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={yWidth}
        label={yAxisLabel}
      />
      <Tooltip content={tooltip} isAnimationActive={false} cursor={CURSOR} includeHidden />
      {/* Draws nothing: the tooltip stands where a line of the chart has a point. */}
      <Line dataKey="x" hide isAnimationActive={false} />
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
            position: rule.y === undefined ? (rule.side ?? roomierSide(rule.x, xDomain, xScale)) : 'insideBottomRight',
          }}
        />
      ))}
      <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
        <Curves />
      </ZIndexLayer>
    </LineChart>
  );
});

/** Recharts names a side by where the words begin or end: `insideTopLeft` begins at the line. */
function roomierSide(x: number | undefined, domain: readonly [number, number], scale: 'linear' | 'log') {
  return x !== undefined && isRightOfMiddle(x, domain, scale) ? 'insideTopRight' : 'insideTopLeft';
}

const CURSOR = { stroke: 'var(--line-strong)' };

/** The list of before where every entry is as before: a chart whose points did not change is not computed anew. */
function useStable<T>(next: readonly T[], isSame: (a: T, b: T) => boolean): readonly T[] {
  const known = useRef(next);
  const same = known.current.length === next.length && next.every((entry, i) => isSame(entry, known.current[i]));
  if (!same) known.current = next;
  return known.current;
}

/** The pair of before where both its ends are as before. */
function usePair([from, to]: readonly [number, number]): readonly [number, number] {
  return useMemo(() => [from, to] as const, [from, to]);
}

const isSameSeries = sameIn<LineSeries>('id', 'points', 'label', 'color', 'dash', 'width', 'opacity', 'dots', 'silent', 'endLabel');
const isSameMark = sameIn<Mark>('id', 'x', 'y', 'color', 'label', 'labelSide');
const isSameRule = sameIn<Rule>('id', 'x', 'y', 'label', 'color', 'side');

function sameIn<T>(...keys: (keyof T)[]): (a: T, b: T) => boolean {
  return (a, b) => keys.every((key) => a[key] === b[key]);
}

function axisLabel(value: string, place: object) {
  return { value, fontSize: 11, fill: 'var(--muted)', ...place };
}
