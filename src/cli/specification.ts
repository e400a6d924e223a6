import type { Catalogue } from '../protocol/catalogue';
import type { DataReport } from '../protocol/data';
import type { ExperimentSpecification } from '../protocol/specification';
import { badFlag, type CommandLineOptions } from './options';

/** The choice among what the engine has. */
export function chosen(flag: string, wanted: string | undefined, choices: { id: string }[], otherwise: string): string {
  if (wanted === undefined) return otherwise;
  if (choices.some(({ id }) => id === wanted)) return wanted;
  throw badFlag(`--${flag} ${wanted}: there is no such ${flag}. There is ${choices.map(({ id }) => id).join(', ')}.`);
}

/**
 * Each name is a method's own, or else a family's, which stands for all of the family; the registry's order.
 *
 * @param called how a message calls where a name stands
 * @throws LabError `bad-specification` where there is no such method
 */
export function chosenMethods(
  wanted: readonly string[] | undefined,
  { methods, defaultSpecification }: Catalogue,
  called = (name: string) => `--methods ${name}`,
): string[] {
  if (!wanted) return defaultSpecification.methods;
  const named = new Set<string>();
  for (const name of wanted) {
    const meant = methods.some(({ id }) => id === name) ? [name] : methods.filter(({ family }) => family === name).map(({ id }) => id);
    if (meant.length === 0) throw badFlag(`${called(name)}: there is no such method. There is ${methods.map(({ id }) => id).join(', ')}.`);
    for (const id of meant) named.add(id);
  }
  return methods.map(({ id }) => id).filter((id) => named.has(id));
}

/**
 * The task that is asked for, or the usual one.
 *
 * @param called how a message calls where its name stands
 * @throws LabError `bad-specification` where the data have no such task
 */
export function chosenTask(
  wanted: string | undefined,
  { dataset }: DataReport,
  otherwise: string,
  called = (name: string) => `--task ${name}`,
): string {
  const ids = dataset.tasks.map(({ id }) => id);
  if (wanted === undefined) return ids.includes(otherwise) ? otherwise : ids[0];
  if (ids.includes(wanted)) return wanted;
  throw badFlag(`${called(wanted)}: ${dataset.source.name} has no such task. It has ${ids.join(', ')}.`);
}

/** What the flags choose among what the engine has: known before any data is read. */
export type Settings = Omit<ExperimentSpecification, 'embeddings' | 'dataset' | 'task'>;

/** @throws LabError `bad-specification`, naming the flag */
export function chooseSettings(options: CommandLineOptions, catalogue: Catalogue): Settings {
  const usual = catalogue.defaultSpecification;
  const scheduleId = chosen('schedule', options.schedule, catalogue.schedules, usual.schedule.id);
  return {
    ...usual,
    model: chosen('model', options.model, catalogue.models, usual.model),
    methods: chosenMethods(options.methods, catalogue),
    rates: options.rates ?? usual.rates,
    schedule: scheduleId === usual.schedule.id ? usual.schedule : { id: scheduleId, parameters: {} },
    optimizer: chosen('optimizer', options.optimizer, catalogue.optimizers, usual.optimizer),
    epochs: options.epochs ?? usual.epochs,
    seeds: options.seeds ?? usual.seeds,
  };
}

/**
 * The experiment on the data that is loaded.
 *
 * @throws LabError `bad-specification` where the data has no such task
 */
export function specify(settings: Settings, data: DataReport, task: string | undefined, usualTask: string): ExperimentSpecification {
  return {
    ...settings,
    embeddings: data.embeddings.source,
    dataset: data.dataset.source,
    task: chosenTask(task, data, usualTask),
  };
}
