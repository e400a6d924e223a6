import type { SweepSpecification, SweepTask } from '../../protocol/sweep';
import type { PreparedData } from '../data/dataset';
import { SweepCosts, type TaskData, taskData } from '../sweep/costs';
import { taskKey } from '../sweep/keys';
import { SweepLedger } from '../sweep/ledger';
import { groupsOfShare } from '../sweep/shares';
import { SweepSources } from '../sweep/sources';
import { validateShare, validateSweep } from '../sweep/specification';
import { type LoadedData, refuseOther } from './data';
import type { LabEnvironment } from './environment';
import type { Kept } from './storage';

/** Lays sweeps out on the loaded table, and on the data sets that they name. */
export class SweepLayout {
  private readonly sources: SweepSources;
  /** What costs are counted by, of tasks that sweeps were planned for; of the loaded table. */
  private readonly taskData = new Map<string, TaskData>();

  constructor(
    private readonly environment: Pick<LabEnvironment, 'storage' | 'fetchBundled' | 'versions'>,
    private readonly data: LoadedData,
    private readonly kept: Kept,
  ) {
    this.sources = new SweepSources(environment.storage, environment.fetchBundled);
  }

  /** What is finished of a sweep, what each group costs, and the groups that are to be run. */
  async layOut(value: unknown, share: unknown) {
    const specification = validateSweep(value);
    const validShare = share === undefined ? null : validateShare(share);
    refuseOther(specification.embeddings, this.data.get().vectors.source);
    const { versions } = this.environment;
    const ledger = new SweepLedger(specification, versions, await (await this.kept.sweeps).find(specification, versions));
    const [seed] = specification.seeds;
    const tasks = new Map<string, TaskData>();
    for (const task of specification.tasks) {
      const name = taskKey(task);
      const key = JSON.stringify([name, specification.split, seed]);
      const known = this.taskData.get(key) ?? taskData(await this.prepareTask(specification, task, seed));
      this.taskData.set(key, known);
      tasks.set(name, known);
    }
    const costs = new SweepCosts(specification, tasks);
    return { ledger, costs, groups: groupsOfShare(specification, validShare, costs) };
  }

  async prepareTask({ split }: Pick<SweepSpecification, 'split'>, { dataset, task }: SweepTask, seed: number): Promise<PreparedData> {
    return this.data.prepare({ task, split }, seed, await this.sources.dataset(dataset, this.data.get().dataset));
  }

  /** When another table is there. */
  forgetTasks(): void {
    this.taskData.clear();
  }
}
