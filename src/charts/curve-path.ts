import type { Point } from './decimate';

/** From a value to where it lies in the drawing, in pixels. */
export type Scale = (value: number) => number;

/** Further away than any screen reaches, and still exact in single precision, which drawings are made with. */
const FARTHEST_PX = 1e5;

/** An SVG path through points, in tenths of a pixel. What has no place on the axes (zero on a logarithmic one) is a gap. */
export function curvePath(points: readonly Point[], scaleX: Scale, scaleY: Scale): string {
  let path = '';
  let command = 'M';
  for (const { x, y } of points) {
    const across = tenths(scaleX(x));
    const down = tenths(scaleY(y));
    if (Number.isNaN(across) || Number.isNaN(down)) {
      command = 'M';
      continue;
    }
    path += `${command}${across} ${down}`;
    command = 'L';
  }
  return path;
}

/** The outline of what lies between a line's lower and upper bounds; points without bounds are left out, and a single one is an upright line. */
export function bandPath(points: readonly { x: number; low?: number; high?: number }[], scaleX: Scale, scaleY: Scale): string {
  const bound = points.flatMap(({ x, low, high }) => (low === undefined || high === undefined ? [] : [{ x, low, high }]));
  const there = bound.map(({ x, high }) => ({ x, y: high }));
  const back = bound.map(({ x, low }) => ({ x, y: low })).reverse();
  return curvePath([...there, ...back], scaleX, scaleY);
}

function tenths(px: number): number {
  if (!Number.isFinite(px)) return Number.NaN;
  return Math.round(10 * Math.min(FARTHEST_PX, Math.max(-FARTHEST_PX, px))) / 10;
}
