/** Means of equal accuracies in another order of their sum differ by their rounding. */
const rounding = 1e-12;

/**
 * What no other one dominates, that is: none costs as little and is worth as much, with one of the two strictly. Equals stay together.
 * By rising cost; O(n log n).
 */
export function paretoFront<T extends { cost: number; value: number }>(all: readonly T[]): T[] {
  const sorted = [...all].sort((a, b) => a.cost - b.cost || b.value - a.value);
  const front: T[] = [];
  let last: T | null = null;
  for (const one of sorted) {
    const isEqual = last !== null && one.cost === last.cost && Math.abs(one.value - last.value) <= rounding;
    if (last === null || isEqual || one.value > last.value + rounding) {
      front.push(one);
      // Equals are measured against the first of them, so that rounding can't add up.
      if (!isEqual) last = one;
    }
  }
  return front;
}
