/** The mathematics of the pieces in small: what the cards of the Learn room draw. Pure, and quick enough to be done when they are drawn. */

/** Uniform numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller). */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** lr(t) of the cyclically annealed rate with peak 1; gamma = 1 makes it the cyclical one. */
export function annealed(step: number, steps: number, cycles: number, floor: number, gamma: number, restartCycles: number): number {
  const half = steps / (2 * cycles);
  const cycle = Math.floor(step / (2 * half));
  const height = Math.max(0, 1 - Math.abs(step / half - 2 * cycle - 1));
  return floor + (1 - floor) * height * gamma ** (cycle % restartCycles);
}

/** A bowl with Gaussian pits: height and slope at x. */
export function rugged(x: number, pits: readonly { at: number; depth: number; width: number }[]): { height: number; slope: number } {
  let height = 0.3 * x * x;
  let slope = 0.6 * x;
  for (const { at, depth, width } of pits) {
    const pit = depth * Math.exp(-((x - at) ** 2) / (2 * width ** 2));
    height -= pit;
    slope += (pit * (x - at)) / width ** 2;
  }
  return { height, slope };
}

/** Plain gradient descent: x(t + 1) = x(t) - lr(t) slope(x(t)), kept within -1 and 1. */
export function descend(start: number, rates: readonly number[], slope: (x: number) => number): number[] {
  const path = [start];
  for (const rate of rates) {
    const x = path[path.length - 1];
    path.push(Math.min(1, Math.max(-1, x - rate * slope(x))));
  }
  return path;
}

/** Direction of the line through the origin that keeps most of these points, as a unit vector. */
export function principalDirection(points: readonly (readonly [number, number])[]): [number, number] {
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of points) {
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  return [Math.cos(angle), Math.sin(angle)];
}

/**
 * Singular values of a matrix given by its columns, descending: one-sided Jacobi, which turns pairs of columns until all are orthogonal; their
 * lengths are then the singular values.
 */
export function singularValues(columns: readonly (readonly number[])[]): number[] {
  const a = columns.map((column) => [...column]);
  const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, i) => sum + value * v[i], 0);
  for (let sweep = 0; sweep < 30; sweep++) {
    let turned = false;
    for (let p = 0; p < a.length; p++) {
      for (let q = p + 1; q < a.length; q++) {
        const [pp, qq, pq] = [dot(a[p], a[p]), dot(a[q], a[q]), dot(a[p], a[q])];
        if (Math.abs(pq) <= 1e-12 * Math.sqrt(pp * qq)) continue;
        turned = true;
        const zeta = (qq - pp) / (2 * pq);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        const s = c * t;
        for (let i = 0; i < a[p].length; i++) {
          const [u, v] = [a[p][i], a[q][i]];
          a[p][i] = c * u - s * v;
          a[q][i] = s * u + c * v;
        }
      }
    }
    if (!turned) break;
  }
  return a.map((column) => Math.sqrt(dot(column, column))).sort((x, y) => y - x);
}

/** Counts of equally wide bins over [low, high]. */
export function histogram(values: readonly number[], bins: number, low: number, high: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    counts[Math.min(bins - 1, Math.max(0, bin))]++;
  }
  return counts;
}
