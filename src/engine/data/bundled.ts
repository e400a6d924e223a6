import { LabError } from '../errors';
import { matrix } from '../matrix';
import {
  type BundledManifest,
  bundledManifest,
  sentenceSources,
  sentencesFile,
  sentimentClasses,
  vectorsHeader,
  vectorsMagic,
  vectorsPreludeBytes,
} from './bundled-format';
import { chunksOf } from './bytes/chunks';
import { Pace } from './bytes/pace';
import { Sha256 } from './bytes/sha256';
import type { ReadOptions } from './bytes/source-file';
import type { Dataset, Task, WordVectors } from './dataset';
import { defaultTokenizer, sharedTokenizer } from './tokenizers/registry';
import { WordTable } from './word-table';

export const bundledEmbeddings = { id: 'bundled:glove-6b-100d', name: 'GloVe 6B, 100 dimensions' };
export const bundledDataset = { id: 'bundled:uci-sentiment', name: 'UCI Sentiment Labelled Sentences' };

/** Gets one file of `public/bundled/` by its name; `fetch` with the page's address in front, or a reader of files, does it. */
export type FetchBundled = (
  path: string,
  signal?: AbortSignal,
) => Promise<{ ok: boolean; status: number; body: ReadableStream<Uint8Array> | null }>;

const unprepared = 'Run npm run prepare-data in the project, then load again.';
const damaged = 'Load again; if it happens again, delete public/bundled and run npm run prepare-data in the project.';

/**
 * Loads the bundled word vectors and sentences, with progress in bytes over both.
 *
 * @throws LabError `unreachable` where a file is missing or breaks off; `bad-embeddings`, `bad-dataset` where one is damaged; `cancelled`
 */
export async function loadBundled(
  fetchBundled: FetchBundled,
  options: ReadOptions = {},
): Promise<{ vectors: WordVectors; dataset: Dataset }> {
  const manifest = await readManifest(fetchBundled, options);
  const totalBytes = manifest.vectors.sizeBytes + manifest.sentences.sizeBytes;
  const pace = new Pace('Loading the bundled word vectors and sentences', totalBytes, options);
  const vectorsBytes = await fetchWhole(fetchBundled, manifest.vectors, 0, pace, options.signal);
  const sentencesBytes = await fetchWhole(fetchBundled, manifest.sentences, vectorsBytes.length, pace, options.signal);
  pace.report(totalBytes);
  checkHash(vectorsBytes, manifest.vectors, 'bad-embeddings');
  checkHash(sentencesBytes, manifest.sentences, 'bad-dataset');
  return {
    vectors: parseBundledVectors(vectorsBytes.buffer, credit(manifest.vectors)),
    dataset: parseBundledSentences(new TextDecoder().decode(sentencesBytes), credit(manifest.sentences)),
  };
}

/**
 * Whose work the bundled data are, and under which licences, by their ids: without reading the data themselves.
 *
 * @throws LabError `unreachable` where they are not there
 */
export async function bundledLicences(fetchBundled: FetchBundled): Promise<Map<string, string>> {
  const { vectors, sentences } = await readManifest(fetchBundled, {});
  return new Map([
    [bundledEmbeddings.id, credit(vectors)],
    [bundledDataset.id, credit(sentences)],
  ]);
}

/** Whose work it is, and under which licences; shown beside it. */
function credit({ attribution, licence }: { attribution: string; licence: string }): string {
  return `${attribution}. Licences: ${licence}.`;
}

/**
 * Reads the bundled table; the values stay where they are in `buffer`.
 *
 * @param buffer the whole file, as `bundled-format.ts` lays it out
 * @throws LabError `bad-embeddings` where it isn't so
 */
export function parseBundledVectors(buffer: ArrayBuffer, licence: string | null = null): WordVectors {
  const refuse = (what: string): never => {
    throw new LabError('bad-embeddings', `The bundled word vectors are damaged: ${what}.`, damaged);
  };
  if (buffer.byteLength < vectorsPreludeBytes) refuse('the file is too short');
  if (new TextDecoder().decode(new Uint8Array(buffer, 0, vectorsMagic.length)) !== vectorsMagic)
    refuse('the file begins with something else');
  const headerBytes = new DataView(buffer).getUint32(vectorsMagic.length, true);
  const start = vectorsPreludeBytes + headerBytes;
  if (start % 4 !== 0 || start > buffer.byteLength) refuse('the header has no end');
  const header = vectorsHeader.safeParse(parseJson(new TextDecoder().decode(new Uint8Array(buffer, vectorsPreludeBytes, headerBytes))));
  if (!header.success) return refuse('the header is not what it should be');
  const { words, dimension } = header.data;
  const expected = start + words.length * dimension * 4;
  if (buffer.byteLength !== expected) refuse(`the file has ${buffer.byteLength} bytes where its header says ${expected}`);
  const values = new Float32Array(buffer, start, words.length * dimension);
  if (!values.every(Number.isFinite)) refuse('a value is not a finite number');
  const index = new Map(words.map((word, row) => [word, row]));
  if (index.size !== words.length) refuse('a word occurs twice');
  return {
    source: bundledEmbeddings,
    format: 'bundled',
    words,
    index,
    vectors: WordTable.over(matrix(words.length, dimension, values)),
    warnings: [],
    licence,
  };
}

