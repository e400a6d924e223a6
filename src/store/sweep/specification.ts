import type { Catalogue } from '../../protocol/catalogue';
import type { DatasetReport } from '../../protocol/data';
import type { ExperimentSpecification, ScheduleSpecification } from '../../protocol/specification';
import type { SweepSpecification } from '../../protocol/sweep';
import type { SweepSettings } from './sweep';

/** As many as an interval over seeds needs to say something, in a time that somebody waits. */
export const DEFAULT_SEEDS: readonly number[] = [1, 2, 3, 4];
/** From where every method still does well to where most do not. */
export const DEFAULT_RATES: readonly number[] = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99];

/**
 * The experiment, widened to seeds and rates, with what the visitor set put in its place. As the engine would put it (`scripts/sweep.test.ts`):
 * in the catalogue's order, without what has no effect, so that the same choice is the same sweep, however it was made.
 */
export function widen(experiment: ExperimentSpecification, settings: SweepSettings, catalogue: Catalogue): SweepSpecification {
  const wanted = settings.methods ?? experiment.methods;
  const methods = catalogue.methods.map(({ id }) => id).filter((id) => id === 'full' || wanted.includes(id));
  const models = settings.models ?? [experiment.model];
  return {
    version: 1,
    embeddings: experiment.embeddings,
    tasks: (settings.tasks ?? [experiment.task]).map((task) => ({ dataset: experiment.dataset, task })),
    split: experiment.split,
    models: catalogue.models.map(({ id }) => id).filter((id) => models.includes(id)),
    hidden: experiment.hidden,
    dropout: experiment.dropout,
    wordDropout: experiment.wordDropout,
    methods,
    rates: [...new Set(settings.rates ?? DEFAULT_RATES)].sort((a, b) => a - b),
    schedules: (settings.schedules ?? [experiment.schedule]).map((schedule) => ownShape(schedule, catalogue)),
    optimizer: experiment.optimizer,
    batchSize: experiment.batchSize,
    epochs: settings.epochs ?? experiment.epochs,
    learningRates: Object.fromEntries(
      Object.entries(settings.learningRates ?? experiment.learningRates)
        .filter(([method]) => methods.includes(method))
        .map(([method, grid]) => [method, [...new Set(grid)]]),
    ),
    seeds: [...new Set(settings.seeds ?? DEFAULT_SEEDS)],
  };
}

/** With the parameters alone that are not the schedule's defaults. */
function ownShape({ id, parameters }: ScheduleSpecification, { schedules }: Catalogue): ScheduleSpecification {
  const described = schedules.find((schedule) => schedule.id === id)?.parameters ?? [];
  const own = described.flatMap(({ name, default: usual }): [string, number][] => {
    const value = parameters[name];
    return value === undefined || value === usual ? [] : [[name, value]];
  });
  return { id, parameters: Object.fromEntries(own) };
}

/** The settings without what the loaded data do not have: a task of another set. */
export function settingsFor(settings: SweepSettings, dataset: DatasetReport): SweepSettings {
  if (!settings.tasks) return settings;
  const tasks = settings.tasks.filter((id) => dataset.tasks.some((task) => task.id === id));
  return { ...settings, tasks: tasks.length > 0 ? tasks : null };
}

/** A sweep's specification as settings: to begin a new one with. */
export function settingsOf(specification: SweepSpecification): SweepSettings {
  const { tasks, models, schedules, methods, rates, seeds, epochs, learningRates } = specification;
  return { tasks: tasks.map(({ task }) => task), models, schedules, methods, rates, seeds, epochs, learningRates };
}
