import { z } from 'zod';
import type { Neighbours, NeighboursAtRank } from '../../protocol/projection';
import type { WordVectors } from '../data/dataset';
import { LabError } from '../errors';
import { nearest } from './nearest';
import type { WordSpace } from './word-space';

export const mostRanks = 12;

const question = z.object({
  word: z.string().max(200),
  ranks: z.array(z.number().int().min(1)).min(1).max(mostRanks),
});

/** Rows between two looks at the clock. */
const rowsAtOnce = 4096;
/** The worker has other callers: after this long it gives them a turn. */
const turnMs = 12;

/**
 * The ten words nearest to one, by cosine, in the truncated SVD of each rank.
 *
 * E_r = U_r S_r W_r^T, and the columns of W_r are orthonormal. So the inner product of two rows of E_r is that of the same two rows of
 * U_r S_r, and cosines can be taken there, of r coordinates instead of d. The coordinates of rank r are the first r of every higher rank:
 * one pass over all of them, in the order of the ranks, answers for all ranks, in n d products.
 *
 * Words that are as near (at rank 1 all of one sign are) come in the table's order, by frequency. A row of zeros has no direction,
 * and so is nobody's neighbour.
 *
 * @param ranks at most 12, each from 1 to min(n, d)
 * @throws LabError `bad-specification`
 */
export async function findNeighbours(vectors: WordVectors, space: WordSpace, word: string, ranks: number[]): Promise<Neighbours> {
  const highest = space.singularValues.length;
  const parsed = question.safeParse({ word, ranks });
  if (!parsed.success || ranks.some((rank) => rank > highest)) {
    throw new LabError(
      'bad-specification',
      `Neighbours can't be sought at ${Array.isArray(ranks) ? `the ranks ${ranks.slice(0, 20).join(', ')}` : 'these ranks'}.`,
      `Ask for one to ${mostRanks} whole ranks from 1 to ${highest}, and for a word of at most 200 characters.`,
    );
  }
  const row = vectors.index.get(word);
  if (row === undefined) return { word, known: false, ranks: [], searched: space.words };

  const query = coordinatesOf(vectors, space, row);
  const own = row < space.words ? row : null;
  const ascending = [...new Set([...ranks, highest])].sort((a, b) => a - b);
  const found = new Map<number, { row: number; cosine: number }[]>();
  const products = new Float64Array(space.words);
  const squares = new Float64Array(space.words);
  let querySquare = 0;
  let from = 0;
  let startedAt = performance.now();
  for (const rank of ascending) {
    for (let first = 0; first < space.words; first += rowsAtOnce) {
      addColumns(space, query, from, rank, first, Math.min(space.words, first + rowsAtOnce), products, squares);
      if (performance.now() - startedAt > turnMs) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        startedAt = performance.now();
      }
    }
    for (let j = from; j < rank; j++) querySquare += query[j] * query[j];
    found.set(rank, nearest(products, squares, querySquare, own));
    from = rank;
  }
  const inTable = new Set(found.get(highest)!.map((neighbour) => neighbour.row));
  return {
    word,
    known: true,
    ranks: ranks.map((rank): NeighboursAtRank => {
      const neighbours = found.get(rank)!;
      return {
        rank,
        neighbours: neighbours.map((neighbour) => ({ word: vectors.words[neighbour.row], cosine: neighbour.cosine })),
        overlap: neighbours.filter((neighbour) => inTable.has(neighbour.row)).length,
      };
    }),
    searched: space.words,
  };
}

/** U S of one row: its own, or W^T e where the word is rarer than those that were decomposed. */
function coordinatesOf({ vectors }: WordVectors, { words, coordinates, directions }: WordSpace, row: number): Float64Array {
  const count = coordinates.columns;
  if (row < words) return Float64Array.from(coordinates.values.subarray(row * count, (row + 1) * count));
  const vector = vectors.row(row);
  return Float64Array.from({ length: count }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < vector.length; j++) sum += directions.values[k * vector.length + j] * vector[j];
    return sum;
  });
}

/** Adds what the columns `from` .. `to` - 1 contribute to the products with the query and to the squared lengths, for some rows. */
function addColumns(
  { coordinates: { columns, values } }: WordSpace,
  query: Float64Array,
  from: number,
  to: number,
  firstRow: number,
  endRow: number,
  products: Float64Array,
  squares: Float64Array,
): void {
  for (let i = firstRow; i < endRow; i++) {
    const at = i * columns;
    let product = 0;
    let square = 0;
    for (let j = from; j < to; j++) {
      const value = values[at + j];
      product += value * query[j];
      square += value * value;
    }
    products[i] += product;
    squares[i] += square;
  }
}
