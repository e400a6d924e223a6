import { z } from 'zod';
import type { ExperimentResults, ResultRow } from '../../protocol/results';
import { mostColumns } from '../data/embeddings/table-rows';
import { findTokenizer } from '../data/tokenizers/registry';
import { firstWordId } from '../data/vocabulary';
import { LabError } from '../errors';
import type { LastRun, RunData } from '../experiment/last-run';
import { methodsWithRates, networkLayers } from '../experiment/plan';
import { adapterSchema, count, fraction, methodId, profileSchema, rowSchema, versionsSchema } from '../experiment/results-schema';
import type { FinishedModel } from '../experiment/run';
import type { KeptEvent } from '../experiment/run-log';
import { validateSpecification } from '../experiment/specification';
import { firstFault } from '../faults';
import { describeEmbedding, embeddingSchema, modelFile, readModel } from './model-tensors';
import { Damage } from './safetensors';
import { joinEvents, splitEvents, storedEvents } from './steps';
import { openArchive, packFiles } from './zip';

/** The first entry: whoever looks at a file's first bytes sees what it is. */
const headPath = 'lowrank-lab-run.json';
const stepsPath = 'steps.f64';
const modelPath = (model: number) => `models/${model}.safetensors`;

const remedy = 'Take a run’s file as the lab wrote it.';
/** Far more than any run in a tab has: a table of a million words, and a dozen models of it. */
const mostBytes = 2 ** 31;
const mostModels = 1000;
const mostRows = 100_000;
const mostWords = 2 ** 22;

/** What a run's file says of it; models and steps lie beside it. */
const schema = z.object({
  kind: z.literal('lowrank-lab-run'),
  version: z.literal(1),
  outcome: z.enum(['complete', 'stopped']),
  results: z.object({
    specification: z.unknown(),
    adapter: adapterSchema,
    versions: versionsSchema,
    results: z.array(rowSchema).min(1).max(mostRows),
    profile: profileSchema.nullable(),
  }),
  data: z.object({
    words: z.array(z.string()).max(mostWords),
    classes: z.array(z.string().max(10_000)).min(2).max(100_000),
    tokenizer: z.string().max(100),
    dimension: z.number().int().min(1).max(mostColumns),
    split: z.object({ train: count, validation: count, test: count }),
  }),
  licences: z.array(z.object({ of: z.string().max(300), text: z.string().max(100_000) })).max(10),
  models: z
    .array(z.object({ method: methodId, requestedRate: fraction.nullable(), embedding: embeddingSchema }))
    .min(1)
    .max(mostModels),
  events: storedEvents,
  stepsLeftOut: count,
});

type Head = z.infer<typeof schema>;

/** A run without the data that it was on: what its file holds. */
export type StoredRun = Omit<LastRun, 'prepared' | 'vectors'>;

/**
 * A run as one file: a zip archive of its results and all that is said of it as JSON, the losses of its steps, and a safetensors file for each model. The
 * same run gives the same bytes.
 *
 * @throws LabError `bad-specification` for a run that could not be read again; `out-of-memory`
 */
