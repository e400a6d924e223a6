import type { ScheduleSpecification } from '../../protocol/specification';
import type { SweepGroup, SweepSpecification, SweepTask } from '../../protocol/sweep';
import { Sha256 } from '../data/bytes/sha256';

/** What separates the parts of a key can't be within one: a task is called as a person's column is. */
const part = (text: string) => text.replace(/[%/]/g, encodeURIComponent);

/** `DATASET/TASK`. */
export function taskKey({ dataset, task }: SweepTask): string {
  return `${part(dataset.id)}/${part(task)}`;
}

/** `calr`, or with parameters of its own `calr(gamma=0.5,cycles=4)`. */
export function scheduleKey({ id, parameters }: ScheduleSpecification): string {
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return part(own.length === 0 ? id : `${id}(${own.join(',')})`);
}

/**
 * `DATASET/TASK/MODEL/SCHEDULE/SEED`: one for each group of a sweep.
 *
 * @param group of a validated specification
 */
export function groupKey({ task, model, schedule, seed }: SweepGroup): string {
  return `${taskKey(task)}/${part(model)}/${scheduleKey(schedule)}/${seed}`;
}

/** `GROUP/METHOD`, or `GROUP/METHOD@RATE`: one for each cell of a sweep. */
export function cellKey(group: string, method: string, requestedRate: number | null): string {
  return `${group}/${part(method)}${requestedRate === null ? '' : `@${requestedRate}`}`;
}

/**
 * What decides a sweep's numbers, and nothing else: names that are for people are gone, lists whose order changes nothing are sorted.
 *
 * @param specification validated
 */
export function canonicalSweep(specification: SweepSpecification): Record<string, unknown> {
  const { version, split, hidden, dropout, wordDropout, optimizer, batchSize, epochs, models, methods, rates, learningRates } =
    specification;
  return {
    version,
    embeddings: specification.embeddings.id,
    tasks: specification.tasks.map(taskKey).sort(),
    split: [split.train, split.validation, split.test],
    models,
    hidden,
    dropout,
    wordDropout,
    schedules: specification.schedules.map(scheduleKey).sort(),
    methods,
    rates,
    optimizer,
    batchSize,
    epochs,
    learningRates,
    seeds: [...specification.seeds].sort((a, b) => a - b),
  };
}

/**
 * Sixteen hexadecimal digits: the same for the same sweep, however its lists were put together.
 *
 * @param specification validated
 */
export function sweepId(specification: SweepSpecification): string {
  const text = JSON.stringify(canonicalSweep(specification));
  return new Sha256().update(new TextEncoder().encode(text)).hex().slice(0, 16);
}
