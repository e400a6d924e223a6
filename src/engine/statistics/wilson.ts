/** Standard normal quantile of 97.5 %. */
const z = 1.959963984540054;

/**
 * 95 % interval of a share (Wilson, Journal of the American Statistical Association 1927): it stays within 0 and 1, and says something even
 * where none or all succeeded.
 */
export function wilsonInterval(successes: number, trials: number): [number, number] {
  const share = successes / trials;
  const middle = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half = halfWidth(share, trials, z);
  // Exact at the ends, where rounding would leave a last bit.
  return [successes === 0 ? 0 : middle - half, successes === trials ? 1 : middle + half];
}

/**
 * One standard error of an accuracy that was measured on so many items: half of Wilson's interval at z = 1. Where there are many, and right and wrong ones among
 * them, it is next to sqrt(p (1 - p) / n); near 0 and 1 that falls to 0, as if 24 right of 24 were certain.
 */
export function samplingError(share: number, trials: number): number {
  return halfWidth(share, trials, 1);
}

function halfWidth(share: number, trials: number, z: number): number {
  return (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
}
