/**
 * exp and sin by additions and multiplications alone. Math.exp and Math.sin may differ in the last bit from one JavaScript engine to another,
 * and a ball that leaps at a large rate is chaotic: after fifty steps a last bit is a whole valley (measured: Node and Chromium disagreed on
 * where the default's cyclical lane ends). With these, the page and the command line agree to the last bit.
 */

const ln2 = Math.LN2;
const powersOfHalf = new Float64Array(128);
powersOfHalf[0] = 1;
for (let k = 1; k < powersOfHalf.length; k++) powersOfHalf[k] = powersOfHalf[k - 1] / 2;

/**
 * exp(-x) for 0 <= x <= 80: x = k ln 2 + r with |r| <= ln 2 / 2, and the series of exp(-r) up to its 13th power, whose rest is below 1e-17.
 */
export function expOfMinus(x: number): number {
  const k = Math.floor(x / ln2 + 0.5);
  const r = k * ln2 - x;
  // Horner's scheme, written out: this is where nearly all of the time goes.
  let sum = 1 / 479001600 + r * (1 / 6227020800);
  sum = 1 / 39916800 + r * sum;
  sum = 1 / 3628800 + r * sum;
  sum = 1 / 362880 + r * sum;
  sum = 1 / 40320 + r * sum;
  sum = 1 / 5040 + r * sum;
  sum = 1 / 720 + r * sum;
  sum = 1 / 120 + r * sum;
  sum = 1 / 24 + r * sum;
  sum = 1 / 6 + r * sum;
  sum = 0.5 + r * sum;
  sum = 1 + r * sum;
  sum = 1 + r * sum;
  return sum * powersOfHalf[k];
}

/** sin(2 pi turns): the turns are brought to within a quarter, where the series up to the 19th power is exact to the last bits. */
export function sinOfTurns(turns: number): number {
  let rest = turns - Math.floor(turns + 0.5);
  if (rest > 0.25) rest = 0.5 - rest;
  else if (rest < -0.25) rest = -0.5 - rest;
  const angle = 2 * Math.PI * rest;
  const square = angle * angle;
  let sum = 1 - square * (1 / 342);
  sum = 1 - square * (1 / 272) * sum;
  sum = 1 - square * (1 / 210) * sum;
  sum = 1 - square * (1 / 156) * sum;
  sum = 1 - square * (1 / 110) * sum;
  sum = 1 - square * (1 / 72) * sum;
  sum = 1 - square * (1 / 42) * sum;
  sum = 1 - square * (1 / 20) * sum;
  sum = 1 - square * (1 / 6) * sum;
  return angle * sum;
}

export function cosOfTurns(turns: number): number {
  return sinOfTurns(turns + 0.25);
}
