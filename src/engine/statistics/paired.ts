import { studentTQuantile, studentTTwoSided } from './student-t';

export interface PairedDifference {
  /** n. */
  pairs: number;
  /** Mean of first minus second. */
  mean: number;
  /** Sample standard deviation of the differences; null with fewer than two pairs. */
  deviation: number | null;
  /** Interval of the mean at the given confidence, mean +- t s / sqrt(n); null with fewer than two pairs. */
  interval: [number, number] | null;
  /**
   * Two-sided p value of the paired t test; null with fewer than two pairs, and where all differences are the same but not zero: without a spread
   * there is no t, and two seeds that happen to agree are no proof.
   */
  p: number | null;
}

/**
 * Student's paired comparison (Student, Biometrika 1908): pairs are the same seed, so that what the seed decides falls out of the difference.
 * Where pairs share data, as splits of one set do, the interval is somewhat too narrow (Nadeau, Bengio, Machine Learning 2003).
 *
 * @param confidence of the interval, 0 < confidence < 1
 */
export function pairedDifference(first: readonly number[], second: readonly number[], confidence = 0.95): PairedDifference {
  if (first.length !== second.length || first.length === 0) {
    throw new RangeError(`${first.length} values against ${second.length}: pairs are needed`);
  }
  const n = first.length;
  const differences = first.map((value, i) => value - second[i]);
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) {
    return { pairs: n, mean, deviation: null, interval: null, p: null };
  }
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // Differences that are equal up to the rounding of their subtraction have no spread.
  const rounding = n * (4 * Number.EPSILON * Math.max(...first.map(Math.abs), ...second.map(Math.abs))) ** 2;
  const deviation = squares <= rounding ? 0 : Math.sqrt(squares / (n - 1));
  const error = deviation / Math.sqrt(n);
  const reach = studentTQuantile((1 + confidence) / 2, n - 1) * error;
  const level = mean ** 2 <= rounding;
  return {
    pairs: n,
    mean,
    deviation,
    interval: [mean - reach, mean + reach],
    p: deviation > 0 ? studentTTwoSided(mean / error, n - 1) : level ? 1 : null,
  };
}

/** What shares, accuracies among them, can be; and what differences of two shares can be. */
export const shares = [0, 1] as const;
export const differencesOfShares = [-1, 1] as const;

/**
 * An interval cut to what its mean can be: Student's knows no bounds, and with few seeds far apart it reaches beyond them. Nothing that could be
 * true is lost, so the cut one holds the true mean as often.
 */
export function cutTo([least, most]: readonly [number, number], interval: [number, number] | null): [number, number] | null {
  return interval && [Math.max(least, interval[0]), Math.min(most, interval[1])];
}
