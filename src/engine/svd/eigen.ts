import { LabError } from '../errors';
import { leadingVectors, type Tridiagonal } from './inverse-iteration';

/** All eigenpairs of a symmetric matrix. */
export interface Eigen {
  /** Descending; n of them. */
  values: Float64Array;
  /**
   * Row k (elements k n .. k n + n - 1) is the unit eigenvector of value k, for as many of the leading values as were asked for. Its component of largest
   * size is positive.
   */
  vectors: Float64Array;
}

export interface EigenOptions {
  /** How many vectors are wanted, of the largest values: fewer than all take a third of the time or less, where those values stand apart. */
  vectors: number;
  /** Awaited about every 30 ms of work; whatever it throws ends it. */
  turn(): Promise<void>;
}

const epsilon = Number.EPSILON;
/** Sweeps for one eigenvalue; two are usual, and nothing that is finite has been seen to need ten. */
const maximumSweeps = 60;
/** A square this small beside elements of at most 1 is dropped: were it subnormal, its reflection would not be orthogonal. */
const vanishing = 1e-200;
/** Numbers that are worked on between two turns: counted, so that no clock is needed here. */
const longestStretch = 2 ** 24;

/** Lets somebody else have a turn when enough was done. */
class Stretch {
  private done = 0;

  constructor(private readonly turn: () => Promise<void>) {}

  /** Is it time for `rest`? */
  spend(numbers: number): boolean {
    this.done += numbers;
    return this.done >= longestStretch;
  }

  async rest(): Promise<void> {
    this.done = 0;
    await this.turn();
  }
}

/**
 * Eigenvalues and eigenvectors of a symmetric n x n matrix in float64: Householder's tridiagonalization, then implicit QL with
 * Wilkinson's shift (Golub, Van Loan, *Matrix Computations*, 4th ed., 8.3; Martin, Reinsch, Wilkinson, Numer. Math. 11, 1968: tred2;
 * Dubrulle, Martin, Wilkinson, Numer. Math. 12, 1968: imtql2). Errors of the values are a few n eps of the largest.
 *
 * Where only some vectors are wanted, QL finds the values alone, and inverse iteration their vectors (`leadingVectors`).
 *
 * Deterministic: the same matrix gives the same bits; equal values come in the order in which they are found.
 *
 * @param symmetric Row-major, both halves filled; not changed.
 * @throws LabError `diverged` where an element is not finite.
 */
export async function symmetricEigen(symmetric: Float64Array, n: number, { vectors: wanted, turn }: EigenOptions): Promise<Eigen> {
  let scale = 0;
  for (const value of symmetric) {
    if (!Number.isFinite(value)) {
      throw new LabError(
        'diverged',
        'The table to factorize holds values that are not finite numbers.',
        'Lower the learning rate: the training that made the table has diverged.',
      );
    }
    scale = Math.max(scale, Math.abs(value));
  }
  const values = new Float64Array(n);
  const vectors = new Float64Array(wanted * n);
  if (scale === 0) {
    for (let i = 0; i < wanted; i++) vectors[i * n + i] = 1;
    return { values, vectors };
  }
  const stretch = new Stretch(turn);
  // To 1 at most: squares can neither overflow nor vanish.
  const { diagonal, offDiagonal, reflected, betas } = await tridiagonalize(
    symmetric.map((value) => value / scale),
    n,
    stretch,
  );
  const leading = wanted < n ? await leadingPairs({ diagonal, offDiagonal }, reflected, betas, wanted, stretch) : null;
  if (leading) {
    leading.values.forEach((value, i) => {
      values[i] = value * scale;
    });
    for (let i = 0; i < wanted; i++) storeSigned(vectors, i * n, leading.vectors.subarray(i * n, (i + 1) * n));
    return { values, vectors };
  }
  const basis = await reflections(reflected, betas, n, stretch);
  await diagonalize(diagonal, offDiagonal, basis, n, stretch);
  descending(diagonal).forEach((from, to) => {
    values[to] = diagonal[from] * scale;
    if (to < wanted) storeSigned(vectors, to * n, basis.subarray(from * n, (from + 1) * n));
  });
  return { values, vectors };
}

/** All values, descending, and the vectors of the leading ones; null where these don't stand apart. */
async function leadingPairs(
  t: Tridiagonal,
  reflected: Float64Array,
  betas: Float64Array,
  wanted: number,
  stretch: Stretch,
): Promise<{ values: Float64Array; vectors: Float64Array } | null> {
  const n = t.diagonal.length;
  const found = t.diagonal.slice();
  await diagonalize(found, t.offDiagonal.slice(), null, n, stretch);
  const values = Float64Array.from(descending(found), (index) => found[index]);
  const vectors = leadingVectors(t, values, wanted);
  if (vectors === null) return null;
  for (let i = 0; i < wanted; i++) {
    reflect(vectors.subarray(i * n, (i + 1) * n), reflected, betas);
    if (stretch.spend(n * n)) await stretch.rest();
  }
  return { values, vectors };
}

