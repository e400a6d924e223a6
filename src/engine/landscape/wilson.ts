/** Standard normal quantile of 97.5 %. */
const z = 1.959963984540054;

/**
 * 95 % interval of a share (Wilson, Journal of the American Statistical Association 1927): it stays within 0 and 1, and says something even
 * where none or all succeeded.
 */
export function wilsonInterval(successes: number, trials: number): [number, number] {
  const share = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // Exact at the ends, where rounding would leave a last bit.
  return [successes === 0 ? 0 : middle - half, successes === trials ? 1 : middle + half];
}
