/** What each rank keeps of a table, from its singular values. */
export interface RankQuality {
  /** At index r - 1: sum_{i <= r} s_i^2 / sum s_i^2. */
  retainedEnergy: number[];
  /** At index r - 1: ||E - E_r||_F / ||E||_F, the least that any rank-r matrix can reach (Eckart, Young, 1936). */
  relativeError: number[];
}

/**
 * Retained energy and relative error of every rank. Of a zero table nothing can be lost: energy 1, error 0.
 *
 * @param singularValues Descending.
 */
export function rankQuality(singularValues: ArrayLike<number>): RankQuality {
  const count = singularValues.length;
  // From the smallest on: the tail's small squares would vanish beside the first ones' sum.
  const dropped = new Float64Array(count + 1);
  for (let i = count - 1; i >= 0; i--) dropped[i] = dropped[i + 1] + singularValues[i] ** 2;
  const total = dropped[0];
  const share = (rank: number) => (total === 0 ? 0 : dropped[rank] / total);
  const ranks = Array.from({ length: count }, (_, i) => i + 1);
  return { retainedEnergy: ranks.map((rank) => 1 - share(rank)), relativeError: ranks.map((rank) => Math.sqrt(share(rank))) };
}
