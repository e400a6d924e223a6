import { cyclesParameter, floorParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';
import { halfCycle, triangle } from './triangle';

/** lr(t) = lb + (ub - lb) tri(t) / 2^c: `triangular2` of Smith, WACV 2017. */
export function clrTriangular2(lb: number, ub: number, stepSize: number): LearningRate {
  return (step) => {
    const { cycle, height } = triangle(step, stepSize);
    return lb + ((ub - lb) * height) / 2 ** cycle;
  };
}

export const clrTriangular2Schedule: Schedule = {
  id: 'clr-triangular2',
  label: 'Cyclical, halved',
  help: 'Cycles whose height is halved each time.',
  parameters: [cyclesParameter, floorParameter],
  create: ({ peak, totalSteps }, { cycles, floor }) => clrTriangular2(floor * peak, peak, halfCycle(totalSteps, cycles)),
};
