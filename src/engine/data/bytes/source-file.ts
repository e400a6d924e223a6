import type { LoadProgress } from '../../../protocol/data';

/** The size of a file of which only reading to its end tells. Whatever is compared with it comes out as for a file that is large enough. */
export const unknownSize = Number.POSITIVE_INFINITY;

/** What the readers need of a file: the browser's `File` has it, and so does a file on disk by `Readable.toWeb`. */
export interface SourceFile {
  name: string;
  /** Bytes; `unknownSize` for what unpacks as it is read, and for an address whose server does not say. */
  size: number;
  /** About how many bytes it has where `size` is unknown; null where nothing tells. Good for progress and previews only. */
  estimatedSize?: number | null;
  /** From the beginning; every call gives a new stream. */
  stream(): ReadableStream<Uint8Array>;
  /** From byte `start` on, where that can be had without reading what is before it. */
  slice?(start: number): { stream(): ReadableStream<Uint8Array> };
}

export interface ReadOptions {
  /** Called at most every 100 ms, and at the end. */
  onProgress?: (progress: LoadProgress) => void;
  /** Ends the reading: it rejects with `cancelled`. */
  signal?: AbortSignal;
  /** The clock, in milliseconds; `performance.now` by default. */
  now?: () => number;
  /** Other threads, for formats that are worth them; without them everything is read in this one. */
  parsers?: ParserThreads | null;
}

/** How to get threads that run `embeddings/parallel/serve.ts`: workers in a browser, worker threads in Node. */
export interface ParserThreads {
  /** As many as are worth starting. */
  count: number;
  spawn(): ParserThread;
}

/** A thread at work: what a `Worker` of a browser and one of Node have in common. */
export interface ParserThread {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  /** Called once, before the first `post`. `onFailure` is told of a thread that could not start, or died. */
  listen(onMessage: (message: unknown) => void, onFailure: (reason: string) => void): void;
  end(): void;
}

/** About how many bytes a file has; null where nothing tells. */
export function likelySize({ size, estimatedSize = null }: SourceFile): number | null {
  return Number.isFinite(size) ? size : estimatedSize;
}
