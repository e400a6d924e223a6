import type { ChunkReader } from './chunks';
import type { SourceFile } from './source-file';

/** Read at once, at most. */
const memoryBytes = 256 * 2 ** 10;
/** A read that takes longer is taken for lost. */
const patienceMs = 1000;

/**
 * A reader whose every chunk lies in the memory of the one before, for a consumer that is done with a chunk before it asks for the next. A
 * browser is slow to collect chunks that nobody holds any more: 120 MiB of them lay about while a million words were read.
 *
 * Chromium (156) forgets such a read now and then, about once in a gigabyte, while other threads are busy: then the file is read on from where
 * it was by a plain reader, which waits for as long as it takes: the read may have been slow and not lost. May go when it no longer does.
 *
 * @returns of a file that can't be read from the middle, or no such way, a plain reader
 */
export function reusingReader(file: SourceFile): ChunkReader {
  const { slice } = file;
  const first = file.stream();
  if (!slice) return first.getReader();
  const byob = byobReader(first);
  return byob ? new ReusingReader(byob, (start) => slice.call(file, start).stream()) : first.getReader();
}

class ReusingReader implements ChunkReader {
  private memory = new ArrayBuffer(memoryBytes);
  private position = 0;
  /** In place of `reader`, once that one has lost a read. */
  private plain: ReadableStreamDefaultReader<Uint8Array> | null = null;

  constructor(
    private readonly reader: ReadableStreamBYOBReader,
    private readonly streamFrom: (start: number) => ReadableStream<Uint8Array>,
  ) {}

  async read(): Promise<ReadableStreamReadResult<Uint8Array>> {
    if (this.plain) return this.plain.read();
    const result = await inTime(this.reader.read(new Uint8Array(this.memory)));
    if (result === null) {
      // Not awaited: what was forgotten may never answer. Its memory is gone with it.
      this.reader.cancel().catch(() => {});
      this.plain = this.streamFrom(this.position).getReader();
      return this.plain.read();
    }
    const { done, value } = result;
    if (done || !value) return { done: true, value: undefined };
    this.memory = value.buffer;
    this.position += value.length;
    return { done: false, value };
  }

  cancel(reason?: unknown): Promise<void> {
    return (this.plain ?? this.reader).cancel(reason);
  }

  releaseLock(): void {
    (this.plain ?? this.reader).releaseLock();
  }
}

function byobReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    // No stream of bytes.
    return null;
  }
}

/** Null where it takes too long. */
async function inTime<T>(promise: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
