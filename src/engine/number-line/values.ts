import type { NumberLine } from '../../protocol/number-line';
import { type SortedValues, sortValues } from '../compression/sorted-values';
import type { WordVectors } from '../data/dataset';

/** The values of a number line, and what of them does not depend on the levels. */
export interface LineValues {
  values: Float32Array;
  sorted: SortedValues;
  summary: Pick<NumberLine, 'count' | 'sampled' | 'minimum' | 'maximum' | 'histogram'>;
}

/** Of a larger table an even sample is looked at: two million values are sorted in a quarter of a second. */
const mostValues = 2 ** 21;
const bins = 96;

const known = new WeakMap<WordVectors, LineValues>();

/** The values of a loaded table, put in order once: kept as long as the table is. */
export function tableValues(vectors: WordVectors): LineValues {
  let line = known.get(vectors);
  if (!line) {
    const { rows, columns } = vectors.vectors;
    const sampled = rows * columns > mostValues;
    line = lineValues(sampled ? sampleOf(vectors) : allOf(vectors), sampled);
    known.set(vectors, line);
  }
  return line;
}

/** @param values Finite numbers, at least one. */
export function lineValues(values: Float32Array, sampled: boolean): LineValues {
  const sorted = sortValues(values);
  const minimum = sorted.values[0];
  const maximum = sorted.values[sorted.values.length - 1];
  return { values, sorted, summary: { count: values.length, sampled, minimum, maximum, histogram: histogramOf(values, minimum, maximum) } };
}

function allOf({ vectors }: WordVectors): Float32Array {
  const values = new Float32Array(vectors.rows * vectors.columns);
  let at = 0;
  for (const block of vectors.blocks()) {
    values.set(block.values, at);
    at += block.values.length;
  }
  return values;
}

/** Every so manyth value, and the two extremes: what min-max does is decided by them. */
function sampleOf({ vectors }: WordVectors): Float32Array {
  const total = vectors.rows * vectors.columns;
  let stride = Math.ceil(total / (mostValues - 2));
  // No common factor with the columns, so that all of them take part.
  while (commonFactor(stride, vectors.columns) > 1) stride++;
  const sample = new Float32Array(Math.ceil(total / stride) + 2);
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  let at = 0;
  let skip = 0;
  for (const { values } of vectors.blocks()) {
    for (let i = 0; i < values.length; i++) {
      if (values[i] < minimum) minimum = values[i];
      if (values[i] > maximum) maximum = values[i];
    }
    let i = skip;
    for (; i < values.length; i += stride) sample[at++] = values[i];
    skip = i - values.length;
  }
  sample[at] = minimum;
  sample[at + 1] = maximum;
  return sample;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}

/** Equally wide bins; the last one holds the maximum. Of values that are all the same, one bin. */
function histogramOf(values: Float32Array, minimum: number, maximum: number): number[] {
  if (maximum === minimum) return [values.length];
  const counts = new Array<number>(bins).fill(0);
  const perUnit = bins / (maximum - minimum);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor((values[i] - minimum) * perUnit))]++;
  return counts;
}
