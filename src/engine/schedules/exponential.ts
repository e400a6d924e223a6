import { remainderParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';

/** lr(t) = lr gamma^t: PyTorch's `ExponentialLR`. */
export function exponential(lr: number, gamma: number): LearningRate {
  return (step) => lr * gamma ** step;
}

export const exponentialSchedule: Schedule = {
  id: 'exponential',
  label: 'Exponential decay',
  help: 'Falls by the same factor at every step.',
  parameters: [remainderParameter(0.1)],
  create: ({ peak, totalSteps }, { remainder }) => exponential(peak, remainder ** (1 / totalSteps)),
};
