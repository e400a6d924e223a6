import type { NeighbourOverlap } from '../../protocol/try';
import { firstWordId } from '../data/vocabulary';
import { type Neighbour, neighbourCount } from '../projection/nearest';
import { Random, streamSeed, streams } from '../random';
import type { WordRows } from './word-rows';

/** Words whose neighbours are counted at most: the mean share of 2,000 has a standard error of 0.012 at most. */
export const mostWords = 2000;

/** The words that are counted: all that have a pretrained vector, or a part of them that the seed draws, in the table's order. */
export function drawWords(pretrained: WordRows, seed: number, limit = mostWords): { rows: Uint32Array; of: number } {
  const all = [];
  for (let row = firstWordId; row < pretrained.squares.length; row++) if (pretrained.squares[row] > 0) all.push(row);
  if (all.length <= limit) return { rows: Uint32Array.from(all), of: all.length };
  const drawn = new Random(streamSeed(seed, streams.overlapWords)).shuffle([...all]).slice(0, limit);
  return { rows: Uint32Array.from(drawn).sort(), of: all.length };
}

/** How many others a word of the table has: those that have a direction. */
export function othersIn({ squares }: WordRows): number {
  return Math.max(0, squares.reduce((count, square) => count + (square > 0 ? 1 : 0), 0) - 1);
}

/** Whether each word's list holds all its others, in every table. */
export function listsAllOthers(tables: readonly WordRows[]): boolean {
  return tables.every((rows) => othersIn(rows) <= neighbourCount);
}

/** Rows of each drawn word's nearest, nearest first. */
export type NeighbourRows = readonly (readonly number[])[];

export function rowsOf(neighbours: readonly Neighbour[][]): NeighbourRows {
  return neighbours.map((list) => list.map(({ row }) => row));
}

/**
 * How much of the reference's neighbours each table has kept; a word that has none in the reference is left out.
 *
 * @param most neighbours of a word in the reference
 */
export function overlapOf(
  reference: NeighbourRows,
  other: NeighbourRows,
  most: number,
): Pick<NeighbourOverlap['tables'][number], 'mean' | 'histogram'> {
  const histogram = new Array<number>(most + 1).fill(0);
  let [shares, words] = [0, 0];
  for (const [w, wanted] of reference.entries()) {
    if (wanted.length === 0) continue;
    const common = wanted.filter((row) => other[w].includes(row)).length;
    histogram[common]++;
    shares += common / wanted.length;
    words++;
  }
  return { mean: words > 0 ? shares / words : 0, histogram };
}
