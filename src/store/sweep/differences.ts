import type { Setting, SweepPoint } from '../../protocol/analysis';
import type { ScheduleSpecification, SourceReference } from '../../protocol/specification';
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

type NameOf = (source: SourceReference) => string;

/** So much of an id tells two files apart: its kind, and the first digits of a hash. */
const ID_LENGTH = 15;

/** Names of sources; where two have the same name, with the beginning of their ids. */
function sourceNames(all: readonly SourceReference[]): NameOf {
  return ({ id, name }) => (all.some((other) => other.name === name && other.id !== id) ? `${name} (${id.slice(0, ID_LENGTH)})` : name);
}

const sourcesOf = ({ embeddings, tasks }: SweepSpecification) => [embeddings, ...tasks.map(({ dataset }) => dataset)];

function sweepFields(specification: SweepSpecification, names: Names, nameOf: NameOf): Fields {
  const { embeddings, tasks, split, hidden, dropout, wordDropout, optimizer, batchSize, epochs, learningRates } = specification;
  const datasets = [...new Set(tasks.map(({ dataset }) => nameOf(dataset)))];
  return [
    ['Embeddings', nameOf(embeddings)],
    ['Sentences', datasets.join(', ')],
    [
      'Tasks',
      tasks.map(({ dataset, task }) => [...(datasets.length > 1 ? [nameOf(dataset)] : []), names.task(task)].join(': ')).join(', '),
    ],
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
  const nameOf = sourceNames([...sourcesOf(first), ...sourcesOf(second)]);
  return differences(sweepFields(first, names, nameOf), sweepFields(second, names, nameOf));
}

function pointFields(point: SweepPoint, setting: Setting, specification: SweepSpecification, names: Names): Fields {
  const nameOf = sourceNames(sourcesOf(specification));
  return [
    ['Method', names.method(point.method)],
    ['Rate', point.requestedRate === null ? 'full table' : percent(point.requestedRate)],
    ['Sentences', nameOf(setting.task.dataset)],
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
