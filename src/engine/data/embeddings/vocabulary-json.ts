import { z } from 'zod';
import { LabError } from '../../errors';
import type { SourceFile } from '../bytes/source-file';
import { count, counted, quoted } from '../problems';
import type { ByteReader } from './byte-reader';

/** The largest tokenizers, of 250,000 tokens, are 35 MB long. */
const mostBytes = 128 * 2 ** 20;
const named = 3;
const remedy = 'Take the tokenizer.json or vocab.json that was saved with the table: its ids number the rows from 0.';

/** The table that a vocabulary belongs to, for the messages. */
export interface TableOf {
  name: string;
  rows: number;
}

/** The parts of Hugging Face's tokenizer.json that say which token has which row. */
const tokenizerSchema = z.object({
  model: z.object({ vocab: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]) }),
  added_tokens: z.array(z.object({ id: z.unknown(), content: z.string() })).default([]),
});

/** Text can begin like this too, but no vocabulary does. */
export function beginsLikeJson(head: Uint8Array): boolean {
  return /^\ufeff?\s*(\{\s*["}]|\[\s*["[\]])/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head));
}

/**
 * The words of a tokenizer.json (`model.vocab`, an object of tokens and ids or a list of tokens and scores, with `added_tokens`), of a
 * vocab.json (an object of tokens and ids), or of a list of tokens.
 * Source: https://huggingface.co/docs/tokenizers
 *
 * @throws LabError where it is none of these, an id is no row of the table or is there twice, or a row has no word
 */
export async function readJsonVocabulary(reader: ByteReader, file: SourceFile, table: TableOf): Promise<string[]> {
  if (await reader.fill(mostBytes + 1)) throw wrong(file, `is more than ${mostBytes / 2 ** 20} MiB of JSON: no vocabulary is as long`);
  const text = new TextDecoder().decode(reader.bytes.subarray(reader.at));
  reader.at = reader.bytes.length;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong(file, `begins like JSON, and is none: ${error instanceof Error ? error.message : String(error)}`);
  }
  return wordsOf(entriesOf(json, file), file, table);
}

/** Tokens and their ids, in the file's order. */
function entriesOf(json: unknown, file: SourceFile): Iterable<[token: unknown, id: unknown]> {
  if (Array.isArray(json)) return listed(json);
  const tokenizer = tokenizerSchema.safeParse(json);
  if (tokenizer.success) {
    // The vocabulary itself is taken from what was parsed: a record that zod has copied would have lost a token called __proto__.
    const { vocab } = (json as { model: { vocab: object } }).model;
    const own = Array.isArray(vocab) ? listed(vocab) : Object.entries(vocab);
    const known = new Map<unknown, unknown>(own);
    // Special tokens are often in both places.
    const added = tokenizer.data.added_tokens.filter(({ content, id }) => known.get(content) !== id);
    return [...own, ...added.map(({ content, id }): [string, unknown] => [content, id])];
  }
  if (typeof json === 'object' && json !== null && !('model' in json && typeof json.model === 'object')) return Object.entries(json);
  throw wrong(file, 'is JSON, but neither a tokenizer.json with model.vocab, nor an object of words and ids, nor a list of words');
}

/** A list of tokens, or of pairs of a token and its score. */
function listed(list: readonly unknown[]): [unknown, unknown][] {
  return list.map((item, id) => [Array.isArray(item) ? item[0] : item, id]);
}

function wordsOf(entries: Iterable<[unknown, unknown]>, file: SourceFile, table: TableOf): string[] {
  const byId = new Map<number, string>();
  let outside: { token: string; id: number } | null = null;
  for (const [token, id] of entries) {
    if (typeof token !== 'string') throw wrong(file, `has ${said(token)} where a word should be`);
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) {
      throw wrong(file, `gives ${quoted(token)} the id ${said(id)}, which is no row: rows are numbered from 0`);
    }
    const other = byId.get(id);
    if (other !== undefined) throw wrong(file, `gives ${quoted(other)} and ${quoted(token)} the same id, ${count(id)}`);
    byId.set(id, token);
    if (id >= table.rows) outside ??= { token, id };
  }
  const missing: number[] = [];
  const fewest = Math.min(table.rows, byId.size + named);
  for (let id = 0; id < fewest && missing.length < named; id++) if (!byId.has(id)) missing.push(id);
  const both = `has ${counted(byId.size, 'word')}, and ${table.name} has ${counted(table.rows, 'row')}`;
  if (outside) throw wrong(file, `${both}: the id of ${quoted(outside.token)}, ${count(outside.id)}, is outside`);
  if (byId.size < table.rows) {
    const total = table.rows - byId.size;
    const more = total > missing.length ? ` and ${count(total - missing.length)} more` : '';
    throw wrong(file, `${both}: no word has the id ${missing.map(count).join(', ')}${more}`);
  }
  return Array.from({ length: table.rows }, (_, id) => byId.get(id) ?? '');
}

/** A value of any kind, for a message. */
function said(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return quoted(String(value));
}

function wrong({ name }: SourceFile, what: string): LabError {
  return new LabError('bad-embeddings', `${name} ${what}.`, remedy, { file: name });
}
