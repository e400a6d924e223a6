import { cyclesParameter, floorParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';
import { halfCycle, triangle } from './triangle';

/** lr(t) = lb + (ub - lb) tri(t): `triangular` of Smith, WACV 2017. */
export function clr(lb: number, ub: number, stepSize: number): LearningRate {
  return (step) => lb + (ub - lb) * triangle(step, stepSize).height;
}

export const clrSchedule: Schedule = {
  id: 'clr',
  label: 'Cyclical (CLR)',
  short: 'CLR',
  help: 'Rises and falls between a floor and the peak again and again, always to the same height.',
  parameters: [cyclesParameter, floorParameter],
  create: ({ peak, totalSteps }, { cycles, floor }) => clr(floor * peak, peak, halfCycle(totalSteps, cycles)),
};
