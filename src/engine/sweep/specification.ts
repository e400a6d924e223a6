import { z } from 'zod';
import type { ScheduleSpecification } from '../../protocol/specification';
import type { SweepShare, SweepSpecification } from '../../protocol/sweep';
import { findMethod, methods } from '../compression/registry';
import { LabError } from '../errors';
import { methodsWithRates } from '../experiment/plan';
import {
  compressionRate,
  parseFields,
  learningRate as peak,
  referenceMethod,
  scheduleFields,
  trainingFields,
} from '../experiment/specification';
import { findOptimizer } from '../kernels/optimizer/registry';
import { findModel, models } from '../models/registry';
import { completeParameters } from '../schedules/registry';
import { scheduleKey, taskKey } from './keys';

/** Above it neither a browser's storage nor a person's patience is enough. */
export const largestGroups = 5000;
export const largestCells = 50_000;

const remedy = 'Change it in the sweep’s lists or its file.';
const id = z.string().max(100);
const { dataset, task, model: _model, ...shared } = trainingFields;

/** A sweep's fields as they cross a boundary; ids are not looked up yet. */
export const sweepSchema = z.object({
  ...shared,
  tasks: z.array(z.object({ dataset, task })).min(1).max(20),
  models: z.array(id).min(1).max(20),
  schedules: z.array(scheduleFields).min(1).max(50),
  methods: z.array(id).max(50),
  rates: z.array(compressionRate).max(50),
  learningRates: z.record(id, z.array(peak).min(1).max(20)),
}) satisfies z.ZodType<SweepSpecification>;

const shareSchema = z
  .object({ index: z.number().int().min(0), count: z.number().int().min(1).max(largestGroups) })
  .refine(({ index, count }) => index < count, { path: ['index'], message: 'it must be below "count"' }) satisfies z.ZodType<SweepShare>;

/**
 * A sweep that may be run: bounds checked, every id known, what stands twice dropped. Methods and models come in the registries' order, rates
 * ascend, schedules name only the parameters that are not their defaults, learning rates only of methods that run: the same sweep is the same
 * specification, but for the order of its tasks, schedules and seeds.
 *
 * @throws LabError `bad-specification`, naming the field
 */
export function validateSweep(value: unknown): SweepSpecification {
  const specification = parseFields(sweepSchema, value, 'sweep', remedy);
  findOptimizer(specification.optimizer);
  const wantedModels = new Set(specification.models.map((name) => findModel(name).id));
  const wantedMethods = new Set(specification.methods.map((name) => findMethod(name).id));
  wantedMethods.add(referenceMethod);
  for (const name of Object.keys(specification.learningRates)) {
    findMethod(name);
  }
  const chosen = methods.map(({ id: name }) => name).filter((name) => wantedMethods.has(name));
  const grids = chosen.flatMap((name) => {
    const grid = specification.learningRates[name];
    // A rate that stands twice would be a trial more than the other methods have.
    return Object.hasOwn(specification.learningRates, name) ? [[name, [...new Set(grid)]]] : [];
  });
  const valid: SweepSpecification = {
    ...specification,
    tasks: distinctBy(specification.tasks, taskKey),
    models: models.map(({ id: name }) => name).filter((name) => wantedModels.has(name)),
    schedules: distinctBy(specification.schedules.map(onlyOwnParameters), scheduleKey),
    methods: chosen,
    rates: [...new Set(specification.rates)].sort((a, b) => a - b),
    learningRates: Object.fromEntries(grids),
    seeds: [...new Set(specification.seeds)],
  };
  checkSize(valid);
  return valid;
}

/** @throws LabError `bad-specification` */
export function validateShare(value: unknown): SweepShare {
  return parseFields(shareSchema, value, 'share', 'Give the share’s number, from 0, and how many shares there are.');
}

/** How many trainings of `full` a sweep has. */
export function countGroups({ tasks, models: names, schedules, seeds }: SweepSpecification): number {
  return tasks.length * names.length * schedules.length * seeds.length;
}

function checkSize(specification: SweepSpecification): void {
  const groups = countGroups(specification);
  const cells = groups * methodsWithRates(specification).length;
  for (const [what, count, largest] of [
    ['groups (task, network, schedule and seed)', groups, largestGroups],
    ['cells (methods at rates in all groups)', cells, largestCells],
  ] as const) {
    if (count > largest) {
      throw new LabError(
        'bad-specification',
        `The sweep has ${count.toLocaleString('en')} ${what}; at most ${largest.toLocaleString('en')} are run.`,
        'Shorten one of its lists, or make two sweeps of it.',
      );
    }
  }
}

/** The schedule with the parameters alone that differ from its defaults, in the registry's order. */
function onlyOwnParameters(schedule: ScheduleSpecification): ScheduleSpecification {
  const defaults = completeParameters({ id: schedule.id, parameters: {} });
  const own = Object.entries(completeParameters(schedule)).filter(([name, value]) => value !== defaults[name]);
  return { id: schedule.id, parameters: Object.fromEntries(own) };
}

/** The first of each key, in order. */
function distinctBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const own = key(item);
    const isNew = !seen.has(own);
    seen.add(own);
    return isNew;
  });
}
