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
export type Measured = Omit<Comparison, 'corrected' | 'mcNemarCorrected' | 'sentence'>;

/** Seeds drawn in the bootstrap of all comparisons together, as long as each has its least: what bounds the time. */
const drawBudget = 10_000_000;
const fewestReplicates = 1000;
const mostReplicates = 4000;

/** Items of seeds that are compared between two turns: counted, so that no clock is needed here. */
const itemsATurn = 200_000;

/** Compares each pair over the seeds that both have; pairs without one are left out. Others get a turn on the way. */
export async function comparePairs(pairs: readonly Pair[], turn: () => Promise<void>): Promise<{ pair: Pair; measured: Measured }[]> {
  const draws = pairs.reduce((sum, { first }) => sum + first.cells.size, 0);
  const replicates = Math.min(mostReplicates, Math.max(fewestReplicates, Math.floor(drawBudget / Math.max(1, draws))));
  const compared: { pair: Pair; measured: Measured }[] = [];
  let items = 0;
  for (const pair of pairs) {
    const measured = compare(pair, replicates);
    if (measured) compared.push({ pair, measured });
    for (const { row } of pair.first.cells.values()) items += row.testCount + replicates;
    if (items > itemsATurn) {
      items = 0;
      await turn();
    }
  }
  return compared;
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
    bootstrap: bootstrapInterval(items, () => random.bits() / 2 ** 32, replicates),
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