/**
 * Reads the bundled sentences, with the two tasks that their labels make: `sentiment` (negative, positive) and `source` (amazon, imdb, yelp).
 *
 * @param json the file's text
 * @throws LabError `bad-dataset` where it isn't as `bundled-format.ts` says
 */
export function parseBundledSentences(json: string, licence: string | null = null): Dataset {
  const parsed = sentencesFile.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new LabError('bad-dataset', 'The bundled sentences are damaged: the file is not what it should be.', damaged);
  }
  const { sentences } = parsed.data;
  const task = (id: 'sentiment' | 'source', label: string, classes: readonly string[]): Task => ({
    id,
    label,
    classes: [...classes],
    labels: Uint32Array.from(sentences, (sentence) => classes.indexOf(sentence[id])),
  });
  const texts = sentences.map(({ text }) => text);
  return {
    source: bundledDataset,
    format: 'bundled',
    texts,
    tokenizer: defaultTokenizer,
    tokens: texts.map(sharedTokenizer()),
    tasks: [task('sentiment', 'Sentiment', sentimentClasses), task('source', 'Source', sentenceSources)],
    ownSplit: null,
    warnings: [],
    licence,
  };
}

async function readManifest(fetchBundled: FetchBundled, options: ReadOptions): Promise<BundledManifest> {
  const stream = await open(fetchBundled, 'manifest.json', options.signal);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunksOf(stream, 'manifest.json', new Pace('', null, options))) text += decoder.decode(chunk, { stream: true });
  const manifest = bundledManifest.safeParse(parseJson(text));
  // A development server answers a missing file with the page itself.
  if (!manifest.success)
    throw new LabError('unreachable', 'The bundled data are missing: manifest.json is not what it should be.', unprepared);
  return manifest.data;
}

async function open(fetchBundled: FetchBundled, path: string, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const pace = new Pace('', null, { signal });
  pace.check();
  const response = await fetchBundled(path, signal).catch((error: unknown) => {
    pace.check();
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(
      'unreachable',
      `The bundled data could not be loaded: ${path}: ${reason}.`,
      'Check the connection to the page, and load again.',
    );
  });
  if (!response.ok || !response.body) {
    throw new LabError(
      'unreachable',
      `The bundled data could not be loaded: ${path} was answered with status ${response.status}.`,
      unprepared,
    );
  }
  return response.body;
}

interface ListedFile {
  path: string;
  sizeBytes: number;
  sha256: string;
}

async function fetchWhole(fetchBundled: FetchBundled, file: ListedFile, doneBefore: number, pace: Pace, signal?: AbortSignal) {
  const whole = new Uint8Array(file.sizeBytes);
  let at = 0;
  for await (const chunk of chunksOf(await open(fetchBundled, file.path, signal), file.path, pace)) {
    if (at + chunk.length > whole.length) throw wrongSize(file);
    whole.set(chunk, at);
    at += chunk.length;
    if (pace.due()) await pace.beat(doneBefore + at);
  }
  if (at < whole.length) throw wrongSize(file, at);
  return whole;
}

function wrongSize({ path, sizeBytes }: ListedFile, got?: number): LabError {
  const found = got === undefined ? `more than its ${sizeBytes} bytes came` : `${got} of its ${sizeBytes} bytes came`;
  return new LabError('unreachable', `The bundled data could not be loaded: ${path}: ${found}.`, damaged);
}

function checkHash(bytes: Uint8Array, { path, sha256 }: ListedFile, code: 'bad-embeddings' | 'bad-dataset'): void {
  if (new Sha256().update(bytes).hex() !== sha256) {
    throw new LabError(code, `The bundled data are damaged: the bytes of ${path} are not those that were prepared.`, damaged);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
