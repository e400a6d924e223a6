import { codeMatrix, decodeMatrix } from './coded';
import { codesPerWord, largestLevels, payloadBytes } from './levels';
import type { CompressionMethod, Setting, TableShape, TransformPhase } from './method';
import { referenceValues } from './quantizers/codebook';
import { leastSquares } from './quantizers/mse';
import { factorParameters } from './rank';
import { allowedNumbers, unreachable, wordBytes } from './rate';
import { factorsOf, numberOf } from './setting';

/** B's levels, whatever A's are: all words share its few numbers, and with 16 levels there the DAN lost 1.5 points more (4 seeds). */
const sharedLevels = 256;
/**
 * Up to as many levels, those of a column of A are placed by k-means (16: 1.6 points better than evenly spaced ones, 4 seeds); of more the placing
 * hardly matters, and its list would weigh.
 */
const mostPlacedLevels = 64;

/** Of a column of A its list of levels, or a scale and a zero point; of a row of B these two. */
const sideNumbers = (rank: number, levels: number) => rank * ((levels <= mostPlacedLevels ? levels : 2) + 2);

/** 32-bit words of the codes of A and B. */
function codeWords({ rows, columns }: TableShape, rank: number, levels: number): number {
  return (payloadBytes({ rows, columns: rank }, levels) + payloadBytes({ rows: rank, columns }, sharedLevels)) / wordBytes;
}

/** The largest rank whose codes of so many levels take at most (1 - rho) V d words; 0 where not even rank 1 does. */
function largestRank(shape: TableShape, rate: number, levels: number): number {
  const { rows, columns } = shape;
  const allowed = Math.floor(allowedNumbers(shape, rate));
  // What a rank takes before words are rounded up: no larger rank fits, and at most two smaller ones have to be tried.
  const words = rows / codesPerWord(levels) + columns / codesPerWord(sharedLevels);
  let rank = Math.min(rows, columns, Math.floor(allowed / words));
  while (rank >= 1 && codeWords(shape, rank, levels) > allowed) rank--;
  return rank;
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
  const levels = numberOf(setting, 'levels');
  const side = sideNumbers(rank, levels);
  return { bytes: wordBytes * (codeWords(shape, rank, levels) + side), parameters: factorParameters(shape, rank) + side };
};

const quantizerOf = (levels: number) => (levels <= mostPlacedLevels ? referenceValues : leastSquares);

/**
 * A and B with each component (a column of A, a row of B) rounded to levels of its own, of least squared error: of A as many as the setting says, of B
 * 256. The row of padding is never looked up, and stays zero.
 */
export const quantizeFactors: TransformPhase = {
  kind: 'transform',
  timedAs: 'quantize',
  apply: async (embedding, setting) => {
    const levels = numberOf(setting, 'levels');
    const { a, b } = factorsOf(embedding);
    const coded = {
      a: codeMatrix(a, quantizerOf(levels), { levels, per: 'column', padding: true }),
      b: codeMatrix(b, leastSquares, { levels: sharedLevels, per: 'row', padding: false }),
    };
    return { embedding: { kind: 'factors', a: decodeMatrix(coded.a), b: decodeMatrix(coded.b), coded } };
  },
  operations: ({ rows, columns }, setting) => {
    const levels = numberOf(setting, 'levels');
    const column = quantizerOf(levels).operations(rows, levels);
    return numberOf(setting, 'rank') * (column + leastSquares.operations(columns, sharedLevels));
  },
};
