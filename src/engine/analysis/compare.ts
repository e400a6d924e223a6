import type { Comparison } from '../../protocol/analysis';
import { mix, Random, streamSeed, streams } from '../random';
import { bootstrapInterval } from '../statistics/bootstrap';
import { mcNemarExact } from '../statistics/mcnemar';
import { pairedDifference } from '../statistics/paired';
import { countPairs } from './correct-items';
import { asEstimate, paired } from './estimate';
import type { CellsOfPoint } from './sweep-data';

/** Two points that are to be compared. */
export interface Pair {
  first: CellsOfPoint;
  second: CellsOfPoint;
}

/** A comparison before all of them are known, which its correction and its sentence need. */
export type Measured = Omit<Comparison, 'corrected' | 'sentence'>;

/** Seeds drawn in the bootstrap of all comparisons together: what bounds the time. */
const drawBudget = 40_000_000;
const fewestReplicates = 1000;
const mostReplicates = 4000;

/** Compares each pair over the seeds that both have; pairs without one are left out. */
export function comparePairs(pairs: readonly Pair[]): { pair: Pair; measured: Measured }[] {
  const draws = pairs.reduce((sum, { first }) => sum + first.cells.size, 0);
  const replicates = Math.min(mostReplicates, Math.max(fewestReplicates, Math.floor(drawBudget / Math.max(1, draws))));
  return pairs.flatMap((pair) => {
    const measured = compare(pair, replicates);
    return measured ? [{ pair, measured }] : [];
  });
}

function compare({ first, second }: Pair, replicates: number): Measured | null {
  const seeds = paired(first.cells, second.cells);
  if (seeds.length === 0) {
    return null;
  }
  const difference = pairedDifference(
    seeds.map((of) => of.first.row.testAccuracy),
    seeds.map((of) => of.second.row.testAccuracy),
  );
  // Of one group both have the same split.
  const items = seeds.map((of) => countPairs(of.first.correct, of.second.correct, of.first.row.testCount));
  const random = new Random(streamSeed(hash(`${first.key} ${second.key}`), streams.bootstrap));
  return {
    first: first.key,
    second: second.key,
    difference: asEstimate(difference),
    bootstrap: bootstrapInterval(items, () => random.uniform(), replicates),
    p: difference.p,
    mcNemar: mcNemarExact(
      items.reduce((sum, { firstOnly }) => sum + firstOnly, 0),
      items.reduce((sum, { secondOnly }) => sum + secondOnly, 0),
    ),
  };
}

/** A seed of its own for each pair, whatever else is compared. */
function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = mix((value ^ text.charCodeAt(i)) >>> 0);
  return value;
}
