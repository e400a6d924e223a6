import type { SweepGap, SweepGroup, SweepPlan } from '../../protocol/sweep';
import { type CostedCell, cellsToRun, type SweepCosts } from './costs';
import { groupKey } from './keys';
import { adapterKind, type SweepLedger } from './ledger';

/** What a device was measured to take. */
export interface MeasuredPace {
  /** Of the device that will run the rest. */
  adapter: Parameters<typeof adapterKind>[0];
  /** Milliseconds a unit of cost, before anything of the sweep was measured. */
  msPerCost: number;
}

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

interface Taken {
  seconds: number;
  cost: number;
  cells: number;
}

/** How long a cell takes: as those of the same method and network took on this kind of adapter, else as others of the network, else by the pace. */
class CellTimes {
  private readonly byMethod = new Map<string, Taken>();
  private readonly byModel = new Map<string, Taken>();

  constructor(
    groups: readonly SweepGroup[],
    ledger: SweepLedger,
    costs: SweepCosts,
    private readonly pace: MeasuredPace,
  ) {
    const kind = adapterKind(pace.adapter);
    for (const group of groups) {
      for (const { key, at, cost } of costs.cells(group)) {
        const cell = ledger.cell(key);
        if (!cell || adapterKind(ledger.adapter(cell.adapter)) !== kind) continue;
        note(this.byMethod, `${group.model}/${at.method.id}`, cell.row.seconds, cost);
        // What trains nothing says nothing of the pace of a training.
        if (cost > 0) note(this.byModel, group.model, cell.row.seconds, cost);
      }
    }
  }

  seconds({ model }: SweepGroup, { at, cost }: CostedCell): number {
    const alike = this.byMethod.get(`${model}/${at.method.id}`);
    if (alike) return cost > 0 ? (alike.seconds / alike.cost) * cost : alike.seconds / alike.cells;
    const near = this.byModel.get(model);
    return cost * (near ? near.seconds / near.cost : this.pace.msPerCost / 1000);
  }
}

function note(times: Map<string, Taken>, key: string, seconds: number, cost: number): void {
  const taken = times.get(key) ?? { seconds: 0, cost: 0, cells: 0 };
  times.set(key, { seconds: taken.seconds + seconds, cost: taken.cost + cost, cells: taken.cells + 1 });
}
