import type { SweepEvent, SweepGroup } from '../../protocol/sweep';
import type { WorkMeter } from '../experiment/progress';
import { type CostedCell, cellsToRun, type SweepCosts } from './costs';
import { scheduleKey } from './keys';
import type { SweepLedger } from './ledger';
import type { CellTimes } from './times';

interface Pending {
  group: SweepGroup;
  cell: CostedCell;
  /** A `full` that was finished before, and is trained for the others. */
  again: boolean;
}

/**
 * How far a sweep has come, in time: what its finished cells took, beside what the others are expected to. Unlike an experiment's meter it goes by
 * whole cells, since a codebook may take longer than a training, and each cell that is finished tells of the others like it.
 */
export class SweepProgress {
  private readonly pending = new Map<string, Pending>();
  private readonly places: ReadonlyMap<SweepGroup, string>;
  private doneSeconds = 0;
  /** Of all that is pending, the one in progress included. */
  private leftSeconds = 0;
  private share = 0;
  private current: { key: string; name: string; seconds: number; cost: number; doneCost: number } | null = null;

  constructor(
    groups: readonly SweepGroup[],
    private readonly ledger: SweepLedger,
    costs: SweepCosts,
    private readonly times: CellTimes,
    private readonly emit: (event: SweepEvent) => void,
  ) {
    for (const group of groups) {
      const cells = costs.cells(group);
      for (const { key } of cells) this.doneSeconds += ledger.cell(key)?.row.seconds ?? 0;
      for (const cell of cellsToRun(cells, (key) => ledger.has(key))) {
        this.pending.set(cell.key, { group, cell, again: ledger.has(cell.key) });
      }
    }
    this.places = new Map(groups.map((group, i) => [group, `Group ${i + 1} of ${groups.length}`]));
    this.expect();
  }

  /** A method at a rate begins. */
  start(group: SweepGroup, key: string, label: string): void {
    const { model, schedule, task, seed } = group;
    const name = `${this.places.get(group)} (${task.task}, ${model}, ${scheduleKey(schedule)}, seed ${seed})`;
    // Another seed's table may reach a rate that the first seed's does not: such a cell was not foreseen.
    const foreseen = this.pending.get(key);
    const seconds = foreseen ? this.times.seconds(group, foreseen.cell) : 0;
    this.current = { key, name, seconds, cost: foreseen?.cell.cost ?? 0, doneCost: 0 };
    this.tell(label);
  }

  /** The meter of the runs; they are told of one after the other. */
  readonly meter: WorkMeter = {
    begin: () => {},
    add: (_, cost, label) => {
      if (this.current) this.current.doneCost += cost;
      this.tell(label);
    },
    over: () => this.finish(),
  };

  /** The cell in progress is over, finished or broken. */
  private finish(): void {
    if (!this.current) return;
    const { key } = this.current;
    const pending = this.pending.get(key);
    const row = this.ledger.cell(key)?.row;
    this.current = null;
    if (pending) {
      this.pending.delete(key);
      if (row && !pending.again) {
        this.times.note(pending.group, pending.cell, row.seconds);
        this.doneSeconds += row.seconds;
      }
    }
    this.expect();
  }

  private expect(): void {
    this.leftSeconds = 0;
    for (const { group, cell } of this.pending.values()) this.leftSeconds += this.times.seconds(group, cell);
  }

  private tell(label: string): void {
    const { name = '', seconds = 0, cost = 0, doneCost = 0 } = this.current ?? {};
    const spent = cost > 0 ? seconds * Math.min(1, doneCost / cost) : 0;
    const left = Math.max(0, this.leftSeconds - spent);
    const done = this.doneSeconds + spent;
    // A correction of the estimate does not take back what was shown.
    this.share = Math.max(this.share, done + left > 0 ? done / (done + left) : 0);
    this.emit({ kind: 'sweep-progress', label: `${name}: ${label}`, fraction: this.share, secondsLeft: left });
  }
}
