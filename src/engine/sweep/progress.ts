import type { SweepEvent, SweepGroup, SweepSpecification } from '../../protocol/sweep';
import { ProgressMeter, type WorkMeter } from '../experiment/progress';
import { type CostedCell, cellsToRun, type SweepCosts } from './costs';
import { scheduleKey } from './keys';
import type { SweepLedger } from './ledger';

/** How far a sweep has come, over all of its groups; what was finished before counts as done. */
export class SweepProgress {
  private readonly meter: ProgressMeter;
  private readonly places: ReadonlyMap<SweepGroup, string>;
  private label = '';

  /** @param now milliseconds, on a clock that stands still while the sweep is paused */
  constructor(
    { models, methods }: SweepSpecification,
    groups: readonly SweepGroup[],
    ledger: SweepLedger,
    costs: SweepCosts,
    now: () => number,
    emit: (event: SweepEvent) => void,
  ) {
    const sum = (cells: readonly CostedCell[]) => cells.reduce((total, { cost }) => total + cost, 0);
    // Every kind is there: another seed's table may reach a rate that the first seed's does not.
    const left = new Map(models.flatMap((model) => methods.map((method) => [kindOf(model, method), 0])));
    let whole = 0;
    let rest = 0;
    for (const group of groups) {
      const cells = costs.cells(group);
      const toRun = cellsToRun(cells, (key) => ledger.has(key));
      whole += sum(cells);
      rest += sum(toRun);
      for (const { at, cost } of toRun) {
        const kind = kindOf(group.model, at.method.id);
        left.set(kind, (left.get(kind) ?? 0) + cost);
      }
    }
    const before = whole > 0 ? Math.max(0, 1 - rest / whole) : 0;
    this.places = new Map(groups.map((group, i) => [group, `Group ${i + 1} of ${groups.length}`]));
    this.meter = new ProgressMeter(left, now, ({ done, secondsLeft }) =>
      emit({ kind: 'sweep-progress', label: this.label, fraction: before + (1 - before) * done, secondsLeft }),
    );
  }

  /** The meter of a group's own run. */
  of(group: SweepGroup): WorkMeter {
    const { model, schedule, task, seed } = group;
    const name = `${this.places.get(group)} (${task.task}, ${model}, ${scheduleKey(schedule)}, seed ${seed})`;
    return {
      begin: () => this.meter.begin(),
      over: (method, cost) => this.meter.over(kindOf(model, method), cost),
      add: (method, cost, label) => {
        this.label = `${name}: ${label}`;
        this.meter.add(kindOf(model, method), cost, this.label);
      },
    };
  }
}

/** What takes alike long a unit of cost. */
function kindOf(model: string, method: string): string {
  return `${model}/${method}`;
}