/** Indices by falling value; equal ones as they come. */
function descending(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j);
}

/** Q x = H_0 H_1 ... H_{n-2} x, in place. */
function reflect(x: Float64Array, reflected: Float64Array, betas: Float64Array): void {
  const n = x.length;
  for (let k = n - 2; k >= 0; k--) {
    if (betas[k] === 0) continue;
    const v = reflected.subarray(k * n, (k + 1) * n);
    let dot = 0;
    for (let j = k + 1; j < n; j++) dot += x[j] * v[j];
    dot *= betas[k];
    for (let j = k + 1; j < n; j++) x[j] -= dot * v[j];
  }
}

function storeSigned(vectors: Float64Array, at: number, vector: Float64Array): void {
  const sign = signOfLargest(vector);
  for (let k = 0; k < vector.length; k++) vectors[at + k] = sign * vector[k];
}

/** A vector and its negative are both right: the sign of the component of largest size decides, so that every backend picks the same. */
function signOfLargest(vector: Float64Array): number {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}

/**
 * A = Q T Q^T with T tridiagonal, by n - 2 reflections H_k = I - beta_k v_k v_k^T, v_k zero up to element k. Goes over the upper half alone, and
 * once a reflection: the update by one reflection is made when the product with the next one is.
 *
 * @param a Row-major; overwritten.
 * @returns T's diagonal, T's off-diagonal (element k couples k and k + 1), and the reflections: v_k is in row k of `reflected`, right of the diagonal.
 */
async function tridiagonalize(
  a: Float64Array,
  n: number,
  stretch: Stretch,
): Promise<{ diagonal: Float64Array; offDiagonal: Float64Array; reflected: Float64Array; betas: Float64Array }> {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const betas = new Float64Array(n);
  // A - v w^T - w v^T is due, from the reflection before; zero where there was none.
  let v = new Float64Array(n);
  let w = new Float64Array(n);
  let u = new Float64Array(n);
  let product = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const row = a.subarray(k * n, (k + 1) * n);
    for (let j = k; j < n; j++) row[j] -= v[k] * w[j] + w[k] * v[j];
    diagonal[k] = row[k];
    if (k === n - 1) break;
    // Row k right of the diagonal becomes (alpha, 0, 0, ...).
    let tail = 0;
    for (let j = k + 2; j < n; j++) tail += row[j] * row[j];
    const head = row[k + 1];
    u.fill(0);
    if (tail < vanishing) {
      offDiagonal[k] = head;
    } else {
      const norm = Math.sqrt(head * head + tail);
      const alpha = head > 0 ? -norm : norm;
      offDiagonal[k] = alpha;
      row[k + 1] = head - alpha;
      betas[k] = 2 / (row[k + 1] * row[k + 1] + tail);
      for (let j = k + 1; j < n; j++) u[j] = row[j];
    }
    product.fill(0);
    updateAndMultiply(a, n, k + 1, v, w, u, product);
    // w = beta A u - (beta^2 / 2) (u^T A u) u.
    let dot = 0;
    for (let j = k + 1; j < n; j++) {
      product[j] *= betas[k];
      dot += product[j] * u[j];
    }
    const shift = (betas[k] * dot) / 2;
    for (let j = k + 1; j < n; j++) product[j] -= shift * u[j];
    [v, u] = [u, v];
    [w, product] = [product, w];
    if (stretch.spend((n - k) * (n - k))) await stretch.rest();
  }
  return { diagonal, offDiagonal, reflected: a, betas };
}

/** A := A - v w^T - w v^T, and product += A u, from row and column `first` on; of A the upper half. */
function updateAndMultiply(
  a: Float64Array,
  n: number,
  first: number,
  v: Float64Array,
  w: Float64Array,
  u: Float64Array,
  product: Float64Array,
): void {
  for (let i = first; i < n; i++) {
    const at = i * n;
    const vi = v[i];
    const wi = w[i];
    const ui = u[i];
    const own = a[at + i] - 2 * vi * wi;
    a[at + i] = own;
    let sum = own * ui;
    for (let j = i + 1; j < n; j++) {
      const value = a[at + j] - (vi * w[j] + wi * v[j]);
      a[at + j] = value;
      sum += value * u[j];
      product[j] += value * ui;
    }
    product[i] += sum;
  }
}

/** Q^T = H_{n-2} ... H_1 H_0, as rows; from the last reflection on, each touches only what is behind its own k. */
async function reflections(a: Float64Array, betas: Float64Array, n: number, stretch: Stretch): Promise<Float64Array> {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  for (let k = n - 2; k >= 0; k--) {
    if (betas[k] === 0) continue;
    const v = a.subarray(k * n, (k + 1) * n);
    for (let i = k + 1; i < n; i++) {
      const at = i * n;
      let dot = 0;
      for (let j = k + 1; j < n; j++) dot += basis[at + j] * v[j];
      dot *= betas[k];
      for (let j = k + 1; j < n; j++) basis[at + j] -= dot * v[j];
    }
    if (stretch.spend((n - k) * (n - k))) await stretch.rest();
  }
  return basis;
}

