import { LabError } from '../errors';

/** All eigenpairs of a symmetric matrix. */
export interface Eigen {
  /** Descending; n of them. */
  values: Float64Array;
  /** Row k (elements k n .. k n + n - 1) is the unit eigenvector of value k. Its component of largest size is positive. */
  vectors: Float64Array;
}

const epsilon = Number.EPSILON;
/** Sweeps for one eigenvalue; two are usual, and nothing that is finite has been seen to need ten. */
const maximumSweeps = 60;
/** A square this small beside elements of at most 1 is dropped: were it subnormal, its reflection would not be orthogonal. */
const vanishing = 1e-200;

/**
 * Eigenvalues and eigenvectors of a symmetric n x n matrix in float64: Householder's tridiagonalization, then implicit QL with
 * Wilkinson's shift (Golub, Van Loan, *Matrix Computations*, 4th ed., 8.3; Martin, Reinsch, Wilkinson, Numer. Math. 11, 1968: tred2;
 * Dubrulle, Martin, Wilkinson, Numer. Math. 12, 1968: imtql2). Errors of the values are a few n eps of the largest.
 *
 * Deterministic: the same matrix gives the same bits; equal values come in the order in which they are found.
 *
 * @param symmetric Row-major, both halves filled; not changed.
 * @throws LabError `diverged` where an element is not finite.
 */
export function symmetricEigen(symmetric: Float64Array, n: number): Eigen {
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
  const vectors = new Float64Array(n * n);
  if (scale === 0) {
    for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
    return { values, vectors };
  }
  // To 1 at most: squares can neither overflow nor vanish.
  const { diagonal, offDiagonal, basis } = tridiagonalize(
    symmetric.map((value) => value / scale),
    n,
  );
  diagonalize(diagonal, offDiagonal, basis, n);

  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i] || i - j);
  order.forEach((from, to) => {
    values[to] = diagonal[from] * scale;
    const vector = basis.subarray(from * n, (from + 1) * n);
    const sign = signOfLargest(vector);
    for (let k = 0; k < n; k++) vectors[to * n + k] = sign * vector[k];
  });
  return { values, vectors };
}

/** A vector and its negative are both right: the sign of the component of largest size decides, so that every backend picks the same. */
function signOfLargest(vector: Float64Array): number {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}

/**
 * A = Q T Q^T with T tridiagonal, by n - 2 reflections H_k = I - beta_k v_k v_k^T, v_k zero up to element k.
 *
 * @param a Row-major; overwritten.
 * @returns T's diagonal, T's off-diagonal (element k couples k and k + 1), and Q^T, row-major.
 */
function tridiagonalize(a: Float64Array, n: number): { diagonal: Float64Array; offDiagonal: Float64Array; basis: Float64Array } {
  const offDiagonal = new Float64Array(n);
  const betas = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    // Row k right of the diagonal becomes (alpha, 0, 0, ...).
    const row = a.subarray(k * n, (k + 1) * n);
    let tail = 0;
    for (let j = k + 2; j < n; j++) tail += row[j] * row[j];
    const head = row[k + 1];
    if (tail < vanishing) {
      offDiagonal[k] = head;
      continue;
    }
    const norm = Math.sqrt(head * head + tail);
    const alpha = head > 0 ? -norm : norm;
    offDiagonal[k] = alpha;
    v.set(row);
    v[k + 1] = head - alpha;
    const beta = 2 / (v[k + 1] * v[k + 1] + tail);
    betas[k] = beta;
    // w = beta A v - (beta^2 / 2) (v^T A v) v, then A := A - v w^T - w v^T.
    let dot = 0;
    for (let i = k + 1; i < n; i++) {
      const at = i * n;
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[at + j] * v[j];
      w[i] = beta * sum;
      dot += w[i] * v[i];
    }
    const shift = (beta * dot) / 2;
    for (let i = k + 1; i < n; i++) w[i] -= shift * v[i];
    for (let i = k + 1; i < n; i++) {
      const at = i * n;
      const vi = v[i];
      const wi = w[i];
      for (let j = k + 1; j < n; j++) a[at + j] -= vi * w[j] + wi * v[j];
    }
    // Row k is not needed any more: it keeps the reflection.
    for (let j = k + 1; j < n; j++) row[j] = v[j];
  }
  const diagonal = new Float64Array(n);
  for (let k = 0; k < n; k++) diagonal[k] = a[k * n + k];
  return { diagonal, offDiagonal, basis: reflections(a, betas, n) };
}

/** Q^T = H_{n-2} ... H_1 H_0, as rows; from the last reflection on, each touches only what is behind its own k. */
function reflections(a: Float64Array, betas: Float64Array, n: number): Float64Array {
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
  }
  return basis;
}

/**
 * Implicit QL on a tridiagonal matrix. The rotations act on whole rows of `basis`, which are contiguous.
 *
 * @param diagonal Overwritten by the eigenvalues, in no order.
 * @param offDiagonal Element k couples k and k + 1; the last is 0. Overwritten.
 * @param basis Overwritten: row k becomes the eigenvector of value k.
 */
function diagonalize(diagonal: Float64Array, offDiagonal: Float64Array, basis: Float64Array, n: number): void {
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
      sweepUp(diagonal, offDiagonal, basis, n, first, last);
    }
  }
}

/** One implicit QL step on the block first .. last: a bulge is chased from its end to its beginning by plane rotations. */
function sweepUp(diagonal: Float64Array, offDiagonal: Float64Array, basis: Float64Array, n: number, first: number, last: number): void {
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
      return;
    }
    sine = bulge / radius;
    cosine = g / radius;
    const shifted = diagonal[i + 1] - carried;
    const turn = (diagonal[i] - shifted) * sine + 2 * cosine * coupled;
    carried = sine * turn;
    diagonal[i + 1] = shifted + carried;
    g = cosine * turn - coupled;
    rotate(basis, i * n, (i + 1) * n, n, cosine, sine);
  }
  diagonal[first] -= carried;
  offDiagonal[first] = g;
  offDiagonal[last] = 0;
}

function rotate(basis: Float64Array, lower: number, upper: number, n: number, cosine: number, sine: number): void {
  for (let k = 0; k < n; k++) {
    const x = basis[lower + k];
    const y = basis[upper + k];
    basis[upper + k] = sine * x + cosine * y;
    basis[lower + k] = cosine * x - sine * y;
  }
}
