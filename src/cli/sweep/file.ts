import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { firstFault } from '../../engine/faults';
import type { Catalogue } from '../../protocol/catalogue';
import type { ColumnChoice, Keep } from '../../protocol/data';
import type { ScheduleSpecification, SourceReference } from '../../protocol/specification';
import type { SweepSpecification } from '../../protocol/sweep';
import { fromHere, openFile } from '../files';
import { isAddress } from '../inputs';
import { badFlag } from '../options';
import { chosenMethods } from '../specification';

/** A data set in files: how it is read. */
export interface NamedDataset {
  /** Absolute paths, or addresses. */
  files: string[];
  columns: Partial<ColumnChoice>;
}

/** A table in files. */
export interface NamedEmbeddings {
  files: string[];
  keep: Keep;
  tensor: string | null;
}

/** A task whose data set is named, in files, or (null) the one that the flags load. */
export interface NamedTask {
  dataset: SourceReference | NamedDataset | null;
  task: string | undefined;
}

/** What a sweep's file says; what it leaves out is the default experiment's. */
export interface SweepFile {
  tasks: NamedTask[];
  /** Null for the table that the flags load. */
  embeddings: SourceReference | NamedEmbeddings | null;
  /** The lists, and the fields of an experiment: the engine checks their values. */
  settings: Omit<SweepSpecification, 'tasks' | 'embeddings'>;
}

const text = z.string().min(1).max(1000);
const files = z.union([text.transform((path) => [path]), z.array(text).min(1).max(3)]);
const reference = z.strictObject({ id: text, name: z.string().max(300).default('') });

const namedDataset = z.strictObject({
  files,
  text: text.optional(),
  label: text.optional(),
  split: text.optional(),
  tokenizer: text.optional(),
});
const namedEmbeddings = z.strictObject({
  files,
  keep: z.union([z.enum(['all', 'dataset']), z.number().int().min(1)]).default('all'),
  tensor: text.optional(),
});

/** Known fields alone: a name that is mistyped would go unheard otherwise. The engine checks what is `unknown` here. */
const schema = z.strictObject({
  version: z.literal(1).optional(),
  tasks: z
    .array(z.strictObject({ dataset: z.union([reference, namedDataset]).optional(), task: text.optional() }))
    .min(1)
    .optional(),
  embeddings: z.union([reference, namedEmbeddings]).optional(),
  schedules: z
    .array(z.union([text.transform((id) => ({ id, parameters: {} })), z.custom<ScheduleSpecification>()]))
    .min(1)
    .optional(),
  methods: z.array(text).optional(),
  ...Object.fromEntries(
    (
      [
        'split',
        'models',
        'rates',
        'seeds',
        'hidden',
        'dropout',
        'wordDropout',
        'optimizer',
        'batchSize',
        'epochs',
        'learningRates',
      ] as const
    ).map((field) => [field, z.unknown().optional()]),
  ),
});

/**
 * Reads what a sweep's file says. Paths in it are meant from where the file lies.
 *
 * @throws LabError `bad-specification`, naming the field
 */
export async function readSweepFile(path: string, catalogue: Catalogue): Promise<SweepFile> {
  const said = parse(path, await (await openFile('sweep', path)).text());
  const folder = dirname(fromHere(path));
  const place = (file: string) => (isAddress(file) ? file : resolve(folder, file));
  const { dataset: _dataset, task: _task, model, schedule, embeddings: _embeddings, ...usual } = catalogue.defaultSpecification;
  const { tasks = [{}], embeddings = null, methods, ...rest } = said;
  return {
    tasks: tasks.map(({ dataset = null, task }) => {
      if (dataset === null || 'id' in dataset) return { dataset, task };
      const { files: paths, ...columns } = dataset;
      return { dataset: { files: paths.map(place), columns }, task };
    }),
    embeddings:
      embeddings === null || 'id' in embeddings
        ? embeddings
        : { files: embeddings.files.map(place), keep: keepOf(embeddings.keep), tensor: embeddings.tensor ?? null },
    settings: {
      ...usual,
      models: [model],
      schedules: [schedule],
      ...(rest as Partial<SweepSpecification>),
      methods: chosenMethods(methods, catalogue, (name) => `--sweep ${path}: “${name}” among its methods`),
    },
  };
}

function parse(path: string, content: string): z.infer<typeof schema> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw badFlag(`--sweep ${path}: that is no JSON (${error instanceof Error ? error.message : error}).`, 'Mend it there.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { place, fault } = firstFault(parsed.error, value);
  throw badFlag(
    `--sweep ${path}: ${place ? `its "${place}"` : 'it'} can't be used: ${fault}.`,
    'npm run lab -- --help says what it may hold.',
  );
}

function keepOf(keep: 'all' | 'dataset' | number): Keep {
  return typeof keep === 'number' ? { kind: 'most-frequent', words: keep } : { kind: keep };
}
