import type { ParameterDescription, ScheduleDescription } from '../../protocol/catalogue';
import type { ScheduleSpecification } from '../../protocol/specification';
import { LabError } from '../errors';
import { shortName } from '../short-name';
import { calrSchedule } from './calr';
import { clrSchedule } from './clr';
import { clrExpRangeSchedule } from './clr-exp-range';
import { clrTriangular2Schedule } from './clr-triangular2';
import { cosineSchedule } from './cosine';
import { exponentialSchedule } from './exponential';
import { fixedSchedule } from './fixed';
import { linearSchedule } from './linear';
import { oneCycleSchedule } from './one-cycle';
import { warmupParameter } from './parameters';
import type { LearningRate, Schedule, ScheduleContext } from './schedule';
import { sgdrSchedule } from './sgdr';
import { stepSchedule } from './step';

/** Every schedule, in the order in which the screen lists them. */
export const schedules: readonly Schedule[] = [
  calrSchedule,
  clrSchedule,
  fixedSchedule,
  linearSchedule,
  cosineSchedule,
  clrTriangular2Schedule,
  clrExpRangeSchedule,
  sgdrSchedule,
  stepSchedule,
  exponentialSchedule,
  oneCycleSchedule,
];

/** @throws LabError `bad-specification` where no schedule has this id. */
export function findSchedule(id: string): Schedule {
  const schedule = schedules.find((candidate) => candidate.id === id);
  if (schedule) return schedule;
  throw new LabError(
    'bad-specification',
    `There is no learning-rate schedule named “${id}”.`,
    `Choose one of ${schedules.map((candidate) => candidate.id).join(', ')}.`,
  );
}

/** The schedules as the screen draws them; each one's parameters end with the warm-up that all of them have. */
export function describeSchedules(): ScheduleDescription[] {
  return schedules.map((schedule) => ({
    id: schedule.id,
    label: schedule.label,
    short: shortName(schedule),
    help: schedule.help,
    parameters: parametersOf(schedule),
  }));
}

/**
 * Every parameter of a specified schedule, defaults filled in.
 *
 * @throws LabError `bad-specification` for an unknown schedule, an unknown parameter or a value out of bounds.
 */
export function completeParameters(specification: ScheduleSpecification): Record<string, number> {
  const schedule = findSchedule(specification.id);
  const descriptions = parametersOf(schedule);
  const unknown = Object.keys(specification.parameters).find((name) => !descriptions.some((known) => known.name === name));
  if (unknown !== undefined) {
    throw new LabError(
      'bad-specification',
      `The schedule “${schedule.id}” has no parameter named “${unknown}”.`,
      `Its parameters are ${descriptions.map((known) => known.name).join(', ')}.`,
    );
  }
  return Object.fromEntries(
    descriptions.map((description) => {
      const given = specification.parameters[description.name];
      return [description.name, given === undefined ? description.default : checked(schedule, description, given)];
    }),
  );
}

/**
 * A specified schedule bound to one training phase: lr(t) of the method page times the warm-up's factor min(1, (t + 1) / w).
 *
 * @throws LabError `bad-specification` as `completeParameters`, or for a peak that is no positive number.
 */
export function createSchedule(specification: ScheduleSpecification, context: ScheduleContext): LearningRate {
  const { warmup, ...parameters } = completeParameters(specification);
  if (!(context.peak > 0 && Number.isFinite(context.peak))) {
    throw new LabError(
      'bad-specification',
      `A learning rate is a positive number, not ${context.peak}.`,
      'Give rates such as 0.001 in the grid of each method.',
    );
  }
  // A phase of no steps (the rest of a budget of one epoch) is legal, and asks for no rate.
  const totalSteps = Math.max(1, context.totalSteps);
  const rate = findSchedule(specification.id).create({ peak: context.peak, totalSteps }, parameters);
  // Rounding may carry lb + (ub - lb) a last bit over the peak.
  const bounded: LearningRate = (step) => Math.min(context.peak, Math.max(0, rate(step)));
  return warmup === 0 ? bounded : (step) => bounded(step) * Math.min(1, (step + 1) / warmup);
}

function parametersOf(schedule: Schedule): ParameterDescription[] {
  return [...schedule.parameters, warmupParameter];
}

function checked(schedule: Schedule, { name, minimum, maximum, integer }: ParameterDescription, value: number): number {
  const fits = typeof value === 'number' && value >= minimum && value <= maximum && (!integer || Number.isInteger(value));
  if (fits) return value;
  throw new LabError(
    'bad-specification',
    `The parameter “${name}” of the schedule “${schedule.id}” can't be ${value}.`,
    `Give a ${integer ? 'whole ' : ''}number from ${minimum} to ${maximum}.`,
  );
}
