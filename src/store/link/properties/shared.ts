import type { LaneRate } from '../../../protocol/race';
import type { ExperimentSpecification, ScheduleSpecification, SourceReference } from '../../../protocol/specification';
import { known, list, number, quote, type Reader, record, text } from '../readers';
import type { PropertyTable } from '../section';

const idOfSource = /^(bundled:[\w.-]{1,100}|sha256:[0-9a-f]{8,64})$/;

/** A table or a set by its id; the name is only shown. */
export const source: Reader<SourceReference> = (value, context) => {
  const [id, name] = Array.isArray(value) ? value : [];
  if (typeof id !== 'string' || !idOfSource.test(id)) return { problem: `${quote(id)} names no table and no set` };
  return { value: { id, name: text(300, 0)(name, context).value ?? id } };
};

export const schedule: Reader<ScheduleSpecification> = (value, context) => {
  const [given, parameters] = Array.isArray(value) ? value : [];
  const { value: id, problem } = known('schedule', ({ catalogue }) => catalogue.schedules.map((one) => one.id))(given, context);
  if (id === undefined) return { problem };
  const described = context.catalogue.schedules.find((one) => one.id === id)!.parameters;
  const reading = record((name) => {
    const parameter = described.find((one) => one.name === name);
    return parameter ? number(parameter) : null;
  }, `parameter of the schedule “${id}” named`)(parameters, context);
  return { value: { id, parameters: reading.value ?? {} }, problem: reading.problem };
};

export const writeSchedule = ({ id, parameters }: ScheduleSpecification): unknown => [id, parameters];

export const learningRate: Reader<number> = number({ minimum: 0, maximum: 10, open: 'below' });

/** A schedule and its peak, as `[id, parameters, peak]`. */
export const laneRate: Reader<LaneRate> = (value, context) => {
  const read = schedule(value, context);
  const peak = learningRate(Array.isArray(value) ? value[2] : undefined, context);
  if (!read.value || peak.value === undefined) return { problem: read.problem ?? peak.problem };
  return { value: { schedule: read.value, peak: peak.value }, problem: read.problem };
};

export const writeLaneRate = ({ schedule: { id, parameters }, peak }: LaneRate): [string, Record<string, number>, number] => [
  id,
  parameters,
  peak,
];

export const laneIds = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

export const share: Reader<number> = number({ minimum: 0, maximum: 1, open: true });

type Split = ExperimentSpecification['split'];

export const split: Reader<Split> = (value, context) => {
  const parts = list(share, { least: 3, most: 3, repeats: true })(value, context).value;
  if (!parts || Math.abs(parts[0] + parts[1] + parts[2] - 1) >= 1e-6)
    return { problem: `${quote(value)} are not three shares that add up to 1` };
  return { value: { train: parts[0], validation: parts[1], test: parts[2] } };
};

export const seeds: Reader<number[]> = list(number({ minimum: 0, maximum: 0xffffffff, integer: true }), { least: 1, most: 100 });
export const epochs: Reader<number> = number({ minimum: 1, maximum: 1000, integer: true });

type Trained = Pick<
  ExperimentSpecification,
  'embeddings' | 'dataset' | 'task' | 'split' | 'model' | 'hidden' | 'dropout' | 'wordDropout' | 'optimizer' | 'batchSize'
>;

/** What experiment and race have in common: what is trained on what. */
export const trained: PropertyTable<Trained> = {
  embeddings: {
    key: 'v',
    name: 'Embeddings',
    fallback: { id: 'bundled:glove-6b-100d', name: 'GloVe 6B, 100 dimensions' },
    read: source,
    write: ({ id, name }) => [id, name],
  },
  dataset: {
    key: 'd',
    name: 'Sentences',
    fallback: { id: 'bundled:uci-sentiment', name: 'UCI Sentiment Labelled Sentences' },
    read: source,
    write: ({ id, name }) => [id, name],
  },
  task: { key: 't', name: 'Task', fallback: 'sentiment', read: text(200) },
  split: {
    key: 'sp',
    name: 'Split',
    fallback: { train: 0.7, validation: 0.15, test: 0.15 },
    read: split,
    write: ({ train, validation, test }) => [train, validation, test],
  },
  model: { key: 'n', name: 'Network', fallback: 'dan', read: known('network', ({ catalogue }) => catalogue.models.map(({ id }) => id)) },
  hidden: { key: 'h', name: 'Hidden units', fallback: 100, read: number({ minimum: 1, maximum: 1024, integer: true }) },
  dropout: { key: 'p', name: 'Dropout', fallback: 0.5, read: number({ minimum: 0, maximum: 0.95 }) },
  wordDropout: { key: 'w', name: 'Word dropout', fallback: 0.3, read: number({ minimum: 0, maximum: 0.95 }) },
  optimizer: {
    key: 'o',
    name: 'Optimizer',
    fallback: 'adam',
    read: known('optimizer', ({ catalogue }) => catalogue.optimizers.map(({ id }) => id)),
  },
  batchSize: { key: 'b', name: 'Batch size', fallback: 64, read: number({ minimum: 1, maximum: 1024, integer: true }) },
};
