import type { LaneRate } from '../../protocol/race';
import { previewSteps } from '../schedules/preview';
import { createSchedule } from '../schedules/registry';

/** The rates that schedules give over a race of `totalSteps`, at the same steps each. */
export function previewSchedules(rates: readonly LaneRate[], totalSteps: number): { steps: number[]; learningRates: number[][] } {
  const steps = previewSteps(totalSteps);
  return { steps, learningRates: rates.map(({ schedule, peak }) => steps.map(createSchedule(schedule, { peak, totalSteps }))) };
}
