import type { Setting } from '../../protocol/analysis';
import type { SweepSpecification } from '../../protocol/sweep';
import { modelName, scheduleName } from './names';

/** What a sweep's seeds have in common: every task, network and schedule with every other. */
export function settingsOf({ tasks, models, schedules }: SweepSpecification): Setting[] {
  return tasks.flatMap((task) => models.flatMap((model) => schedules.map((schedule) => ({ task, model, schedule }))));
}

/** What tells a setting from the sweep's others, for a sentence: empty where there is one alone. */
export function settingName({ task, model, schedule }: Setting, { tasks, models, schedules }: SweepSpecification): string {
  return [
    ...(tasks.length > 1 ? [`${task.dataset.name}, ${task.task}`] : []),
    ...(models.length > 1 ? [modelName(model)] : []),
    ...(schedules.length > 1 ? [scheduleName(schedule)] : []),
  ].join(', ');
}

/** The same without the schedule. */
export function taskAndModelName({ task, model }: Setting, specification: SweepSpecification): string {
  return settingName({ task, model, schedule: specification.schedules[0] }, { ...specification, schedules: [] });
}
