const iterations = 3;
/** Of the norm: values nearer to each other than this have vectors that inverse iteration alone leaves too far from orthogonal. */
const smallestGap = 1e-7;
/** Of the norm: a larger residual is no eigenvector of float64. */
const largestResidual = 1e-11;

/** A symmetric tridiagonal matrix. */
export interface Tridiagonal {
  /** n of them. */
  diagonal: Float64Array;
  /** Element k couples k and k + 1; the last is 0. */
  offDiagonal: Float64Array;
}

/**
 * Unit eigenvectors of a tridiagonal matrix for its leading eigenvalues, by inverse iteration (Wilkinson, *The Algebraic Eigenvalue Problem*, 1965;
 * LAPACK's dstein, without its orthogonalization): a few solutions with T - value I, which cost O(n) each, where QL turns all n vectors.
 *
 * @param values the leading eigenvalues, descending, and the one after them where there is one
 * @param count how many vectors are wanted, of the first values
 * @returns count x n, a vector a row; null where two values lie too near to each other, or an iteration did not converge
 */
export function leadingVectors(t: Tridiagonal, values: Float64Array, count: number): Float64Array | null {
  const { diagonal, offDiagonal } = t;
  const n = diagonal.length;
  let norm = 0;
  for (let k = 0; k < n; k++) norm = Math.max(norm, Math.abs(diagonal[k]) + 2 * Math.abs(offDiagonal[k]));
  for (let i = 0; i < count; i++) {
    if (i + 1 < values.length && values[i] - values[i + 1] < smallestGap * norm) return null;
  }
  const vectors = new Float64Array(count * n);
  const factors = newFactors(n);
  for (let i = 0; i < count; i++) {
    const x = vectors.subarray(i * n, (i + 1) * n);
    // Irregular, so that no vector is orthogonal to it.
    for (let k = 0; k < n; k++) x[k] = (((k + 1) * 40_503) % 65_536) / 65_536 - 0.5;
    factorize(t, values[i], norm, factors);
    for (let step = 0; step < iterations; step++) {
      solve(factors, x);
      normalize(x);
    }
    if (!(residual(t, values[i], x) <= largestResidual * norm)) return null;
  }
  return vectors;
}

/** T - value I = P L U: of each row of U the diagonal and the two beside it; L's multipliers, and where rows were exchanged. */
interface Factors {
  u0: Float64Array;
  u1: Float64Array;
  u2: Float64Array;
  multipliers: Float64Array;
  exchanged: Uint8Array;
}

function newFactors(n: number): Factors {
  const numbers = () => new Float64Array(n);
  return { u0: numbers(), u1: numbers(), u2: numbers(), multipliers: numbers(), exchanged: new Uint8Array(n) };
}

/** Gaussian elimination with partial pivoting. A pivot of zero becomes a rounding error's size: the solution then points along the vector. */
function factorize({ diagonal, offDiagonal }: Tridiagonal, value: number, norm: number, factors: Factors): void {
  const { u0, u1, u2, multipliers, exchanged } = factors;
  const n = diagonal.length;
  const tiny = Number.EPSILON * norm;
  const pivot = (candidate: number) => (Math.abs(candidate) < tiny ? (candidate < 0 ? -tiny : tiny) : candidate);
  let own = diagonal[0] - value;
  let beside = offDiagonal[0];
  for (let k = 0; k < n - 1; k++) {
    const below = offDiagonal[k];
    const nextOwn = diagonal[k + 1] - value;
    const nextBeside = offDiagonal[k + 1];
    if (Math.abs(own) >= Math.abs(below)) {
      exchanged[k] = 0;
      u0[k] = pivot(own);
      u1[k] = beside;
      u2[k] = 0;
      multipliers[k] = below / u0[k];
      own = nextOwn - multipliers[k] * beside;
      beside = nextBeside;
    } else {
      exchanged[k] = 1;
      u0[k] = pivot(below);
      u1[k] = nextOwn;
      u2[k] = nextBeside;
      multipliers[k] = own / u0[k];
      own = beside - multipliers[k] * nextOwn;
      beside = -multipliers[k] * nextBeside;
    }
  }
  u0[n - 1] = pivot(own);
}

function solve({ u0, u1, u2, multipliers, exchanged }: Factors, x: Float64Array): void {
  const n = x.length;
  for (let k = 0; k < n - 1; k++) {
    if (exchanged[k] === 1) {
      const moved = x[k];
      x[k] = x[k + 1];
      x[k + 1] = moved - multipliers[k] * x[k];
    } else {
      x[k + 1] -= multipliers[k] * x[k];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    let rest = x[k];
    if (k + 1 < n) rest -= u1[k] * x[k + 1];
    if (k + 2 < n) rest -= u2[k] * x[k + 2];
    x[k] = rest / u0[k];
  }
}

function normalize(x: Float64Array): void {
  // By the largest first: squares of a solution with a pivot that is nearly zero may overflow.
  let largest = 0;
  for (const value of x) largest = Math.max(largest, Math.abs(value));
  let sum = 0;
  for (let k = 0; k < x.length; k++) {
    x[k] /= largest;
    sum += x[k] * x[k];
  }
  const length = Math.sqrt(sum);
  for (let k = 0; k < x.length; k++) x[k] /= length;
}

/** Largest component of T x - value x. */
function residual({ diagonal, offDiagonal }: Tridiagonal, value: number, x: Float64Array): number {
  const n = x.length;
  let worst = 0;
  for (let k = 0; k < n; k++) {
    let sum = (diagonal[k] - value) * x[k];
    if (k > 0) sum += offDiagonal[k - 1] * x[k - 1];
    if (k + 1 < n) sum += offDiagonal[k] * x[k + 1];
    worst = Math.max(worst, Math.abs(sum));
  }
  return worst;
}
