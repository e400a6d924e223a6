import type { Setting, SweepPoint } from '../../protocol/analysis';
import type { ScheduleSpecification } from '../../protocol/specification';
import type { SweepSpecification } from '../../protocol/sweep';

/** A field of two specifications; the values as a person reads them. */
export interface FieldPair {
  name: string;
  first: string;
  second: string;
}

/** What differs, and how many fields say the same. */
export interface Differences {
  fields: FieldPair[];
  alike: number;
}

export interface Names {
  method(id: string): string;
  model(id: string): string;
  schedule(schedule: ScheduleSpecification): string;
  task(id: string): string;
}

type Fields = readonly (readonly [name: string, value: string])[];

function differences(first: Fields, second: Fields): Differences {
  const other = new Map(second);
  const names = [...new Set([...first, ...second].map(([name]) => name))];
  const own = new Map(first);
  const pairs = names.map((name) => ({ name, first: own.get(name) ?? '–', second: other.get(name) ?? '–' }));
  const fields = pairs.filter((pair) => pair.first !== pair.second);
  return { fields, alike: pairs.length - fields.length };
}

const percent = (share: number) => `${Number((100 * share).toFixed(2))} %`;

function sweepFields(specification: SweepSpecification, names: Names): Fields {
  const { embeddings, tasks, split, hidden, dropout, wordDropout, optimizer, batchSize, epochs, learningRates } = specification;
  return [
    ['Embeddings', embeddings.name],
    ['Sentences', [...new Set(tasks.map(({ dataset }) => dataset.name))].join(', ')],
    ['Tasks', tasks.map(({ task }) => names.task(task)).join(', ')],
    ['Methods', specification.methods.map(names.method).join(', ')],
    ['Rates', specification.rates.map(percent).join(', ')],
    ['Networks', specification.models.map(names.model).join(', ')],
    ['Schedules', specification.schedules.map(names.schedule).join(', ')],
    ['Seeds', specification.seeds.join(', ')],
    ['Split', [split.train, split.validation, split.test].map(percent).join(', ')],
    ['Hidden units', String(hidden)],
    ['Dropout', percent(dropout)],
    ['Word dropout', percent(wordDropout)],
    ['Optimizer', optimizer],
    ['Batch size', String(batchSize)],
    ['Epochs', String(epochs)],
    ...Object.entries(learningRates).map(([method, grid]) => [`Learning rates of ${names.method(method)}`, grid.join(', ')] as const),
  ];
}

/** Two sweeps, field by field. */
export function sweepDifferences(first: SweepSpecification, second: SweepSpecification, names: Names): Differences {
  return differences(sweepFields(first, names), sweepFields(second, names));
}

function pointFields(point: SweepPoint, setting: Setting, specification: SweepSpecification, names: Names): Fields {
  return [
    ['Method', names.method(point.method)],
    ['Rate', point.requestedRate === null ? 'full table' : percent(point.requestedRate)],
    ['Sentences', setting.task.dataset.name],
    ['Task', names.task(setting.task.task)],
    ['Network', names.model(setting.model)],
    ['Schedule', names.schedule(setting.schedule)],
    ['Learning rates', specification.learningRates[point.method]?.join(', ') ?? `the method’s own grid for ${specification.optimizer}`],
    ['Seeds', String(point.accuracy.seeds)],
  ];
}

/** Two points of one sweep: what it has in common for all of them can't differ. */
export function pointDifferences(
  [first, second]: readonly [SweepPoint, SweepPoint],
  settings: readonly Setting[],
  specification: SweepSpecification,
  names: Names,
): Differences {
  return differences(
    pointFields(first, settings[first.setting], specification, names),
    pointFields(second, settings[second.setting], specification, names),
  );
}
