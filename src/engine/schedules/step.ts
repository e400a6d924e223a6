import type { LearningRate, Schedule } from './schedule';

/** lr(t) = lr gamma^floor(t / stepSize): PyTorch's `StepLR`. */
export function stepDecay(lr: number, stepSize: number, gamma: number): LearningRate {
  return (step) => lr * gamma ** Math.floor(step / stepSize);
}

export const stepSchedule: Schedule = {
  id: 'step',
  label: 'Steps',
  help: 'Constant for a stage, then lower by a factor, and so on.',
  parameters: [
    {
      name: 'stages',
      label: 'Stages',
      help: 'How many stages of constant rate the training has.',
      default: 3,
      minimum: 1,
      maximum: 20,
      step: 1,
      integer: true,
    },
    {
      name: 'factor',
      label: 'Factor',
      help: 'What the rate is multiplied by from one stage to the next.',
      default: 0.3,
      minimum: 0.01,
      maximum: 1,
      step: 0.01,
      integer: false,
    },
  ],
  // Whole steps a stage: t / stepSize at the border of two stages would otherwise depend on rounding.
  create: ({ peak, totalSteps }, { stages, factor }) => stepDecay(peak, Math.ceil(totalSteps / stages), factor),
};
