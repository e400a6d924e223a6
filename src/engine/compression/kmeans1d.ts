/** Values in ascending order, each standing for `counts` of them. */
export interface WeightedPoints {
  values: Float64Array;
  counts: Float64Array;
}

/**
 * The exact optimum of one-dimensional k-means: K centres of least squared distance. Clusters are runs of the sorted values, so
 * D_k(j) = min_i D_{k-1}(i) + cost(i, j) finds them (Wang, Song, The R Journal 3/2, 2011); the best i never falls as j grows, which
 * lets each layer be filled by halving, O(K n log n) in all (Grønlund et al., arXiv 1701.07204).
 *
 * @returns Ascending; fewer than K where there are fewer points.
 */
export function optimalCentres({ values, counts }: WeightedPoints, clusters: number): Float64Array {
  const n = values.length;
  if (clusters >= n) return values.slice();
  const { count, sum, squares } = runningSums({ values, counts });
  const cost = (from: number, to: number): number => {
    const total = sum[to] - sum[from];
    return Math.max(0, squares[to] - squares[from] - (total * total) / (count[to] - count[from]));
  };

  // Layer k: the first j points in k + 1 clusters; `starts[k][j]` is where the last of those begins.
  const starts = Array.from({ length: clusters }, () => new Uint32Array(n + 1));
  let previous = Float64Array.from({ length: n + 1 }, (_, j) => (j === 0 ? 0 : cost(0, j)));
  for (let k = 1; k < clusters; k++) {
    const current = new Float64Array(n + 1);
    const start = starts[k];
    const fill = (first: number, last: number, lowest: number, highest: number): void => {
      if (first > last) return;
      const j = (first + last) >>> 1;
      let best = Number.POSITIVE_INFINITY;
      let at = lowest;
      for (let i = Math.max(lowest, k); i <= Math.min(highest, j - 1); i++) {
        const value = previous[i] + cost(i, j);
        if (value < best) {
          best = value;
          at = i;
        }
      }
      current[j] = best;
      start[j] = at;
      fill(first, j - 1, lowest, at);
      fill(j + 1, last, at, highest);
    };
    fill(k + 1, n, k, n - 1);
    previous = current;
  }

  const centres = new Float64Array(clusters);
  for (let k = clusters - 1, end = n; k >= 0; k--) {
    const start = starts[k][end];
    centres[k] = meanOf(values.subarray(start, end), counts.subarray(start, end));
    end = start;
  }
  return centres;
}

function meanOf(values: Float64Array, counts: Float64Array): number {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    count += counts[i];
    sum += counts[i] * values[i];
  }
  return sum / count;
}

/** Running sums of the points around their mean: far from zero, the squares would swallow the differences. */
function runningSums({ values, counts }: WeightedPoints): { count: Float64Array; sum: Float64Array; squares: Float64Array } {
  const n = values.length;
  const mean = meanOf(values, counts);
  const count = new Float64Array(n + 1);
  const sum = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const weight = counts[i];
    const value = values[i] - mean;
    count[i + 1] = count[i] + weight;
    sum[i + 1] = sum[i] + weight * value;
    squares[i + 1] = squares[i] + weight * value * value;
  }
  return { count, sum, squares };
}
