export interface Point {
  x: number;
  y: number;
}

/** What a chart draws at most, a series. */
export const MOST_POINTS = 300;

/**
 * Largest-triangle-three-buckets (Steinarsson 2013): of every bucket the point that spans the largest triangle with the point kept before
 * and the mean of the next bucket. Keeps the look of a noisy line. Every point it returns is one of the given ones. Points that are not
 * finite are dropped first.
 */
export function lttb(points: readonly Point[], most = MOST_POINTS): readonly Point[] {
  const finite = points.every(isFinitePoint) ? points : points.filter(isFinitePoint);
  const n = finite.length;
  if (n <= most || most < 3) return most < 3 ? finite.slice(0, most) : finite;
  const kept: Point[] = [finite[0]];
  const width = (n - 2) / (most - 2);
  let last = 0;
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const start = Math.floor(bucket * width) + 1;
    const end = Math.floor((bucket + 1) * width) + 1;
    const nextEnd = Math.min(Math.floor((bucket + 2) * width) + 1, n);
    let meanX = 0;
    let meanY = 0;
    for (let i = end; i < nextEnd; i++) {
      meanX += finite[i].x;
      meanY += finite[i].y;
    }
    meanX /= nextEnd - end;
    meanY /= nextEnd - end;
    const a = finite[last];
    let largest = -1;
    for (let i = start; i < end; i++) {
      const area = Math.abs((a.x - meanX) * (finite[i].y - a.y) - (a.x - finite[i].x) * (meanY - a.y));
      if (area > largest) {
        largest = area;
        last = i;
      }
    }
    kept.push(finite[last]);
  }
  kept.push(finite[n - 1]);
  return kept;
}

/**
 * For a learning rate, whose peaks and floors are the message: the lowest and the highest point of every bucket, in their order, and both
 * ends. No value is averaged and no extreme is lost.
 */
export function keepExtremes(points: readonly Point[], most = MOST_POINTS): readonly Point[] {
  const finite = points.every(isFinitePoint) ? points : points.filter(isFinitePoint);
  const n = finite.length;
  if (n <= most) return finite;
  const buckets = Math.max(1, Math.floor((most - 2) / 2));
  const kept: Point[] = [finite[0]];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = 1 + Math.floor((bucket * (n - 2)) / buckets);
    const end = 1 + Math.floor(((bucket + 1) * (n - 2)) / buckets);
    if (start >= end) continue;
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i++) {
      if (finite[i].y < finite[low].y) low = i;
      if (finite[i].y > finite[high].y) high = i;
    }
    kept.push(finite[Math.min(low, high)]);
    if (low !== high) kept.push(finite[Math.max(low, high)]);
  }
  kept.push(finite[n - 1]);
  return kept;
}

function isFinitePoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
