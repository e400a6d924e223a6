/** Where step t lies in a triangular cycle: which cycle, and how high (0 at its ends, 1 at its middle). */
export interface TrianglePosition {
  /** c = floor(t / 2s), from 0. */
  cycle: number;
  /** tri(t) = max(0, 1 - |t / s - 2c - 1|). */
  height: number;
}

/**
 * Smith's triangle (WACV 2017, arXiv 1506.01186).
 *
 * @param step t, from 0.
 * @param stepSize s > 0: steps of half a cycle; need not be whole.
 */
export function triangle(step: number, stepSize: number): TrianglePosition {
  const cycle = Math.floor(step / (2 * stepSize));
  return { cycle, height: Math.max(0, 1 - Math.abs(step / stepSize - 2 * cycle - 1)) };
}

/**
 * s for a wanted number of cycles over the run. It is never under one step: with half a step every sample would fall on the bottom of
 * the triangle, and the run would spend the lowest rate throughout.
 */
export function halfCycle(totalSteps: number, cycles: number): number {
  return Math.max(1, totalSteps / (2 * cycles));
}
