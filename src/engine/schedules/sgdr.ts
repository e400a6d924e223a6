import { cosine } from './cosine';
import { floorParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';

/**
 * Cosine decays with warm restarts (Loshchilov, Hutter, ICLR 2017; PyTorch's `CosineAnnealingWarmRestarts`): the first takes t0 steps,
 * each further one tMult times as many as the one before.
 *
 * @param t0 Steps > 0 of the first decay; need not be whole.
 * @param tMult At least 1.
 */
export function sgdr(lb: number, ub: number, t0: number, tMult: number): LearningRate {
  return (step) => {
    let start = 0;
    let length = t0;
    while (step >= start + length) {
      start += length;
      length *= tMult;
    }
    return cosine(lb, ub, length)(step - start);
  };
}

/** t0 such that `periods` decays fill the run exactly: t0 (1 + m + ... + m^(periods - 1)) = T. */
function firstPeriod(totalSteps: number, periods: number, growth: number): number {
  let shares = 0;
  for (let i = 0; i < periods; i++) shares += growth ** i;
  return Math.max(1, totalSteps / shares);
}

export const sgdrSchedule: Schedule = {
  id: 'sgdr',
  label: 'Warm restarts (SGDR)',
  short: 'SGDR',
  help: 'Cosine decays that start again from the peak, each longer than the one before.',
  parameters: [
    {
      name: 'periods',
      label: 'Decays',
      help: 'How many decays, from the peak to the floor, the training has.',
      default: 3,
      minimum: 1,
      maximum: 10,
      step: 1,
      integer: true,
    },
    {
      name: 'growth',
      label: 'Growth',
      help: 'How many times longer each decay is than the one before.',
      default: 2,
      minimum: 1,
      maximum: 4,
      step: 1,
      integer: true,
    },
    floorParameter,
  ],
  create: ({ peak, totalSteps }, { periods, growth, floor }) => sgdr(floor * peak, peak, firstPeriod(totalSteps, periods, growth), growth),
};
