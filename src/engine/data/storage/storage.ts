import type { DataReport, SavedSource, StorageReport } from '../../../protocol/data';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import type { Dataset, WordVectors } from '../dataset';

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
  open(id: string): Promise<SourceFile | null>;
  forget(id: string): Promise<void>;
}

export declare function saveLoaded(
  storage: SourceStorage,
  kind: 'embeddings' | 'dataset',
  loaded: { vectors: WordVectors; dataset: Dataset },
  report: DataReport,
): Promise<void>;
export declare function restoreEmbeddings(storage: SourceStorage | null, id: string, options?: ReadOptions): Promise<WordVectors>;
export declare function restoreDataset(storage: SourceStorage | null, id: string, options?: ReadOptions): Promise<Dataset>;
