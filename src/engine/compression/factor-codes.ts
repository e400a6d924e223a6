import { type Matrix, matrix } from '../matrix';
import { codesPerWord, largestLevels, payloadBytes } from './levels';
import type { CompressionMethod, Setting, TableShape, Transform } from './method';
import { leastSquares } from './quantizers/mse';
import { quantizeBy } from './quantizers/quantizer';
import { factorParameters } from './rank';
import { allowedNumbers, unreachable, wordBytes } from './rate';
import { factorsOf, numberOf } from './setting';

/** Of a column of A and of a row of B each: a scale and a zero point. */
const sideNumbers = (rank: number) => 4 * rank;

/** 32-bit words of the codes of A and B. */
function codeWords({ rows, columns }: TableShape, rank: number, levels: number): number {
  return (payloadBytes({ rows, columns: rank }, levels) + payloadBytes({ rows: rank, columns }, levels)) / wordBytes;
}

/** The largest rank whose codes of so many levels take at most (1 - rho) V d words; 0 where not even rank 1 does. */
function largestRank(shape: TableShape, rate: number, levels: number): number {
  const allowed = Math.floor(allowedNumbers(shape, rate));
  const bound = Math.min(shape.rows, shape.columns, Math.floor((allowed * codesPerWord(levels)) / (shape.rows + shape.columns)));
  // Each matrix is rounded up to whole words by itself.
  return bound >= 1 && codeWords(shape, bound, levels) > allowed ? bound - 1 : bound;
}

/**
 * A rank at each of some widths of a code, widest first: fewer bits leave room for more ranks.
 *
 * @param codes how many a 32-bit word holds: 4 are 8 bits each
 */
export function codedRank(codes: readonly number[]): Setting {
  return {
    kind: 'rank',
    candidates: (shape, rate) => {
      const widths = codes.map(largestLevels);
      const settings = widths
        .map((levels) => ({ rank: largestRank(shape, rate, levels), levels }))
        // Where the rank can't grow any more, fewer bits only lose.
        .filter(({ rank }, i, all) => rank >= 1 && (i === 0 || rank > all[i - 1].rank));
      if (settings.length > 0) return settings;
      const fewest = widths[widths.length - 1];
      return unreachable(
        `Rank 1 in ${fewest} levels, the least there is,`,
        1 - codeWords(shape, 1, fewest) / (shape.rows * shape.columns),
        rate,
      );
    },
  };
}

export const codedFactorStorage: CompressionMethod['storage'] = (shape, setting) => {
  const rank = numberOf(setting, 'rank');
  const words = codeWords(shape, rank, numberOf(setting, 'levels'));
  return { bytes: wordBytes * (words + sideNumbers(rank)), parameters: factorParameters(shape, rank) + sideNumbers(rank) };
};

const quantize = quantizeBy(leastSquares);

/**
 * A and B with each component (a column of A, a row of B) rounded to evenly spaced levels of its own, over the range of least squared error. The
 * row of padding is never looked up, and stays zero.
 */
export const quantizeFactors: Transform = async (embedding, setting) => {
  const levels = numberOf(setting, 'levels');
  const { a, b } = factorsOf(embedding);
  return { embedding: { kind: 'factors', a: quantizedColumns(a, levels), b: quantizedRows(b, levels) } };
};

function quantizedColumns({ rows, columns, values }: Matrix, levels: number): Matrix {
  const result = matrix(rows, columns);
  const words = new Float32Array(rows - 1);
  for (let j = 0; j < columns; j++) {
    for (let i = 1; i < rows; i++) words[i - 1] = values[i * columns + j];
    const replaced = quantize(words, levels);
    for (let i = 1; i < rows; i++) result.values[i * columns + j] = replaced[i - 1];
  }
  return result;
}

function quantizedRows({ rows, columns, values }: Matrix, levels: number): Matrix {
  const result = matrix(rows, columns);
  for (let i = 0; i < rows; i++) result.values.set(quantize(values.slice(i * columns, (i + 1) * columns), levels), i * columns);
  return result;
}
