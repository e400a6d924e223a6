import type { CompressionMethod } from '../compression/method';
import { findMethod, paperMethod } from '../compression/registry';
import { referenceMethod } from '../experiment/specification';
import type { Pair } from './compare';
import { groupBy } from './group-by';
import type { CellsOfPoint, SweepData } from './sweep-data';
import { validationAccuracy } from './validation';

/**
 * Which methods are set against each other, at each rate of each setting: every way of factors against every rival; the paper's against the lab's
 * own and the controls; and the one that is best on validation (on test it would be the luckiest), a control left aside, against all. Not every pair:
 * each further test costs all the others some of their power.
 */
export function methodPairs({ points }: SweepData): Pair[] {
  const groups = groupBy(
    points.filter(({ method }) => method !== referenceMethod),
    ({ setting, requestedRate }) => `${setting}@${requestedRate}`,
  );
  return [...groups.values()].flatMap((group) => {
    const of = (...standings: CompressionMethod['standing'][]) =>
      group.filter(({ method }) => standings.includes(findMethod(method).standing));
    const paper = group.find(({ method }) => method === paperMethod.id);
    const [ours, rivals, controls] = [of('ours'), of('rival'), of('control')];
    const candidates = of('paper', 'ours', 'rival');
    return distinct([
      ...(paper ? against(paper, [...ours, ...rivals, ...controls]) : []),
      ...ours.flatMap((way) => against(way, rivals)),
      ...(candidates.length > 0 ? against(bestOnValidation(candidates), group) : []),
    ]);
  });
}

export function against(first: CellsOfPoint, others: readonly CellsOfPoint[]): Pair[] {
  return others.filter((second) => second !== first).map((second) => ({ first, second }));
}

/** Of points with the most seeds; a point of fewer has its mean over other ones. */
export function bestOnValidation(points: readonly CellsOfPoint[]): CellsOfPoint {
  const most = Math.max(...points.map(({ cells }) => cells.size));
  const [best] = points
    .filter(({ cells }) => cells.size === most)
    .map((point) => ({ point, accuracy: validationAccuracy(point) }))
    .sort((a, b) => b.accuracy - a.accuracy);
  return best.point;
}

/** The first of two pairs that differ in their order alone. */
export function distinct(pairs: readonly Pair[]): Pair[] {
  const seen = new Set<string>();
  return pairs.filter(({ first, second }) => {
    const name = [first.key, second.key].sort().join(' ');
    return !seen.has(name) && seen.add(name);
  });
}
