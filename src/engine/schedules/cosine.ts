import { floorParameter } from './parameters';
import type { LearningRate, Schedule } from './schedule';

/** lr(t) = lb + (ub - lb) (1 + cos(pi t / T)) / 2, and lb from T on: PyTorch's `CosineAnnealingLR`. */
export function cosine(lb: number, ub: number, totalSteps: number): LearningRate {
  return (step) => lb + ((ub - lb) * (1 + Math.cos(Math.PI * Math.min(1, step / totalSteps)))) / 2;
}

export const cosineSchedule: Schedule = {
  id: 'cosine',
  label: 'Cosine decay',
  help: 'Falls from the peak to a floor along half a cosine: slowly, then fast, then slowly.',
  parameters: [floorParameter],
  create: ({ peak, totalSteps }, { floor }) => cosine(floor * peak, peak, totalSteps),
};