/**
 * Implicit QL on a tridiagonal matrix. The rotations act on whole rows of `basis`, which are contiguous.
 *
 * @param diagonal Overwritten by the eigenvalues, in no order.
 * @param offDiagonal Element k couples k and k + 1; the last is 0. Overwritten.
 * @param basis Overwritten: row k becomes the eigenvector of value k. Null where values alone are wanted.
 */
async function diagonalize(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  basis: Float64Array | null,
  n: number,
  stretch: Stretch,
): Promise<void> {
  const rotations = { cosines: new Float64Array(n), sines: new Float64Array(n) };
  let norm = 0;
  for (let k = 0; k < n; k++) norm = Math.max(norm, Math.abs(diagonal[k]) + Math.abs(offDiagonal[k]));
  // Far under the error that every value has in any case; without it, noise around zero could be chased for ever.
  const negligible = epsilon * epsilon * norm;
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      let last = first;
      while (last < n - 1) {
        const size = Math.abs(diagonal[last]) + Math.abs(diagonal[last + 1]);
        if (Math.abs(offDiagonal[last]) <= epsilon * size + negligible) break;
        last++;
      }
      if (last === first) break;
      if (sweep === maximumSweeps) throw new Error(`eigenvalue ${first} of ${n} did not converge in ${maximumSweeps} sweeps`);
      const end = sweepUp(diagonal, offDiagonal, rotations, first, last);
      if (basis) rotate(basis, n, rotations, end, last);
      if (stretch.spend((last - first) * (basis ? n : 1))) await stretch.rest();
    }
  }
}

/** Element i turns the rows i and i + 1. */
interface Rotations {
  cosines: Float64Array;
  sines: Float64Array;
}

/**
 * One implicit QL step on the block first .. last: a bulge is chased from its end to its beginning by plane rotations.
 *
 * @param rotations gets those of last - 1 down to the returned index, in which order they are to be applied
 */
function sweepUp(diagonal: Float64Array, offDiagonal: Float64Array, rotations: Rotations, first: number, last: number): number {
  const half = (diagonal[first + 1] - diagonal[first]) / (2 * offDiagonal[first]);
  const root = Math.sqrt(half * half + 1);
  // Wilkinson's shift: the eigenvalue of the leading 2 x 2 block that is nearer to diagonal[first].
  const shift = diagonal[first] - offDiagonal[first] / (half + (half < 0 ? -root : root));
  let g = diagonal[last] - shift;
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let i = last - 1; i >= first; i--) {
    const bulge = sine * offDiagonal[i];
    const coupled = cosine * offDiagonal[i];
    const radius = Math.sqrt(bulge * bulge + g * g);
    offDiagonal[i + 1] = radius;
    if (radius === 0) {
      // The matrix has split here by itself.
      diagonal[i + 1] -= carried;
      offDiagonal[last] = 0;
      return i + 1;
    }
    sine = bulge / radius;
    cosine = g / radius;
    const shifted = diagonal[i + 1] - carried;
    const turn = (diagonal[i] - shifted) * sine + 2 * cosine * coupled;
    carried = sine * turn;
    diagonal[i + 1] = shifted + carried;
    g = cosine * turn - coupled;
    rotations.cosines[i] = cosine;
    rotations.sines[i] = sine;
  }
  diagonal[first] -= carried;
  offDiagonal[first] = g;
  offDiagonal[last] = 0;
  return first;
}

/** Applies a sweep's rotations to the rows of `basis`, three at a time: so a row is fetched once where one by one it would be twice. */
function rotate(basis: Float64Array, n: number, { cosines, sines }: Rotations, end: number, last: number): void {
  let i = last - 1;
  for (; i >= end + 2; i -= 3) {
    const [c2, c1, c0] = [cosines[i], cosines[i - 1], cosines[i - 2]];
    const [s2, s1, s0] = [sines[i], sines[i - 1], sines[i - 2]];
    let at = (i - 2) * n;
    for (const rowEnd = at + n; at < rowEnd; at++) {
      const x0 = basis[at];
      const x1 = basis[at + n];
      const x2 = basis[at + 2 * n];
      const x3 = basis[at + 3 * n];
      const turned2 = c2 * x2 - s2 * x3;
      const turned1 = c1 * x1 - s1 * turned2;
      basis[at + 3 * n] = s2 * x2 + c2 * x3;
      basis[at + 2 * n] = s1 * x1 + c1 * turned2;
      basis[at + n] = s0 * x0 + c0 * turned1;
      basis[at] = c0 * x0 - s0 * turned1;
    }
  }
  for (; i >= end; i--) {
    const cosine = cosines[i];
    const sine = sines[i];
    for (let at = i * n; at < (i + 1) * n; at++) {
      const x = basis[at];
      const y = basis[at + n];
      basis[at + n] = sine * x + cosine * y;
      basis[at] = cosine * x - sine * y;
    }
  }
}
