/** What results from a file or a store must be: nothing of them is believed. */
import { z } from 'zod';
import type { DeviceReport } from '../../protocol/device';
import { type Profile, type ProfilePhase, profilePhases } from '../../protocol/profile';
import type { ResultRow } from '../../protocol/results';

export const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const fraction = z.number().min(0).max(1);
export const seed = z.number().int().min(0).max(0xffffffff);
export const methodId = z.string().min(1).max(100);
const text = z.string().max(1000);
const milliseconds = z.number();

export const rowSchema = z.object({
  method: methodId,
  requestedRate: fraction.nullable(),
  // Side information may take more than the codes have saved.
  rate: z.number().max(1),
  bytes: count,
  networkBytes: count,
  rank: count.nullable(),
  levels: count.nullable(),
  groups: count.nullable(),
  validationAccuracy: fraction,
  validationMacroF1: fraction,
  testAccuracy: fraction,
  beforeRetrainingAccuracy: fraction.nullable(),
  beforeRetrainingMacroF1: fraction.nullable(),
  macroF1: fraction,
  majorityAccuracy: fraction,
  testCount: count.min(1),
  learningRate: z.number().gt(0).nullable(),
  steps: count,
  seconds: z.number().min(0),
  seed,
}) satisfies z.ZodType<ResultRow>;

const probe = z.object({
  adapter: text,
  browser: text,
  lab: text,
  webgpuStepMs: z.number(),
  cpuStepMs: z.number(),
  measuredAt: z.number(),
});

export const adapterSchema = z.object({
  backend: z.enum(['webgpu', 'cpu']),
  name: text,
  vendor: text,
  architecture: text,
  software: z.boolean(),
  reason: text,
  probe: probe.nullable(),
}) satisfies z.ZodType<DeviceReport>;

export const versionsSchema = z
  .record(z.string().max(100), z.string().max(100))
  .refine((versions) => Object.keys(versions).length <= 50, 'at most 50 are read');

const phases = Object.fromEntries(profilePhases.map(({ id }) => [id, milliseconds])) as Record<ProfilePhase, typeof milliseconds>;

export const profileSchema = z.object({
  wallMs: milliseconds,
  phases: z.object(phases),
  stepTiming: z.enum(['kernels', 'timestamps', 'waiting']),
  steps: z.object({ count, firstMs: milliseconds.nullable(), laterMs: milliseconds.nullable() }),
}) satisfies z.ZodType<Profile>;
