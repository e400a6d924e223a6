import { cyclesParameter, floorParameter, gammaParameter, restartCyclesParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';
import { halfCycle, triangle } from './triangle';

/**
 * lr(t) = lb + (ub - lb) tri(t) gamma^(c mod R), cyclically annealed (Acharya et al., AAAI 2019): each cycle's peak is lower than the
 * last's; after R cycles it is pumped back up to ub.
 *
 * @param restartCycles R >= 1; Infinity for never.
 */
export function calr(lb: number, ub: number, stepSize: number, gamma: number, restartCycles: number): LearningRate {
  return (step) => {
    const { cycle, height } = triangle(step, stepSize);
    return lb + (ub - lb) * height * gamma ** (cycle % restartCycles);
  };
}

export const calrSchedule: Schedule = {
  id: 'calr',
  label: 'Cyclically annealed (CALR)',
  short: 'CALR',
  help: 'Cycles that rise less high each time, until after a few of them the peak is pumped back up: the schedule of the paper.',
  parameters: [cyclesParameter, floorParameter, gammaParameter, restartCyclesParameter],
  create: ({ peak, totalSteps }, { cycles, floor, gamma, restartCycles }) =>
    calr(floor * peak, peak, halfCycle(totalSteps, cycles), gamma, restartCycles),
};
