import type { LoadProgress } from '../../../protocol/data';

/** What the readers need of a file: the browser's `File` has it, and so does a file on disk by `Readable.toWeb`. */
export interface SourceFile {
  name: string;
  /** Bytes. */
  size: number;
  stream(): ReadableStream<Uint8Array>;
}

export interface ReadOptions {
  /** Called at most every 100 ms, and at the end. */
  onProgress?: (progress: LoadProgress) => void;
  /** Ends the reading: it rejects with `cancelled`. */
  signal?: AbortSignal;
  /** The clock, in milliseconds; `performance.now` by default. */
  now?: () => number;
}
