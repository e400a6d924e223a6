import type { ExperimentSpecification } from '../../protocol/specification';
import type { SweepGroup, SweepSpecification } from '../../protocol/sweep';
import { methodsWithRates } from '../experiment/plan';
import { cellKey, groupKey } from './keys';

/**
 * Every task x network x schedule x seed, in the order in which they run.
 *
 * @param specification validated
 */
export function unrollSweep(specification: Pick<SweepSpecification, 'tasks' | 'models' | 'schedules' | 'seeds'>): SweepGroup[] {
  const { tasks, models, schedules, seeds } = specification;
  return tasks.flatMap((task) =>
    models.flatMap((model) => schedules.flatMap((schedule) => seeds.map((seed) => ({ task, model, schedule, seed })))),
  );
}

/** What a group's cell may be of, whether or not its rate can be reached. */
export interface PossibleCell {
  group: string;
  key: string;
  method: string;
  requestedRate: number | null;
}

/** Every method with every rate of each group, in the order in which they run: a sweep is complete when each is a cell or a gap. */
export function possibleCells(specification: SweepSpecification): PossibleCell[] {
  const of = methodsWithRates(specification).map(({ method, rate }) => ({ method: method.id, requestedRate: rate }));
  return unrollSweep(specification).flatMap((one) => {
    const group = groupKey(one);
    return of.map(({ method, requestedRate }) => ({ group, key: cellKey(group, method, requestedRate), method, requestedRate }));
  });
}

/** The experiment that a group is: run alone, it gives the same rows. */
export function groupExperiment(specification: SweepSpecification, { task, model, schedule, seed }: SweepGroup): ExperimentSpecification {
  const { tasks: _tasks, models: _models, schedules: _schedules, seeds: _seeds, ...shared } = specification;
  return { ...shared, dataset: task.dataset, task: task.task, model, schedule, seeds: [seed] };
}