export function writeRunFile(run: StoredRun): Uint8Array {
  const { data, results, outcome, licences, models, stepsLeftOut } = run;
  const { index: _, ...words } = data;
  const layers = networkLayers(run.specification, data.classes.length);
  const { events, numbers } = splitEvents(run.events);
  const head: z.input<typeof schema> = {
    kind: 'lowrank-lab-run',
    version: 1,
    outcome,
    results,
    data: words,
    licences,
    models: models.map(({ method, requestedRate, state }) => ({ method, requestedRate, embedding: describeEmbedding(state.embedding) })),
    events: events as z.input<typeof storedEvents>,
    stepsLeftOut,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(head));
  refuseUnreadable(bytes);
  try {
    return packFiles([
      { path: headPath, bytes, deflate: true },
      { path: stepsPath, bytes: numbers, deflate: true },
      ...models.map(({ state }, i) => ({ path: modelPath(i), bytes: modelFile(state, layers), deflate: false })),
    ]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LabError(
      'out-of-memory',
      `There is not enough memory to write the run down (${error.message}).`,
      'Export its models one by one.',
    );
  }
}

/**
 * Reads such a file; nothing of it is believed: every number is in its bounds, every model has the tensors that its specification asks for, and a row of its
 * results.
 *
 * @param name for the failure's sentence
 * @throws LabError `bad-specification`, naming the place
 */
export async function readRunFile(file: Blob, name: string): Promise<StoredRun> {
  const within = async <T>(path: string | null, work: () => Promise<T> | T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof LabError) throw new LabError(error.code, `${name}: ${error.message}`, remedy, { file: name });
      if (!(error instanceof Damage)) throw error;
      const place = path === null ? name : `${name}, ${path}`;
      throw new LabError('bad-specification', `${place} can’t be opened as a run: ${error.message}.`, remedy, { file: name });
    }
  };
  const archive = await within(null, () => openArchive(file, { files: mostModels + 2, bytes: mostBytes }));
  const head = await within(headPath, async () => parseHead(await archive.read(headPath)));
  const { outcome, licences, stepsLeftOut } = head;
  const { specification, data, rows } = await within(headPath, () => checkHead(head));
  const layers = networkLayers(specification, data.classes.length);
  const events: KeptEvent[] = await within(stepsPath, async () => joinEvents(head.events, await archive.read(stepsPath)));
  const models: FinishedModel[] = [];
  for (const [i, { method, requestedRate, embedding }] of head.models.entries()) {
    const path = modelPath(i);
    const state = await within(path, async () => readModel(await archive.read(path), embedding, data.words.length + firstWordId, layers));
    models.push({ method, requestedRate, state, embeddingBytes: rows[i].bytes });
  }
  const results: ExperimentResults = { ...head.results, specification };
  return { specification, data, models, results, outcome, events, stepsLeftOut, licences };
}

/** Better said now than when the run is gone from the page: a class with a name of ten thousand characters, say. */
function refuseUnreadable(bytes: Uint8Array): void {
  try {
    checkHead(parseHead(bytes));
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw new LabError('bad-specification', `The run can’t be kept as a file: ${error.message}.`, 'Export its models and its results.');
  }
}

function parseHead(bytes: Uint8Array): Head {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Damage('it is no JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { place, fault } = firstFault(parsed.error, json);
  throw new Damage(`its “${place || 'content'}” can’t be used (${fault})`);
}

/** What of a run is true to itself: cells of its specification, each once, and of each model the row of the first seed. */
function checkHead(head: Head): { specification: LastRun['specification']; data: RunData; rows: ResultRow[] } {
  const specification = validateSpecification(head.results.specification);
  const { words, classes, tokenizer } = head.data;
  findTokenizer(tokenizer);
  const index = new Map(words.map((word, i) => [word, firstWordId + i]));
  if (index.size !== words.length) throw new Damage('a word of its vocabulary is there twice');
  if (new Set(classes).size !== classes.length) throw new Damage('a class is there twice');
  const key = (of: { method: string; requestedRate: number | null }, seed: number) => JSON.stringify([of.method, of.requestedRate, seed]);
  const possible = new Set(
    specification.seeds.flatMap((seed) =>
      methodsWithRates(specification).map(({ method, rate }) => key({ method: method.id, requestedRate: rate }, seed)),
    ),
  );
  const rows = new Map<string, ResultRow>();
  for (const row of head.results.results) {
    const own = key(row, row.seed);
    if (!possible.has(own)) throw new Damage(`its specification has no ${own}`);
    if (rows.has(own)) throw new Damage(`the result ${own} is there twice`);
    rows.set(own, row);
  }
  for (const event of head.events) {
    const { method } = 'trial' in event ? event.trial : event;
    if (!specification.methods.includes(method)) throw new Damage(`its specification has no method “${method}”`);
  }
  const ofModels = head.models.map((model) => {
    const row = rows.get(key(model, specification.seeds[0]));
    if (!row) throw new Damage(`the model ${key(model, specification.seeds[0])} has no result`);
    return row;
  });
  if (new Set(ofModels).size !== ofModels.length) throw new Damage('a model is there twice');
  return { specification, data: { ...head.data, index }, rows: ofModels };
}
