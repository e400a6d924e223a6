/** Error of Stirling's formula, ln n! - ((n + 1/2) ln n - n + ln(2 pi) / 2), for n = 0 .. 15. */
const stirlingErrors = [0];
let logFactorial = 0;
for (let n = 1; n <= 15; n++) {
  logFactorial += Math.log(n);
  stirlingErrors.push(logFactorial - ((n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI)));
}

function stirlingError(n: number): number {
  if (n <= 15) {
    return stirlingErrors[n];
  }
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n;
}

/** x ln(x / mean) + mean - x, without the cancellation that it has where x is near the mean. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) {
    return x * Math.log(x / mean) + mean - x;
  }
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let term = 2 * x * v;
  for (let j = 1; ; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) {
      return sum;
    }
    sum = next;
  }
}

/**
 * P(X = k) for X of n fair coins, by the saddle point (Loader, Fast and Accurate Computation of Binomial Probabilities, 2000): exact to the last
 * digits for any n, where a product of factorials would overflow.
 *
 * @param k a whole number, 0 <= k <= n
 */
export function fairCoins(k: number, n: number): number {
  if (k === 0 || k === n) {
    return 0.5 ** n;
  }
  const exponent = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n / 2) - deviance(n - k, n / 2);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}
