import type { LearningRate, Schedule } from './schedule';

/** lr(t) = lr (1 - t / T), and 0 from T on. */
export function linear(lr: number, totalSteps: number): LearningRate {
  return (step) => lr * Math.max(0, 1 - step / totalSteps);
}

export const linearSchedule: Schedule = {
  id: 'linear',
  label: 'Linear decay',
  help: 'Falls in a straight line from the peak to zero at the end of the training.',
  parameters: [],
  create: ({ peak, totalSteps }) => linear(peak, totalSteps),
};
