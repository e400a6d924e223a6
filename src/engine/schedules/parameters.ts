import type { ParameterDescription } from '../../protocol/catalogue';

/**
 * Parameters that several schedules share. All but the warm-up are relative to the run, so that one specification serves phases of
 * different length and methods of different peak.
 */

/** lb / ub. */
export const floorParameter: ParameterDescription = {
  name: 'floor',
  label: 'Floor',
  help: 'The lowest learning rate, as a share of the peak.',
  default: 0.1,
  minimum: 0,
  maximum: 1,
  step: 0.01,
  integer: false,
};

/** Number of whole cycles: s = T / (2 cycles). */
export const cyclesParameter: ParameterDescription = {
  name: 'cycles',
  label: 'Cycles',
  help: 'How many times the rate rises and falls during the training.',
  default: 6,
  minimum: 1,
  maximum: 50,
  step: 1,
  integer: true,
};

/** Factor on the amplitude from one cycle to the next. */
export const gammaParameter: ParameterDescription = {
  name: 'gamma',
  label: 'Annealing',
  help: 'Each cycle rises only to this share of the height of the one before.',
  default: 0.7,
  minimum: 0.01,
  maximum: 1,
  step: 0.01,
  integer: false,
};

/** R: cycles until the amplitude is pumped up again. */
export const restartCyclesParameter: ParameterDescription = {
  name: 'restartCycles',
  label: 'Restart after',
  help: 'After this many cycles the peak is pumped back up to its full height; as many as there are cycles means never.',
  default: 3,
  minimum: 1,
  maximum: 50,
  step: 1,
  integer: true,
};

/** w: the factor min(1, (t + 1) / w). Every schedule has it; the registry adds it. */
export const warmupParameter: ParameterDescription = {
  name: 'warmup',
  label: 'Warm-up',
  help: 'Steps over which the rate is faded in from zero; 0 for none.',
  default: 0,
  minimum: 0,
  maximum: 100_000,
  step: 1,
  integer: true,
};

/** What is left of the rate, or of its amplitude, at the end of the training. */
export function remainderParameter(defaultShare: number): ParameterDescription {
  return {
    name: 'remainder',
    label: 'Remainder',
    help: 'The share that is left at the end of the training, after a decay by the same factor at each step.',
    default: defaultShare,
    minimum: 0.0001,
    maximum: 1,
    step: 0.0001,
    integer: false,
  };
}
