/**
 * Holm's step-down correction (Holm, Scandinavian Journal of Statistics 1979): p values of m tests made at once, so that the chance of even one
 * false finding stays below the level. The k-th smallest is multiplied by m - k + 1, and none falls below one before it.
 *
 * @param ps null where a test could not be made: it stays null, and still counts as one of the m
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const order = ps.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const corrected: (number | null)[] = ps.map(() => null);
  let largest = 0;
  for (const [k, { p, i }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (ps.length - k)));
    corrected[i] = largest;
  }
  return corrected;
}
