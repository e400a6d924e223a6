import { countUpTo, type SortedValues, sortValues } from './sorted-values';

/** Uniform fixed point: code k, a whole number from 0 to L - 1, stands for the value lowest + k step. Both are float32. */
export interface UniformQuantizer {
  levels: number;
  /** The zero point: the value of code 0. */
  lowest: number;
  /** The scale: 0 where all values are the same. */
  step: number;
}

/** The quantizer whose levels reach from the smallest value to the largest. */
export function fitMinMax(values: Float32Array, levels: number): UniformQuantizer {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < minimum) minimum = values[i];
    if (values[i] > maximum) maximum = values[i];
  }
  return quantizer(minimum, maximum, levels);
}

/**
 * The quantizer whose clipping range minimizes the squared error: outliers are clipped so that all others get a finer step. Both ends
 * are searched; the result is never worse than min-max.
 *
 * Measured: within 1 % of the best of a dense grid over both ends; 65 ms for 550,000 values, most of it the sort.
 *
 * @param sorted The same values in order.
 */
export function fitLeastSquares(values: Float32Array, levels: number, sorted = sortValues(values)): UniformQuantizer {
  const widest = fitMinMax(values, levels);
  if (widest.step === 0) return widest;
  const { low, high } = searchRange(sorted, levels);
  const clipped = quantizer(low, high, levels);
  return squaredError(values, clipped) < squaredError(values, widest) ? clipped : widest;
}

/** The code of each value: the nearest level, clipped to 0 .. L - 1. At most 65,536 levels. */
export function encodeUniform(values: Float32Array, { levels, lowest, step }: UniformQuantizer): Uint16Array {
  const codes = new Uint16Array(values.length);
  if (step === 0) return codes;
  const top = levels - 1;
  for (let i = 0; i < values.length; i++) {
    const code = Math.floor((values[i] - lowest) / step + 0.5);
    codes[i] = code < 0 ? 0 : code > top ? top : code;
  }
  return codes;
}

/** The value of each code. */
export function decodeUniform(codes: Uint16Array, { lowest, step }: UniformQuantizer): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = lowest + codes[i] * step;
  return values;
}

/** Sum of squared differences between the values and what their codes stand for. */
export function squaredError(values: Float32Array, { levels, lowest, step }: UniformQuantizer): number {
  const top = levels - 1;
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    const code = step === 0 ? 0 : Math.floor((values[i] - lowest) / step + 0.5);
    const difference = values[i] - (lowest + (code < 0 ? 0 : code > top ? top : code) * step);
    error += difference * difference;
  }
  return error;
}

function quantizer(low: number, high: number, levels: number): UniformQuantizer {
  return { levels, lowest: Math.fround(low), step: Math.fround((high - low) / (levels - 1)) };
}

/** Distances from the mean that are tried for each end, before the golden sections. */
const candidates = 24;
const goldenSteps = 20;
const rounds = 3;

/**
 * Ends of the range of least squared error, each between the mean and the extreme value on its side. The error has several valleys where
 * there are few levels and far outliers, so a grid over both ends comes first; within the best valley each end in turn is refined.
 */
function searchRange(sorted: SortedValues, levels: number): { low: number; high: number } {
  const { values, sum, squares } = sorted;
  const count = values.length;
  const mean = sum[count] / count;
  const deviation = Math.sqrt(Math.max(0, squares[count] / count - mean * mean));
  const downs = spread(deviation, mean - values[0]);
  const ups = spread(deviation, values[count - 1] - mean);
  const rangeErrorOf = rangeError(sorted, levels);
  const error = (down: number, up: number) => rangeErrorOf(mean - down, mean + up);

  let down = downs[candidates - 1];
  let up = ups[candidates - 1];
  let best = error(down, up);
  for (const x of downs) {
    for (const y of ups) {
      const value = error(x, y);
      if (value < best) [best, down, up] = [value, x, y];
    }
  }
  for (let round = 0; round < rounds; round++) {
    down = refine((distance) => error(distance, up), downs, down);
    up = refine((distance) => error(down, distance), ups, up);
  }
  return { low: mean - down, high: mean + up };
}

/** Distances up to `last`, each the same factor over the one before, from a quarter of a standard deviation or less. */
function spread(deviation: number, last: number): number[] {
  const first = Math.min(deviation / 4, last / 16);
  const factor = (last / first) ** (1 / (candidates - 1));
  return Array.from({ length: candidates }, (_, i) => (i === candidates - 1 ? last : first * factor ** i));
}

/** The distance of least error between the neighbours of the current one, by golden section; never a worse one. */
function refine(error: (distance: number) => number, distances: readonly number[], current: number): number {
  const below = distances.filter((distance) => distance < current);
  let low = below.length > 0 ? below[below.length - 1] : current;
  let high = distances.find((distance) => distance > current) ?? current;
  const golden = (Math.sqrt(5) - 1) / 2;
  let x = high - golden * (high - low);
  let y = low + golden * (high - low);
  let errorX = error(x);
  let errorY = error(y);
  for (let step = 0; step < goldenSteps; step++) {
    if (errorX < errorY) {
      high = y;
      y = x;
      errorY = errorX;
      x = high - golden * (high - low);
      errorX = error(x);
    } else {
      low = x;
      x = y;
      errorX = errorY;
      y = low + golden * (high - low);
      errorY = error(y);
    }
  }
  const [found, foundError] = errorX < errorY ? [x, errorX] : [y, errorY];
  return foundError < error(current) ? found : current;
}

/** From more levels on, the error inside the range is taken as step^2 / 12 a value (Bennett, 1948), and only the ends are summed. */
const manyLevels = 128;

/** What the search for the best range takes, in the unit of `TransformPhase.operations`: each range costs a look-up a level, or two in all. */
export function searchOperations(levels: number): number {
  return 60_000 * (levels > manyLevels ? 3 : levels);
}

/** Squared error of the L levels from `low` to `high`, by the running sums. */
function rangeError(sorted: SortedValues, levels: number): (low: number, high: number) => number {
  const { sum, squares } = sorted;
  const count = sorted.values.length;
  /** Of the values from index `from` to `to`, all of which become `level`. */
  const cell = (level: number, from: number, to: number) =>
    squares[to] - squares[from] - 2 * level * (sum[to] - sum[from]) + level * level * (to - from);

  return (low, high) => {
    const step = (high - low) / (levels - 1);
    if (levels > manyLevels) {
      const first = countUpTo(sorted, low);
      const last = countUpTo(sorted, high, first);
      return cell(low, 0, first) + cell(high, last, count) + ((last - first) * step * step) / 12;
    }
    let error = 0;
    let from = 0;
    for (let k = 0; k < levels - 1; k++) {
      const to = countUpTo(sorted, low + (k + 0.5) * step, from);
      error += cell(low + k * step, from, to);
      from = to;
    }
    return error + cell(high, from, count);
  };
}
