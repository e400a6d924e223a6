import type { LaneRate, LaneSegment } from '../../protocol/race';
import { createSchedule } from '../schedules/registry';
import type { LearningRate } from '../schedules/schedule';

/**
 * A lane's learning rate over the whole race: at step t, that of the last segment that began by then. Each segment's schedule is bound to the
 * whole race and evaluated at the race's own step, so that a change moves a lane onto another curve and does not begin a curve anew.
 *
 * @param totalSteps T, of the race
 */
export function laneLearningRate(segments: readonly LaneSegment[], totalSteps: number): LearningRate {
  const bound = segments.map(({ fromStep, schedule, peak }) => ({ fromStep, rate: createSchedule(schedule, { peak, totalSteps }) }));
  return (step) => (bound.findLast(({ fromStep }) => fromStep <= step) ?? bound[0]).rate(step);
}

/**
 * The segments of a lane that goes by other controls from a step on. A change at the step of the last one replaces it, and one to what the lane
 * goes by anyway adds nothing.
 *
 * @param fromStep not before the last segment's
 */
export function withChange(segments: readonly LaneSegment[], fromStep: number, { schedule, peak }: LaneRate): LaneSegment[] {
  const before = segments.filter((segment) => segment.fromStep < fromStep);
  const last = before.at(-1);
  return last && isSame(last, { schedule, peak }) ? before : [...before, { fromStep, schedule, peak }];
}

function isSame(one: LaneRate, other: LaneRate): boolean {
  const names = new Set([...Object.keys(one.schedule.parameters), ...Object.keys(other.schedule.parameters)]);
  return (
    one.peak === other.peak &&
    one.schedule.id === other.schedule.id &&
    [...names].every((name) => one.schedule.parameters[name] === other.schedule.parameters[name])
  );
}
