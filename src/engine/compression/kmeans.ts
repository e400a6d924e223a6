import { multiply, rowMajor, transposed } from '../kernels/wasm/product';
import { type Matrix, matrix } from '../matrix';
import type { Random } from '../random';

/** Points whose distances are computed at once. */
const pointsAtOnce = 1024;
/** Centres are fitted on at most so many points for each, drawn at random: more hardly move them. */
const pointsPerCentre = 256;
/** 60 rounds have 0.4 to 1.2 % less error than these, on word vectors. */
const maximumRounds = 12;

/**
 * K centres for points in a few dimensions: k-means++ (Arthur, Vassilvitskii, SODA 2007), then Lloyd's algorithm until nothing changes or
 * for 12 rounds. A centre that loses all of its points goes to the one that is farthest from its own. The same points and the same generator
 * give the same bits.
 *
 * @param points N x n, N at least 1.
 * @returns min(K, N) x n.
 */
export function fitCentres(points: Matrix, count: number, random: Random): Matrix {
  const sample = drawPoints(points, pointsPerCentre * count, random);
  let centres = plusPlus(sample, Math.min(count, sample.rows), random);
  let before: Uint16Array | null = null;
  for (let round = 0; round < maximumRounds; round++) {
    const { codes, distances } = assign(sample, centres);
    const last = before;
    if (last?.every((code, i) => code === codes[i])) break;
    centres = means(sample, codes, distances, centres.rows);
    before = codes;
  }
  return centres;
}

/** What `fitCentres` and one `assign` of all points take, in the unit of `TransformPhase.operations`. */
export function centreOperations({ rows, columns }: Pick<Matrix, 'rows' | 'columns'>, count: number): number {
  const centres = Math.min(count, rows);
  const sample = Math.min(rows, pointsPerCentre * count);
  const distance = 4 + columns / 4;
  // The first centres are drawn one by one, which takes as long as the rounds.
  return centres * (sample * (90 + maximumRounds * distance) + rows * distance);
}

/** The nearest centre of each point, and the squared distance to it; the first of equally near ones. */
export function assign(points: Matrix, centres: Matrix): { codes: Uint16Array; distances: Float32Array } {
  const { rows, columns } = points;
  const codes = new Uint16Array(rows);
  const distances = new Float32Array(rows);
  const norms = Float32Array.from({ length: centres.rows }, (_, k) => squaredNorm(centres, k));
  const products = new Float32Array(pointsAtOnce * centres.rows);
  for (let first = 0; first < rows; first += pointsAtOnce) {
    const count = Math.min(pointsAtOnce, rows - first);
    multiply(rowMajor(products, centres.rows), rowMajor(points.values, columns, first * columns), transposed(centres.values, columns), {
      rows: count,
      columns: centres.rows,
      depth: columns,
    });
    for (let i = 0; i < count; i++) {
      let nearest = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < centres.rows; k++) {
        // |x - c|^2 less |x|^2, which is the same for all centres.
        const distance = norms[k] - 2 * products[i * centres.rows + k];
        if (distance < least) {
          least = distance;
          nearest = k;
        }
      }
      codes[first + i] = nearest;
      distances[first + i] = Math.max(0, least + squaredNorm(points, first + i));
    }
  }
  return { codes, distances };
}

function squaredNorm({ columns, values }: Matrix, row: number): number {
  let sum = 0;
  for (let at = row * columns; at < (row + 1) * columns; at++) sum += values[at] * values[at];
  return sum;
}

function rowOf({ columns, values }: Matrix, row: number): Float32Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

/** So many of the points, without repetition, by a partial shuffle. */
function drawPoints(points: Matrix, count: number, random: Random): Matrix {
  if (points.rows <= count) return points;
  const order = Uint32Array.from({ length: points.rows }, (_, i) => i);
  const drawn = matrix(count, points.columns);
  for (let i = 0; i < count; i++) {
    const other = i + random.integer(points.rows - i);
    [order[i], order[other]] = [order[other], order[i]];
    drawn.values.set(rowOf(points, order[i]), i * points.columns);
  }
  return drawn;
}

/** First centres: each drawn with a probability in proportion to its squared distance to those before. */
function plusPlus(points: Matrix, count: number, random: Random): Matrix {
  const centres = matrix(count, points.columns);
  centres.values.set(rowOf(points, random.integer(points.rows)));
  let distances: Float32Array | null = null;
  for (let k = 1; k < count; k++) {
    const added = assign(points, matrix(1, points.columns, rowOf(centres, k - 1))).distances;
    const nearest: Float32Array = distances ?? added;
    let total = 0;
    for (let i = 0; i < nearest.length; i++) {
      if (added[i] < nearest[i]) nearest[i] = added[i];
      total += nearest[i];
    }
    distances = nearest;
    let rest = random.uniform() * total;
    let chosen = 0;
    while (chosen < points.rows - 1 && rest >= nearest[chosen]) rest -= nearest[chosen++];
    centres.values.set(rowOf(points, chosen), k * points.columns);
  }
  return centres;
}

function means(points: Matrix, codes: Uint16Array, distances: Float32Array, count: number): Matrix {
  const { columns, values } = points;
  const sums = new Float64Array(count * columns);
  const sizes = new Uint32Array(count);
  for (let i = 0; i < points.rows; i++) {
    sizes[codes[i]]++;
    for (let j = 0; j < columns; j++) sums[codes[i] * columns + j] += values[i * columns + j];
  }
  const centres = matrix(count, columns);
  const taken = distances.slice();
  for (let k = 0; k < count; k++) {
    if (sizes[k] === 0) {
      const farthest = taken.indexOf(taken.reduce((most, distance) => Math.max(most, distance), 0));
      taken[farthest] = 0;
      centres.values.set(rowOf(points, farthest), k * columns);
    } else {
      for (let j = 0; j < columns; j++) centres.values[k * columns + j] = sums[k * columns + j] / sizes[k];
    }
  }
  return centres;
}
