import type { LearningRate, Schedule } from './schedule';

/**
 * Smith's 1cycle policy with cosine annealing (arXiv 1708.07120), as PyTorch's `OneCycleLR`: from ub / divFactor up to ub at step
 * pctStart T - 1, then down to ub / divFactor / finalDivFactor at step T - 1.
 */
export function oneCycle(ub: number, totalSteps: number, pctStart: number, divFactor: number, finalDivFactor: number): LearningRate {
  const initial = ub / divFactor;
  const final = initial / finalDivFactor;
  const top = Math.max(0, pctStart * totalSteps - 1);
  const end = totalSteps - 1;
  return (step) => {
    if (step <= top) return top === 0 ? ub : between(initial, ub, step / top);
    return between(ub, final, Math.min(1, (step - top) / (end - top)));
  };
}

/** From `start` (share 0) to `end` (share 1) along half a cosine. */
function between(start: number, end: number, share: number): number {
  return end + ((start - end) * (1 + Math.cos(Math.PI * share))) / 2;
}

export const oneCycleSchedule: Schedule = {
  id: 'one-cycle',
  label: 'One cycle',
  help: 'One rise to the peak and one long fall to almost nothing.',
  parameters: [
    {
      name: 'rise',
      label: 'Rise',
      help: 'The share of the training in which the rate rises.',
      default: 0.3,
      minimum: 0.05,
      maximum: 0.9,
      step: 0.05,
      integer: false,
    },
    {
      name: 'divFactor',
      label: 'Start',
      help: 'How many times lower than the peak the rate begins.',
      default: 25,
      minimum: 1,
      maximum: 1000,
      step: 1,
      integer: false,
    },
    {
      name: 'finalDivFactor',
      label: 'End',
      help: 'How many times lower than its beginning the rate ends.',
      default: 10_000,
      minimum: 1,
      maximum: 1_000_000,
      step: 1,
      integer: false,
    },
  ],
  create: ({ peak, totalSteps }, { rise, divFactor, finalDivFactor }) => oneCycle(peak, totalSteps, rise, divFactor, finalDivFactor),
};
