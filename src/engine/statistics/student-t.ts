import jstat from 'jstat';

/**
 * Quantile of Student's t distribution: P(T <= t) = p.
 *
 * @param p 0 < p < 1
 * @param degrees of freedom, at least 1
 */
export function studentTQuantile(p: number, degrees: number): number {
  return jstat.studentt.inv(p, degrees);
}

/** Two-sided p value of a t statistic: P(|T| >= |t|). */
export function studentTTwoSided(t: number, degrees: number): number {
  return Math.min(1, 2 * jstat.studentt.cdf(-Math.abs(t), degrees));
}
