import type { LearningRate, Schedule } from './schedule';

/** lr(t) = lr. */
export function fixed(lr: number): LearningRate {
  return () => lr;
}

export const fixedSchedule: Schedule = {
  id: 'fixed',
  label: 'Fixed',
  help: 'The same learning rate at every step.',
  parameters: [],
  create: ({ peak }) => fixed(peak),
};
