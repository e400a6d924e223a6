import { z } from 'zod';
import type { LandscapeSpecification } from '../../protocol/landscape';
import { LabError } from '../errors';
import { firstFault } from '../faults';
import { completeParameters } from '../schedules/registry';
import { survey } from './survey';

const coordinate = z.number().min(-1).max(1);

const lane = z.object({
  id: z.enum(['a', 'b', 'c', 'd', 'e', 'f']),
  schedule: z.object({ id: z.string().max(100), parameters: z.record(z.string().max(100), z.number()) }),
  peak: z.number().gt(0).max(10),
});

const schema = z
  .object({
    dimensions: z.union([z.literal(1), z.literal(2)]),
    surface: z.string().max(100),
    seed: z.number().int().min(0).max(0xffffffff),
    lanes: z
      .array(lane)
      .min(1)
      .max(6)
      .refine((lanes) => new Set(lanes.map(({ id }) => id)).size === lanes.length, 'every lane has a letter of its own'),
    steps: z.number().int().min(10).max(2000),
    start: z.array(coordinate).min(1).max(2),
    noise: z.number().min(0).max(10),
  })
  .refine(({ start, dimensions }) => start.length === dimensions, {
    path: ['start'],
    message: 'it has to have as many coordinates as there are dimensions',
  }) satisfies z.ZodType<LandscapeSpecification>;

/**
 * A landscape that may be walked: bounds checked, surface and schedules known.
 *
 * @throws LabError `bad-specification`, naming the field
 */
export function validateLandscape(value: unknown): LandscapeSpecification {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const { place, fault } = firstFault(parsed.error, value);
    throw new LabError(
      'bad-specification',
      `The landscape's "${place || 'specification'}" can't be used: ${fault}.`,
      'Change it in the controls, or take the default landscape.',
    );
  }
  const specification = parsed.data;
  for (const { schedule } of specification.lanes) completeParameters(schedule);
  survey(specification.surface, specification.dimensions, specification.seed);
  return specification;
}
