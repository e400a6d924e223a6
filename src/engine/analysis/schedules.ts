import { calrSchedule } from '../schedules/calr';
import type { Pair } from './compare';
import { against, bestOnValidation, distinct } from './comparisons';
import { groupBy } from './group-by';
import type { CellsOfPoint, SweepData } from './sweep-data';

/** The schedule that the paper proposes. */
export const paperSchedule = calrSchedule.id;

/**
 * Which schedules are set against each other, for each method at each rate of a task and a network: the paper's against every other, and the one that
 * is best on validation against all.
 */
export function schedulePairs(data: SweepData): Pair[] {
  const idOf = ({ setting }: CellsOfPoint) => data.settings[setting].schedule.id;
  const groups = groupBy(data.points, ({ setting, method, requestedRate }) => {
    const { task, model } = data.settings[setting];
    return JSON.stringify([task.dataset.id, task.task, model, method, requestedRate]);
  });
  return [...groups.values()].flatMap((group) => {
    const others = group.filter((point) => idOf(point) !== paperSchedule);
    return distinct([
      ...group.filter((point) => idOf(point) === paperSchedule).flatMap((point) => against(point, others)),
      ...against(bestOnValidation(group), group),
    ]);
  });
}
