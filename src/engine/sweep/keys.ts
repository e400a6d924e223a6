import type { SweepGroup } from '../../protocol/sweep';

/** Names a group in results: what trains its `full` once. The names of sources are for people, and no part of it. */
export function groupKey({ task, model, schedule, seed }: SweepGroup): string {
  const parameters = Object.entries(schedule.parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([task.dataset.id, task.task, model, schedule.id, parameters, seed]);
}
