import type { ScheduleSpecification } from '../../protocol/specification';
import type { SweepGroup, SweepSpecification } from '../../protocol/sweep';

/** The groups of a sweep by their keys, as the engine makes them (`scripts/sweep-keys.test.ts`). */
export function groupsOf(specification: SweepSpecification): Map<string, SweepGroup> {
  const groups = new Map<string, SweepGroup>();
  for (const task of specification.tasks)
    for (const model of specification.models)
      for (const schedule of specification.schedules)
        for (const seed of specification.seeds) {
          const group: SweepGroup = { task, model, schedule, seed };
          groups.set(groupKey(group), group);
        }
  return groups;
}

const part = (text: string) => text.replace(/[%/]/g, encodeURIComponent);

/** `DATASET/TASK/MODEL/SCHEDULE/SEED`. */
export function groupKey({ task: { dataset, task }, model, schedule, seed }: SweepGroup): string {
  return [part(dataset.id), part(task), part(model), scheduleKey(schedule), seed].join('/');
}

/** `calr`, or with parameters of its own `calr(gamma=0.5,cycles=4)`. */
export function scheduleKey({ id, parameters }: ScheduleSpecification): string {
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return part(own.length === 0 ? id : `${id}(${own.join(',')})`);
}
