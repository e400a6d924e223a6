import type { Point } from './decimate';

/** How far beyond its ends a line still has something to say, as a share of its length. */
const SLACK = 0.02;

/** Of points in the order of their x the one that lies nearest to `x`; null where the line does not reach there. */
export function nearest<P extends Point>(points: readonly P[], x: number): P | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const slack = Math.max(1e-9, (last.x - first.x) * SLACK);
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

/** The x of all points, once each, ascending. */
export function everyX(lines: readonly { points: readonly Point[] }[]): { x: number }[] {
  const all = new Set<number>();
  for (const { points } of lines) for (const { x } of points) all.add(x);
  return [...all].sort((a, b) => a - b).map((x) => ({ x }));
}
