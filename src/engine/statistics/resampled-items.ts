/** Two classifiers on the items of one test split. */
export interface PairedItems {
  /** Items that the first alone gets right. */
  firstOnly: number;
  secondOnly: number;
  /** All of them; at least one. */
  items: number;
}

/** A whole number at random: `cumulative[i]` is P(value <= first + i). */
export interface WholeDistribution {
  first: number;
  cumulative: Float64Array;
}

/** Probabilities below this share of the largest are left out. */
const negligible = 1e-14;

/** Terms that grow beyond this are brought back to the order of one. */
const large = 1e200;

/**
 * By how many items the first classifier leads in a resample: n items drawn with replacement, each of which is 1, 0 or -1. Their sum has the
 * coefficients of (q / x + r + p x)^n, with p, q and r the shares of the three. Exact, in O(n), where drawing each item would take O(n) a resample.
 */
export function resampledLead({ firstOnly, secondOnly, items }: PairedItems): WholeDistribution {
  const p = firstOnly / items;
  const q = secondOnly / items;
  const r = (items - firstOnly - secondOnly) / items;
  // Each half starts at its own end, the sum's least or largest value, and both end at a sum of zero.
  const left = risingHalf(items, q, r, p);
  const right = risingHalf(items, p, r, q);
  let [atLeft, atRight] = [left[items], right[items]];
  if (atLeft === 0 && atRight === 0) {
    // Every item differs and their number is odd: there is no zero, and a lead of 1 is p / q times as likely as one of -1.
    [atLeft, atRight] = [(left[items - 1] * p) / q, right[items - 1]];
  }
  // One half may have underflowed there, far from its peak: then the other has no weight to speak of.
  const [leftScale, rightScale] = atRight <= atLeft ? [atRight / atLeft, 1] : [1, atLeft / atRight];
  const weights = new Float64Array(2 * items + 1);
  for (let k = 0; k <= items; k++) {
    weights[k] = left[k] * leftScale;
    weights[2 * items - k] = right[k] * rightScale;
  }
  return cumulated(weights, -items);
}

/**
 * Coefficients 0 .. n of (a + b x + c x^2)^n, up to a common factor. The power A of a polynomial P follows from P A' = n P' A term by term, and up
 * to the middle all terms are positive, so that nothing cancels. Where a is zero only the last of them is not.
 */
function risingHalf(n: number, a: number, b: number, c: number): Float64Array {
  const terms = new Float64Array(n + 1);
  if (a === 0) {
    terms[n] = 1;
    return terms;
  }
  terms[0] = 1;
  let from = 0;
  for (let k = 1; k <= n; k++) {
    const beforeLast = k > 1 ? terms[k - 2] : 0;
    terms[k] = (b * (n - k + 1) * terms[k - 1] + c * (2 * n - k + 2) * beforeLast) / (a * k);
    if (terms[k] > large) {
      for (let j = from; j <= k; j++) terms[j] /= large;
      while (terms[from] < 1 / large) terms[from++] = 0;
    }
  }
  return terms;
}

function cumulated(weights: Float64Array, first: number): WholeDistribution {
  let peak = 0;
  for (const weight of weights) if (weight > peak) peak = weight;
  let from = 0;
  while (weights[from] <= negligible * peak) from++;
  let to = weights.length - 1;
  while (weights[to] <= negligible * peak) to--;
  const cumulative = weights.slice(from, to + 1);
  for (let i = 1; i < cumulative.length; i++) cumulative[i] += cumulative[i - 1];
  const total = cumulative[cumulative.length - 1];
  for (let i = 0; i < cumulative.length; i++) cumulative[i] /= total;
  return { first: first + from, cumulative };
}

/** The value at a uniform number in [0, 1). */
export function valueAt({ first, cumulative }: WholeDistribution, uniform: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > uniform) high = middle;
    else low = middle + 1;
  }
  return first + low;
}
