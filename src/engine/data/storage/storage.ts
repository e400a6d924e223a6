/** What the browser keeps of a person's own data: written when something was loaded, read back at the next visit. */
import type { SavedSource, StorageReport } from '../../../protocol/data';
import { LabError } from '../../errors';
import { Pace } from '../bytes/pace';
import type { ReadOptions } from '../bytes/source-file';
import type { Dataset, WordVectors } from '../dataset';
import { counted } from '../problems';
import type { KeptFile } from './kept';
import { readKeptDataset, writeKeptDataset } from './kept-dataset';
import { readKeptVectors, writeKeptVectors } from './kept-vectors';

/** Where sources are kept between visits: the browser's private file system, or memory in a test. */
export interface SourceStorage {
  report(): Promise<StorageReport>;
  /**
   * Keeps a source under its id, replacing one of the same id only when all of it has been written. `pace` is told of the bytes.
   *
   * @throws LabError `out-of-memory` where the browser's quota is too small, with the sizes; `cancelled`
   */
  save(entry: SavedSource, chunks: Iterable<Uint8Array>, pace: Pace): Promise<void>;
  /** Null where there is none of that id. */
  open(id: string): Promise<KeptFile | null>;
  forget(id: string): Promise<void>;
}

/**
 * Keeps what is loaded, with progress. Whatever comes of it, the data are in memory and can be worked with.
 *
 * @throws LabError `out-of-memory` where the browser's quota is too small; `cancelled`; `unexpected` where the browser can't write it. Nothing
 *   half-written is left, and what was kept under the same id stays
 */
export async function keepLoaded(
  storage: SourceStorage,
  kind: 'embeddings' | 'dataset',
  { vectors, dataset }: { vectors: WordVectors; dataset: Dataset },
  options: ReadOptions = {},
): Promise<void> {
  const { source } = kind === 'embeddings' ? vectors : dataset;
  const stage = `Keeping ${source.name} in this browser`;
  try {
    const { chunks, sizeBytes } = kind === 'embeddings' ? writeKeptVectors(vectors) : await writeKeptDataset(dataset, stage, options);
    const summary = kind === 'embeddings' ? summaryOfVectors(vectors) : summaryOfDataset(dataset);
    const pace = new Pace(stage, sizeBytes, options);
    pace.report(0);
    await storage.save({ kind, source, summary, sizeBytes, savedAt: Date.now() }, chunks, pace);
    pace.report(sizeBytes);
  } catch (error) {
    if (options.signal?.aborted) {
      throw new LabError(
        'cancelled',
        `${source.name} is loaded, and is not kept: the next visit will not find it.`,
        'Keep it in the Data room when you like.',
      );
    }
    if (error instanceof LabError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError('unexpected', `The browser could not write ${source.name}: ${reason}`, 'Try again; what is loaded stays loaded.');
  }
}

/** @throws LabError `no-data` where it isn't kept; `bad-embeddings` where the copy is damaged; `cancelled`; `out-of-memory` */
export async function restoreEmbeddings(storage: SourceStorage | null, id: string, options: ReadOptions = {}): Promise<WordVectors> {
  return readKeptVectors(await openKept(storage, id), options);
}

/** @throws LabError `no-data` where it isn't kept; `bad-dataset` where the copy is damaged; `cancelled` */
export async function restoreDataset(storage: SourceStorage | null, id: string, options: ReadOptions = {}): Promise<Dataset> {
  return readKeptDataset(await openKept(storage, id), options);
}

async function openKept(storage: SourceStorage | null, id: string): Promise<KeptFile> {
  const file = await storage?.open(id);
  if (file) return file;
  throw new LabError('no-data', `The browser does not keep ${id} any more.`, 'Load the file again.');
}

function summaryOfVectors({ words, vectors }: WordVectors): string {
  return `${counted(words.length, 'word')} of ${counted(vectors.columns, 'number')}`;
}

function summaryOfDataset({ texts, tasks }: Dataset): string {
  return `${counted(texts.length, 'sentence')}, ${tasks.map(({ classes }) => counted(classes.length, 'class', 'classes')).join(', ')}`;
}
