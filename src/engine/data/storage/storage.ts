/** What the browser keeps of a person's own data: written when something was loaded, read back at the next visit. */
import type { DataReport, DataWarning, SavedSource, StorageReport } from '../../../protocol/data';
import { LabError } from '../../errors';
import type { ReadOptions } from '../bytes/source-file';
import type { Dataset, WordVectors } from '../dataset';
import { count } from '../problems';
import type { KeptFile } from './kept';
import { readKeptDataset, writeKeptDataset } from './kept-dataset';
import { readKeptVectors, writeKeptVectors } from './kept-vectors';

/** Where sources are kept between visits: the browser's private file system, or memory in a test. */
export interface SourceStorage {
  report(): Promise<StorageReport>;
  /**
   * Keeps a source under its id, replacing one of the same id only when all of it has been written.
   *
   * @throws LabError `out-of-memory` where the browser's quota is too small, with the sizes
   */
  save(entry: SavedSource, chunks: Iterable<Uint8Array>): Promise<void>;
  /** Null where there is none of that id. */
  open(id: string): Promise<KeptFile | null>;
  forget(id: string): Promise<void>;
}

/**
 * Keeps what was just loaded. Never throws: the data are in memory and can be worked with, so that they could not be kept as well is a warning
 * of the report.
 */
export async function saveLoaded(
  storage: SourceStorage,
  kind: 'embeddings' | 'dataset',
  loaded: { vectors: WordVectors; dataset: Dataset },
  report: DataReport,
): Promise<void> {
  try {
    const { chunks, sizeBytes } = kind === 'embeddings' ? writeKeptVectors(loaded.vectors) : writeKeptDataset(loaded.dataset);
    await storage.save({ kind, source: report[kind].source, summary: summaryOf(kind, report), sizeBytes, savedAt: Date.now() }, chunks);
  } catch (error) {
    const reason = error instanceof LabError ? `${error.message} ${error.remedy}` : error instanceof Error ? error.message : String(error);
    const warning: DataWarning = {
      message: `This is loaded, but the browser could not keep it for the next visit: ${reason}`,
      count: 1,
      firstLines: [],
    };
    // A new list: the old one belongs to the loaded data, whose next report should not repeat this.
    report[kind].warnings = [...report[kind].warnings, warning];
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

function summaryOf(kind: 'embeddings' | 'dataset', { embeddings, dataset }: DataReport): string {
  if (kind === 'embeddings') return `${count(embeddings.words)} words of ${count(embeddings.dimension)} numbers`;
  const classes = dataset.tasks.map((task) => `${count(task.classes.length)} classes`).join(', ');
  return `${count(dataset.sentences)} sentences, ${classes}`;
}
