import { z } from 'zod';
import type { LaneRate, RaceSpecification, RangeTestSpecification } from '../../protocol/race';
import { LabError } from '../errors';
import { compressionRate, learningRate, parseFields, scheduleFields, trainingFields } from '../experiment/specification';
import { findOptimizer } from '../kernels/optimizer/registry';
import { findModel } from '../models/registry';
import { completeParameters } from '../schedules/registry';

export const largestLanes = 6;

/** A lane that is dragged along a slider for a whole race stays below this. */
export const largestSegments = 1000;

const remedy = 'Change it in the lane’s controls, or take the race that the page opens on.';

const laneRate = { schedule: scheduleFields, peak: learningRate };
const laneId = z.string().regex(/^[a-f]$/, 'a lane is named by a letter from a to f');
const step = z.number().int().min(0).max(100_000_000);

const lane = z.object({
  id: laneId,
  segments: z
    .array(z.object({ fromStep: step, ...laneRate }))
    .min(1)
    .max(largestSegments)
    .refine(([first]) => first?.fromStep === 0, 'the first segment must begin at step 0')
    .refine((segments) => segments.every(({ fromStep }, i) => i === 0 || fromStep > segments[i - 1].fromStep), 'segments must ascend'),
});

const schema = z.object({
  ...trainingFields,
  rate: compressionRate,
  lanes: z
    .array(lane)
    .min(1)
    .max(largestLanes)
    .refine((lanes) => new Set(lanes.map(({ id }) => id)).size === lanes.length, 'two lanes have one name'),
}) satisfies z.ZodType<RaceSpecification>;

const rate = z.number().gt(0).max(100);
const rangeTestSchema = z
  .object({ race: schema, lane: laneId.nullable(), from: rate, to: rate, steps: z.number().int().min(20).max(1000) })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'it must be above "from"' }) satisfies z.ZodType<RangeTestSpecification>;

const ratesSchema = z.array(z.object(laneRate)).max(largestLanes);
const totalStepsSchema = step.min(1);

/**
 * A race that may be run: bounds checked, every id known, repeated seeds dropped.
 *
 * @throws LabError `bad-specification`, naming the field
 */
export function validateRace(value: unknown): RaceSpecification {
  return known(parseFields(schema, value, 'race', remedy));
}

/** @throws LabError `bad-specification` */
export function validateRangeTest(value: unknown): RangeTestSpecification {
  const specification = parseFields(rangeTestSchema, value, 'range test', 'Take rates from 0.00001 to 10 and 100 steps, for example.');
  return { ...specification, race: known(specification.race) };
}

/** @throws LabError `bad-specification` */
export function validateLaneRate(value: unknown): LaneRate {
  const valid = parseFields(z.object(laneRate), value, 'lane', remedy);
  completeParameters(valid.schedule);
  return valid;
}

/** @throws LabError `bad-specification` */
export function validatePreview(rates: unknown, totalSteps: unknown): { rates: LaneRate[]; totalSteps: number } {
  return {
    rates: parseFields(ratesSchema, rates, 'preview', remedy),
    totalSteps: parseFields(totalStepsSchema, totalSteps, 'preview', 'Give the steps of the race, at least 1.'),
  };
}

/** @throws LabError `bad-specification` */
export function validateWatch(seconds: unknown): number | null {
  const schema = z.number().positive().max(600).nullable();
  return parseFields(schema, seconds, 'watchSeconds', 'Give seconds, above 0 and at most 600, or none.');
}

/** @throws LabError `bad-specification` where a new lane can't have this name */
export function validateNewLane(id: unknown, taken: readonly string[]): string {
  if (taken.length >= largestLanes) {
    throw new LabError('bad-specification', `The race has ${largestLanes} lanes already.`, 'Change one of them instead.');
  }
  const valid = parseFields(laneId, id, 'fork', remedy);
  if (taken.includes(valid)) {
    throw new LabError('bad-specification', `There is a lane ${valid} already.`, 'Give the fork another letter.');
  }
  return valid;
}

function known(specification: RaceSpecification): RaceSpecification {
  findModel(specification.model);
  findOptimizer(specification.optimizer);
  for (const { segments } of specification.lanes) {
    for (const { schedule } of segments) {
      completeParameters(schedule);
    }
  }
  return { ...specification, seeds: [...new Set(specification.seeds)] };
}
