/** The most ranks that the lab answers for at once. */
const most = 12;

/** Shares of d at which the curve has its points: close together where it bends. */
const shares = [0.02, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5, 0.7, 0.85];

/** The ranks of the overlap's curve, from 1 to d; at most 11, so that there is room for one more. */
export function curveRanks(dimension: number): number[] {
  const ranks = [1, ...shares.map((share) => Math.max(1, Math.round(share * dimension))), dimension];
  return [...new Set(ranks)].slice(0, most - 1);
}

/** The ranks that are shown word by word: all, some of fewer, one, and the chosen; falling. */
export function columnRanks(dimension: number, chosen: number): number[] {
  const fixed = [dimension, Math.round(dimension / 2), Math.round(dimension / 5), Math.round(dimension / 20), 1];
  return [...new Set([...fixed, chosen])].filter((rank) => rank >= 1).sort((a, b) => b - a);
}

/** All that is asked for: the curve's and the columns' ranks, each once. */
export function askedRanks(dimension: number, chosen: number): number[] {
  return [...new Set([...columnRanks(dimension, chosen), ...curveRanks(dimension)])].slice(0, most).sort((a, b) => a - b);
}
