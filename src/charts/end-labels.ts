import type { LineSeries } from './line-figure.types';

type Scale = 'linear' | 'log';

interface Plot {
  xDomain: readonly [number, number];
  yDomain: readonly [number, number];
  xScale: Scale;
  yScale: Scale;
  heightPx: number;
}

export interface EndLabel {
  id: string;
  text: string;
  color: string;
  x: number;
  y: number;
  /** Down from where the line ends, so that no two labels lie on each other. */
  shiftPx: number;
}

const LINE_HEIGHT_PX = 13;
/** Ends this near to each other, as a share of the axis, would have their labels in one column. */
const SAME_COLUMN = 0.05;

/** Where the letters at the lines' ends go: beside the end, and apart from each other. */
export function placeEndLabels(series: readonly LineSeries[], plot: Plot): EndLabel[] {
  const labels = series.flatMap((entry) => {
    const end = entry.endLabel === undefined ? undefined : entry.points.at(-1);
    if (!end || entry.endLabel === undefined) return [];
    const across = share(end.x, plot.xDomain, plot.xScale);
    const up = share(end.y, plot.yDomain, plot.yScale);
    // What ends outside of the plot has its letter at the edge.
    if (!(across >= 0 && across <= 1.001) || !Number.isFinite(up)) return [];
    const y = Math.min(Math.max(end.y, plot.yDomain[0]), plot.yDomain[1]);
    const topPx = (1 - Math.min(1, Math.max(0, up))) * plot.heightPx;
    return [{ id: entry.id, text: entry.endLabel, color: entry.color, x: end.x, y, across, topPx }];
  });
  labels.sort((a, b) => a.topPx - b.topPx);
  const placed: (EndLabel & { across: number; at: number })[] = [];
  for (const { topPx, ...label } of labels) {
    const column = placed.filter((other) => Math.abs(other.across - label.across) < SAME_COLUMN);
    const lowest = Math.max(Number.NEGATIVE_INFINITY, ...column.map(({ at }) => at));
    const at = Math.max(topPx, lowest + LINE_HEIGHT_PX);
    placed.push({ ...label, shiftPx: at - topPx, at });
  }
  liftOffTheFloor(placed, plot.heightPx);
  return placed.map(({ across, at, ...label }) => label);
}

/** A column that was pushed below the axis goes up as a whole as far as it must. */
function liftOffTheFloor(placed: { across: number; at: number; shiftPx: number }[], heightPx: number): void {
  for (let i = placed.length - 1; i >= 0; i--) {
    const label = placed[i];
    const below = placed.slice(i + 1).filter((other) => Math.abs(other.across - label.across) < SAME_COLUMN);
    const floor = below.length === 0 ? heightPx : Math.min(...below.map(({ at }) => at)) - LINE_HEIGHT_PX;
    const lift = Math.max(0, label.at - floor);
    label.at -= lift;
    label.shiftPx -= lift;
  }
}

function share(value: number, [from, to]: readonly [number, number], scale: Scale): number {
  if (scale === 'log') return Math.log(value / from) / Math.log(to / from);
  return (value - from) / (to - from);
}
