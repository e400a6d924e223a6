import type { SweepGroup } from '../../protocol/sweep';
import type { CostedCell, SweepCosts } from './costs';
import { adapterKind, type SweepLedger } from './ledger';
import type { Pace } from './pace';

/** What a machine was measured to take. */
export interface MeasuredPace extends Pace {
  /** Of the device that will run the rest. */
  adapter: Parameters<typeof adapterKind>[0];
}

/** Seconds that cells took, and that the pace had let expect. */
interface Taken {
  seconds: number;
  expected: number;
}

/**
 * How long a cell takes: what is expected by the pace, corrected by what cells of the same method and network took on this kind of adapter, else
 * by what others took that did the same: training on the device, for a network, or work of the host.
 */
export class CellTimes {
  private readonly byMethod = new Map<string, Taken>();
  private readonly byModel = new Map<string, Taken>();
  private readonly byHost: Taken = { seconds: 0, expected: 0 };

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
  note(group: SweepGroup, cell: CostedCell, seconds: number): void {
    const { device, host } = this.expected(group, cell);
    const add = (taken: Taken) => {
      taken.seconds += seconds;
      taken.expected += device + host;
    };
    add(takenOf(this.byMethod, `${group.model}/${cell.at.method.id}`));
    add(device > host ? takenOf(this.byModel, group.model) : this.byHost);
  }

  seconds(group: SweepGroup, cell: CostedCell): number {
    const { device, host } = this.expected(group, cell);
    const alike = this.byMethod.get(`${group.model}/${cell.at.method.id}`);
    if (alike) return (device + host) * ratio(alike);
    return device * ratio(this.byModel.get(group.model)) + host * ratio(this.byHost);
  }

  /** Seconds by the pace alone. */
  private expected({ model }: SweepGroup, { cost, beside, operations }: CostedCell): { device: number; host: number } {
    const msPerCost = this.pace.msPerCost.get(model);
    if (msPerCost === undefined) throw new RangeError(`no pace of ${model}`);
    return { device: ((cost + beside) * msPerCost) / 1000, host: (operations * this.pace.msPerOperation) / 1000 };
  }
}

function takenOf(times: Map<string, Taken>, key: string): Taken {
  const taken = times.get(key) ?? { seconds: 0, expected: 0 };
  times.set(key, taken);
  return taken;
}

function ratio(taken: Taken | undefined): number {
  return taken && taken.expected > 0 ? taken.seconds / taken.expected : 1;
}
