import type { SweepGap, SweepGroup, SweepPlan } from '../../protocol/sweep';
import { type CostedCell, cellsToRun, type SweepCosts } from './costs';
import { groupKey } from './keys';
import type { SweepLedger } from './ledger';
import { CellTimes, type MeasuredPace } from './times';

/**
 * What a sweep comes to, and how long the rest takes.
 *
 * @param groups of the sweep, or of a share of it
 * @param ledger what is finished already
 */
export function planSweep(groups: readonly SweepGroup[], ledger: SweepLedger, costs: SweepCosts, pace: MeasuredPace): SweepPlan {
  const times = new CellTimes(groups, ledger, costs, pace);
  const plan: SweepPlan = { groups: groups.length, cells: 0, gaps: [], steps: 0, seconds: 0, finishedCells: 0 };
  for (const group of groups) {
    const cells = costs.cells(group);
    for (const { key, at, steps } of cells) {
      const gap = ledger.cell(key) ? null : (ledger.gap(key) ?? unreachable(group, at));
      if (gap) plan.gaps.push(gap);
      else plan.cells++;
      if (ledger.cell(key)) plan.finishedCells++;
      plan.steps += steps;
    }
    for (const cell of cellsToRun(cells, (key) => ledger.has(key))) plan.seconds += times.seconds(group, cell);
  }
  return plan;
}

/** Why a method has no cell at a rate; null where it has one. */
export function unreachable(group: SweepGroup, { method, requestedRate, planned }: CostedCell['at']): SweepGap | null {
  if (planned.unreachable === null) return null;
  return { group: groupKey(group), method: method.id, requestedRate, reason: planned.unreachable };
}
