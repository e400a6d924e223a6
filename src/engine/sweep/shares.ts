import type { SweepGroup, SweepShare, SweepSpecification } from '../../protocol/sweep';
import type { SweepCosts } from './costs';
import { unrollSweep } from './unroll';

/**
 * A share's groups, in the order in which they run. The dearest groups are dealt first, each to the share that has the least so far: every group
 * is in exactly one share, and the shares end at about the same time. Goes by counted costs alone, so that every machine deals alike.
 *
 * @param specification validated
 * @param share null for all groups
 */
export function groupsOfShare(specification: SweepSpecification, share: SweepShare | null, costs: SweepCosts): SweepGroup[] {
  const groups = unrollSweep(specification);
  if (share === null) return groups;
  const loads = new Array<number>(share.count).fill(0);
  const mine = new Set<SweepGroup>();
  const dearestFirst = groups.map((group) => ({ group, cost: costs.group(group) })).sort((a, b) => b.cost - a.cost);
  for (const { group, cost } of dearestFirst) {
    const least = loads.indexOf(Math.min(...loads));
    // A group takes time even where nothing in it is trained.
    loads[least] += Math.max(cost, 1);
    if (least === share.index) mine.add(group);
  }
  return groups.filter((group) => mine.has(group));
}
