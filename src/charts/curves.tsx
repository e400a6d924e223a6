import { memo, useEffect, useId, useMemo, useRef } from 'react';
import { useActiveTooltipLabel, useIsTooltipActive, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { type ClearLabel, placeClearLabels } from './clear-labels';
import { bandPath, curvePath, type Scale } from './curve-path';
import type { Point } from './decimate';
import { type DrawnLines, useDrawnLines } from './drawn-lines';
import type { LineSeries, Mark, Rule } from './line-figure.types';
import { nearest } from './nearest';

/** Words on top of lines stay readable. */
export const HALO = { fontSize: 11.5, fill: 'var(--ink)', stroke: 'var(--surface)', strokeWidth: 4, paintOrder: 'stroke' };
const DOT_PX = 2.5;
const ACTIVE_DOT_PX = 3.5;
const MARK_PX = 5;
const LABEL_APART_PX = 8;
const EDGE_PX = 1.5;
const BAND_OPACITY = 0.09;
/** A quarter of a capital's height and more: from the middle of a letter to the line that it stands on. */
const MIDDLE = '0.355em';

interface Axes {
  x: Scale;
  y: Scale;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The axes' scales, the same ones as long as the axes are. */
function useAxes(): Axes | null {
  const x = useXAxisScale() as Scale | undefined;
  const y = useYAxisScale() as Scale | undefined;
  const area = usePlotArea();
  return useMemo(
    () => (x && y && area ? { x, y, left: area.x, right: area.x + area.width, top: area.y, bottom: area.y + area.height } : null),
    [x, y, area],
  );
}

/**
 * The lines of a figure, drawn by hand within Recharts' axes. Its own `Line` keeps each line's points in the chart's store, and every change of one of
 * them is a turn through all the chart's selectors. In 40 s of a race of six lanes the page's thread was busy for 12.4 s by those, in tasks of up to 72 ms
 * where the garbage that they leave was collected meanwhile; by these for 3.5 s, in tasks of up to 28 ms at the start, and 9 ms later.
 */
export function Curves() {
  const { series, marks, rules, endLabels } = useDrawnLines();
  const axes = useAxes();
  const clip = useId();
  if (!axes) return null;
  return (
    <>
      <clipPath id={clip}>
        {/* A line along an axis is seen in its whole width. */}
        <rect
          x={axes.left - EDGE_PX}
          y={axes.top - EDGE_PX}
          width={axes.right - axes.left + 2 * EDGE_PX}
          height={axes.bottom - axes.top + 2 * EDGE_PX}
        />
      </clipPath>
      {series.map((entry) => (
        <Band key={entry.id} entry={entry} axes={axes} clip={clip} />
      ))}
      {series.map((entry) => (
        <Curve key={entry.id} entry={entry} axes={axes} clip={clip} />
      ))}
      <ActiveDots series={series} axes={axes} />
      {endLabels.map(({ id, text, color, x, y, shiftPx }) => (
        <text key={id} {...HALO} x={axes.x(x) + 6} y={axes.y(y) + shiftPx} dy={MIDDLE} fill={color} fontWeight={700}>
          {text}
        </text>
      ))}
      <ClearLabels series={series} marks={marks} rules={rules} axes={axes} />
      {marks.map((mark) => (
        <MarkDot key={mark.id} mark={mark} axes={axes} />
      ))}
    </>
  );
}

/** Behind all lines, so that none is dimmed by another one's band. */
const Band = memo(function Band({ entry: { id, points, color }, axes, clip }: { entry: LineSeries; axes: Axes; clip: string }) {
  const path = useMemo(() => bandPath(points, axes.x, axes.y), [points, axes]);
  if (path === '') return null;
  // What has no width is seen by its edge.
  const alone = points.length === 1;
  return (
    <path
      data-band={id}
      d={path}
      clipPath={`url(#${clip})`}
      fill={color}
      fillOpacity={BAND_OPACITY}
      stroke={alone ? color : 'none'}
      strokeWidth={alone ? 1.5 : 0}
    />
  );
});

const Curve = memo(function Curve({ entry, axes, clip }: { entry: LineSeries; axes: Axes; clip: string }) {
  const { points, color, dash, width = 2, opacity, dots } = entry;
  const path = useMemo(() => curvePath(points, axes.x, axes.y), [points, axes]);
  // A line of a single point is a dot.
  const dotted = dots || points.length === 1;
  return (
    <g data-curve={entry.id}>
      <path
        d={path}
        clipPath={`url(#${clip})`}
        fill="none"
        stroke={color}
        strokeWidth={width}
        strokeOpacity={opacity}
        strokeDasharray={dash || undefined}
      />
      {dotted && points.map((point) => <Dot key={point.x} point={point} axes={axes} radius={DOT_PX} color={color} />)}
    </g>
  );
});

/** Whole also where it lies on an axis; not there where it lies beyond one. */
function Dot({ point, axes, radius, color }: { point: Point; axes: Axes; radius: number; color: string }) {
  const at = placeOf(point, axes);
  return at && <circle cx={at.x} cy={at.y} r={radius} fill={color} />;
}

/** Of each line the point that the tooltip tells of. */
function ActiveDots({ series, axes }: { series: readonly LineSeries[]; axes: Axes }) {
  const active = useIsTooltipActive();
  const label = useActiveTooltipLabel();
  if (!active || label === undefined) return null;
  return series.map((entry) => {
    const point = entry.silent ? null : nearest(entry.points, Number(label));
    return point && <Dot key={entry.id} point={point} axes={axes} radius={ACTIVE_DOT_PX} color={entry.color} />;
  });
}

function MarkDot({ mark, axes }: { mark: Mark; axes: Axes }) {
  const at = placeOf(mark, axes);
  if (!at) return null;
  return (
    <g>
      <circle cx={at.x} cy={at.y} r={MARK_PX} fill="var(--surface)" stroke={mark.color} strokeWidth={2.5} />
      {mark.label && mark.labelSide !== 'clear' && (
        <text {...HALO} {...besides(at, mark.labelSide ?? 'left')}>
          {mark.label}
        </text>
      )}
    </g>
  );
}

/** The words of the marks that have theirs where no line is, each on a thread from its mark. */
const ClearLabels = memo(function ClearLabels({
  series,
  marks,
  rules,
  axes,
}: Pick<DrawnLines, 'series' | 'marks' | 'rules'> & { axes: Axes }) {
  const stood = useRef<{ axes: Axes; labels: readonly ClearLabel[] } | null>(null);
  const labels = useMemo<readonly ClearLabel[]>(() => {
    const wanted = marks.flatMap(({ id, x, y, label, labelSide }) => {
      const at = label && labelSide === 'clear' ? placeOf({ x, y }, axes) : null;
      return at && label ? [{ id, text: label, at }] : [];
    });
    if (wanted.length === 0) return [];
    const lines = series.map(({ points }) => points.map(({ x, y }) => ({ x: axes.x(x), y: axes.y(y) })));
    const before = stood.current?.axes === axes ? stood.current.labels : [];
    return placeClearLabels(wanted, [...lines, ...rules.map((rule) => across(rule, axes))], axes, before);
  }, [series, marks, rules, axes]);
  useEffect(() => {
    stood.current = { axes, labels };
  }, [axes, labels]);
  return labels.map(({ id, text, x, y, at }) => (
    <g key={id}>
      <line x1={at.x} y1={at.y} x2={at.x} y2={y} stroke="var(--muted)" strokeWidth={1} />
      <text {...HALO} x={x} y={y} dy={MIDDLE} textAnchor="middle">
        {text}
      </text>
    </g>
  ));
});

/** From edge to edge of the plot, in pixels. */
function across({ x, y }: Rule, { x: toX, y: toY, left, right, top, bottom }: Axes): Point[] {
  if (y !== undefined) return [left, right].map((at) => ({ x: at, y: toY(y) }));
  return x === undefined ? [] : [top, bottom].map((at) => ({ x: toX(x), y: at }));
}

function besides({ x, y }: Point, side: Exclude<NonNullable<Mark['labelSide']>, 'clear'>) {
  const away = MARK_PX + LABEL_APART_PX;
  switch (side) {
    case 'left':
      return { x: x - away, y, dy: MIDDLE, textAnchor: 'end' as const };
    case 'right':
      return { x: x + away, y, dy: MIDDLE, textAnchor: 'start' as const };
    case 'top':
      return { x, y: y - away, textAnchor: 'middle' as const };
  }
}

/** In pixels; null beyond the axes. */
function placeOf(point: Point, axes: Axes): Point | null {
  const x = axes.x(point.x);
  const y = axes.y(point.y);
  const within = x >= axes.left - 0.5 && x <= axes.right + 0.5 && y >= axes.top - 0.5 && y <= axes.bottom + 0.5;
  return within ? { x, y } : null;
}
