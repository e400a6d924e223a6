import { z } from 'zod';
import { methodId, seed } from '../experiment/results-schema';
import { type KeptEvent, mostKeptSteps } from '../experiment/run-log';
import { Damage } from './safetensors';

type StepsEvent = Extract<KeptEvent, { kind: 'steps' }>;

const count = z
  .number()
  .int()
  .min(0)
  .max(2 ** 40);
const fraction = z.number().min(0).max(1);
/** JSON has no NaN: what a training that broke was measured at. */
const measure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const rate = z.number().min(0).max(1);
const trial = z.object({ method: methodId, requestedRate: rate.nullable(), seed, learningRate: z.number().gt(0).max(10) });
const atRate = { method: methodId, requestedRate: rate, seed };

const storedEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trial-started'), trial, totalSteps: count, stepsPerEpoch: count, firstEpoch: count }),
  z.object({ kind: z.literal('steps'), trial, firstStep: count, count: count.max(mostKeptSteps) }),
  z.object({
    ...{ kind: z.literal('epoch'), trial, epoch: count, step: count },
    ...{ trainingLoss: z.number().nullable(), validationLoss: measure, validationAccuracy: fraction, validationMacroF1: measure },
  }),
  z.object({
    ...{ kind: z.literal('spectrum'), ...atRate, singularValues: z.array(z.number().min(0)).max(2 ** 13) },
    ...{ rank: count, retainedEnergy: z.number().min(0).max(1.01) },
  }),
  z.object({ kind: z.literal('before-retraining'), ...atRate, validationAccuracy: fraction, validationMacroF1: measure }),
  z.object({
    ...{ kind: z.literal('method-failed'), method: methodId, requestedRate: rate.nullable(), seed, message: z.string().max(1000) },
  }),
]);

/** What is told of a run, with its numbers of steps in a file of their own: float64, little-endian, of each event its rates, then its losses. */
export const storedEvents = z.array(storedEvent).max(200_000);
export type StoredEvent = z.infer<typeof storedEvent>;

export function splitEvents(events: readonly KeptEvent[]): { events: unknown[]; numbers: Uint8Array } {
  const steps = events.filter((event) => event.kind === 'steps');
  const numbers = new Float64Array(2 * steps.reduce((sum, { losses }) => sum + losses.length, 0));
  let at = 0;
  for (const { learningRates, losses } of steps) {
    numbers.set(learningRates, at);
    numbers.set(losses, at + losses.length);
    at += 2 * losses.length;
  }
  return {
    events: events.map((event) => (event.kind === 'steps' ? withCount(event) : event)),
    numbers: new Uint8Array(numbers.buffer),
  };
}

/** @throws Damage where there are not as many numbers as the events say */
export function joinEvents(events: readonly StoredEvent[], bytes: Uint8Array): KeptEvent[] {
  const wanted = 2 * events.reduce((sum, event) => sum + (event.kind === 'steps' ? event.count : 0), 0);
  if (bytes.length !== 8 * wanted) throw new Damage(`it has ${bytes.length} bytes, and its ${wanted} numbers take ${8 * wanted}`);
  const numbers = new Float64Array(bytes.slice().buffer);
  let at = 0;
  const take = (length: number) => {
    at += length;
    return [...numbers.subarray(at - length, at)];
  };
  return events.map((event) => {
    if (event.kind !== 'steps') return event;
    const { kind, trial: of, firstStep, count: length } = event;
    const learningRates = take(length);
    return { kind, trial: of, firstStep, learningRates, losses: take(length) };
  });
}

function withCount({ kind, trial: of, firstStep, losses }: StepsEvent): StoredEvent {
  return { kind, trial: of, firstStep, count: losses.length };
}
