import { cyclesParameter, floorParameter, remainderParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';
import { halfCycle, triangle } from './triangle';

/** lr(t) = lb + (ub - lb) tri(t) gamma^t: `exp_range` of Smith, WACV 2017. */
export function clrExpRange(lb: number, ub: number, stepSize: number, gamma: number): LearningRate {
  return (step) => lb + (ub - lb) * triangle(step, stepSize).height * gamma ** step;
}

export const clrExpRangeSchedule: Schedule = {
  id: 'clr-exp-range',
  label: 'Cyclical, fading',
  help: 'Cycles whose height fades a little at every step.',
  parameters: [cyclesParameter, floorParameter, remainderParameter(0.1)],
  create: ({ peak, totalSteps }, { cycles, floor, remainder }) =>
    clrExpRange(floor * peak, peak, halfCycle(totalSteps, cycles), remainder ** (1 / totalSteps)),
};
