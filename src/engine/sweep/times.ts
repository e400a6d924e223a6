import type { SweepGroup } from '../../protocol/sweep';
import type { CostedCell, SweepCosts } from './costs';
import { adapterKind, type SweepLedger } from './ledger';

/** What a device was measured to take. */
export interface MeasuredPace {
  /** Of the device that will run the rest. */
  adapter: Parameters<typeof adapterKind>[0];
  /** Milliseconds a unit of cost, before anything of the sweep was measured. */
  msPerCost: number;
}

interface Taken {
  seconds: number;
  cost: number;
  cells: number;
}

/** How long a cell takes: as those of the same method and network took on this kind of adapter, else as others of the network, else by the pace. */
export class CellTimes {
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
      for (const costed of costs.cells(group)) {
        const cell = ledger.cell(costed.key);
        if (cell && adapterKind(ledger.adapter(cell.adapter)) === kind) this.note(group, costed, cell.row.seconds);
      }
    }
  }

  /** A cell was measured. */
  note({ model }: SweepGroup, { at, cost }: CostedCell, seconds: number): void {
    note(this.byMethod, `${model}/${at.method.id}`, seconds, cost);
    // What trains nothing says nothing of the pace of a training.
    if (cost > 0) note(this.byModel, model, seconds, cost);
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
