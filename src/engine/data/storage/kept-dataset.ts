/**
 * A kept data set: JSON Lines, so that neither writing nor reading needs it whole as one text. The first line is the head (version, tasks, the
 * distinct tokens); each line after it holds a thousand sentences, their tokens as places in the head's list. Tokens are kept as they are, so
 * that a later tokenizer changes no experiment.
 */
import { z } from 'zod';
import { chunksOf } from '../bytes/chunks';
import { Pace } from '../bytes/pace';
import { reusingReader } from '../bytes/reusing-reader';
import type { ReadOptions } from '../bytes/source-file';
import type { Dataset } from '../dataset';
import { damagedCopy, type KeptFile, type KeptSource, keptOrigin } from './kept';

/** Raised when the layout changes. */
const version = 1;
const blockRows = 1000;

const head = keptOrigin.extend({
  version: z.literal(version),
  sentences: z.number().int().positive(),
  tasks: z.array(z.object({ id: z.string(), label: z.string(), classes: z.array(z.string()).min(2) })).nonempty(),
  hasSplit: z.boolean(),
  tokenizer: z.string(),
  types: z.array(z.string()),
});
const place = z.number().int().nonnegative();
const block = z.object({
  texts: z.array(z.string()).max(blockRows),
  tokens: z.array(z.array(place)),
  /** A list a task. */
  labels: z.array(z.array(place)),
  split: z.array(place.max(2)).nullable(),
});

/**
 * The bytes of a kept data set, and how many they are.
 *
 * @param stage for the progress
 * @throws LabError `cancelled`
 */
export async function writeKeptDataset(dataset: Dataset, stage: string, options: ReadOptions = {}): Promise<KeptSource> {
  const pace = new Pace(stage, null, options);
  const { source, format, texts, tokens, tokenizer, tasks, ownSplit, warnings, licence } = dataset;
  const types = new Map<string, number>();
  const placeOf = (token: string) => {
    const known = types.get(token);
    if (known !== undefined) return known;
    types.set(token, types.size);
    return types.size - 1;
  };
  const places: number[][] = [];
  for (const list of tokens) {
    places.push(list.map(placeOf));
    if (places.length % blockRows === 0 && pace.due()) await pace.beat(0);
  }
  const line = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  const first: z.infer<typeof head> = {
    version,
    source,
    format,
    warnings,
    licence,
    sentences: texts.length,
    tasks: tasks.map(({ id, label, classes }) => ({ id, label, classes })) as z.infer<typeof head>['tasks'],
    hasSplit: ownSplit !== null,
    tokenizer,
    types: [...types.keys()],
  };
  const chunks = [line(first)];
  for (let from = 0; from < texts.length; from += blockRows) {
    const to = from + blockRows;
    chunks.push(
      line({
        texts: texts.slice(from, to),
        tokens: places.slice(from, to),
        labels: tasks.map(({ labels }) => [...labels.subarray(from, to)]),
        split: ownSplit && [...ownSplit.subarray(from, to)],
      } satisfies z.infer<typeof block>),
    );
    if (pace.due()) await pace.beat(0);
  }
  return { chunks, sizeBytes: chunks.reduce((sum, { length }) => sum + length, 0) };
}

/** @throws LabError `bad-dataset` where the copy is damaged; `cancelled` */
export async function readKeptDataset(file: KeptFile, options: ReadOptions = {}): Promise<Dataset> {
  const pace = new Pace(`Reading ${file.name}, kept from an earlier visit`, file.size, options);
  let first: z.infer<typeof head> | null = null;
  const texts: string[] = [];
  const tokens: string[][] = [];
  const labels: number[][] = [];
  const split: number[] = [];
  for await (const line of linesOf(file, pace)) {
    const value = parseJson(line);
    if (first === null) {
      first = head.safeParse(value).data ?? refuse(file.name, 'its head is not what it should be');
      labels.push(...first.tasks.map(() => []));
      continue;
    }
    const { types, tasks, hasSplit } = first;
    const next = block.safeParse(value).data ?? refuse(file.name, 'a part is not what it should be');
    const rows = next.texts.length;
    const fits =
      next.tokens.length === rows &&
      next.tokens.every((list) => list.every((token) => token < types.length)) &&
      next.labels.length === tasks.length &&
      next.labels.every((list, task) => list.length === rows && list.every((label) => label < tasks[task].classes.length)) &&
      (next.split === null ? !hasSplit : hasSplit && next.split.length === rows);
    if (!fits) refuse(file.name, 'its parts do not fit together');
    texts.push(...next.texts);
    tokens.push(...next.tokens.map((list) => list.map((token) => types[token])));
    for (const [task, list] of next.labels.entries()) labels[task].push(...list);
    split.push(...(next.split ?? []));
  }
  if (first === null || texts.length !== first.sentences) return refuse(file.name, 'it breaks off');
  pace.report(file.size);
  const { source, format, warnings, licence, tasks, tokenizer, hasSplit } = first;
  return {
    source,
    format,
    texts,
    tokens,
    tokenizer,
    tasks: tasks.map((task, i) => ({ ...task, labels: Uint32Array.from(labels[i]) })),
    ownSplit: hasSplit ? Uint8Array.from(split) : null,
    warnings,
    licence,
  };
}

async function* linesOf(file: KeptFile, pace: Pace): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending: string[] = [];
  let done = 0;
  for await (const chunk of chunksOf(reusingReader(file), file.name, pace)) {
    done += chunk.length;
    const [head, ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    pending.push(head);
    for (const next of others) {
      yield pending.join('');
      pending = [next];
    }
    if (pace.due()) await pace.beat(done);
  }
  const last = pending.join('') + decoder.decode();
  if (last !== '') yield last;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(name: string, what: string): never {
  throw damagedCopy('bad-dataset', name, what);
}
