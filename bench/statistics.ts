/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values have no median');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The exponent k of y = c x^k by least squares on logarithms: 0 is flat, 1 proportional. */
export function logLogSlope(points: readonly { x: number; y: number }[]): number {
  if (new Set(points.map(({ x }) => x)).size < 2) throw new RangeError('a slope takes two places');
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (of: (point: { x: number; y: number }) => number) => logs.reduce((sum, point) => sum + of(point), 0) / logs.length;
  const centre = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const covariance = mean(({ x, y }) => (x - centre.x) * (y - centre.y));
  return covariance / mean(({ x }) => (x - centre.x) ** 2);
}
