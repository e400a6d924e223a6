import { z } from 'zod';
import type { ExperimentSpecification } from '../../protocol/specification';
import { findMethod, methods } from '../compression/registry';
import { bundledDataset, bundledEmbeddings } from '../data/bundled';
import { LabError } from '../errors';
import { firstFault } from '../faults';
import { findOptimizer } from '../kernels/optimizer/registry';
import { findModel } from '../models/registry';
import { completeParameters } from '../schedules/registry';

/** The table that is there before anything is optimized; every drop is against it. */
export const referenceMethod = 'full';

const source = z.object({ id: z.string().min(1).max(200), name: z.string().max(300) });
const share = z.number().gt(0).lt(1);

/** A peak learning rate. */
export const learningRate = z.number().gt(0).max(10);

/** A wanted compression rate. */
export const compressionRate = share;

export const scheduleFields = z.object({ id: z.string().max(100), parameters: z.record(z.string().max(100), z.number()) });

/** What is trained on what: the part of a specification that experiments and races have in common. */
export const trainingFields = {
  version: z.literal(1),
  embeddings: source,
  dataset: source,
  task: z.string().min(1).max(200),
  split: z
    .object({ train: share, validation: share, test: share })
    .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-6, 'the three shares must add up to 1'),
  model: z.string().max(100),
  hidden: z.number().int().min(1).max(1024),
  dropout: z.number().min(0).max(0.95),
  wordDropout: z.number().min(0).max(0.95),
  optimizer: z.string().max(100),
  batchSize: z.number().int().min(1).max(1024),
  epochs: z.number().int().min(1).max(1000),
  seeds: z.array(z.number().int().min(0).max(0xffffffff)).min(1).max(100),
};

const schema = z.object({
  ...trainingFields,
  methods: z.array(z.string().max(100)).max(50),
  rates: z.array(compressionRate).max(20),
  schedule: scheduleFields,
  learningRates: z.record(z.string().max(100), z.array(learningRate).min(1).max(20)),
}) satisfies z.ZodType<ExperimentSpecification>;

/**
 * The value as the schema's type.
 *
 * @param what stands before the field in the failure's sentence: `experiment`
 * @throws LabError `bad-specification`, naming the field
 */
export function parseFields<T>(fields: z.ZodType<T>, value: unknown, what: string, remedy: string): T {
  const parsed = fields.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const { place, fault } = firstFault(parsed.error, value);
  throw new LabError('bad-specification', `The ${what}'s "${place || 'specification'}" can't be used: ${fault}.`, remedy);
}

/**
 * A specification that may be run: bounds checked, every id known, repeated methods, rates and seeds dropped, the reference method first.
 *
 * @throws LabError `bad-specification`, naming the field
 */
export function validateSpecification(value: unknown): ExperimentSpecification {
  const specification = parseFields(schema, value, 'experiment', 'Change it in the controls, or take the default experiment.');
  findModel(specification.model);
  findOptimizer(specification.optimizer);
  completeParameters(specification.schedule);
  for (const id of Object.keys(specification.learningRates)) {
    findMethod(id);
  }
  const wanted = new Set(specification.methods.map((id) => findMethod(id).id));
  wanted.add(referenceMethod);
  return {
    ...specification,
    // The registry's order, so that the same choice gives the same run however it was clicked together.
    methods: methods.map(({ id }) => id).filter((id) => wanted.has(id)),
    rates: [...new Set(specification.rates)].sort((a, b) => a - b),
    seeds: [...new Set(specification.seeds)],
    // A rate that stands twice would be a trial more than the other methods have.
    learningRates: Object.fromEntries(Object.entries(specification.learningRates).map(([id, rates]) => [id, [...new Set(rates)]])),
  };
}

/** The ready experiment: the bundled sentences, every method of the paper's comparison at its rate of 90 %. */
export const defaultSpecification: ExperimentSpecification = {
  version: 1,
  embeddings: bundledEmbeddings,
  dataset: bundledDataset,
  task: 'sentiment',
  split: { train: 0.7, validation: 0.15, test: 0.15 },
  model: 'dan',
  hidden: 100,
  dropout: 0.5,
  wordDropout: 0.3,
  methods: methods.filter(({ byDefault }) => byDefault).map(({ id }) => id),
  rates: [0.9],
  schedule: { id: 'calr', parameters: {} },
  optimizer: 'adam',
  batchSize: 64,
  epochs: 24,
  learningRates: {},
  seeds: [1],
};
