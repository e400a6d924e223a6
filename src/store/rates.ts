/** The two sliders, tied: `rateByRank[r - 1]` is the compression rate that rank r reaches; it falls as r grows. */

/** The largest rank whose rate is at least the wanted one; 1 where none is. */
export function rankForRate(rateByRank: readonly number[], rate: number): number {
  let rank = 1;
  // Tolerates the last bits of a rate that was itself read off this list.
  while (rank < rateByRank.length && rateByRank[rank] >= rate - 1e-9) rank++;
  return rank;
}

/**
 * The rate to ask for so that rank r is what one gets: the rate that r reaches, rounded down to four decimals. Neighbouring ranks differ by
 * 1 / d and more, so that the rounding never lets the next rank in, while it keeps the specification (and its link) readable.
 */
export function rateForRank(rateByRank: readonly number[], rank: number): number {
  const reached = rateByRank[Math.min(Math.max(1, rank), rateByRank.length) - 1];
  return Math.floor(reached * 1e4 + 1e-6) / 1e4;
}

/** The largest rank that still removes something. */
export function largestUsefulRank(rateByRank: readonly number[]): number {
  let rank = rateByRank.length;
  while (rank > 1 && rateForRank(rateByRank, rank) <= 0) rank--;
  return rank;
}
