import { LabError } from '../../errors';
import type { Pace } from './pace';

/** Read at once where chunks are read into one buffer. */
const reusedBytes = 256 * 2 ** 10;

/**
 * The chunks of a stream, empty ones left out. Releases the stream on every path: at the end, on an error of the reader's or its own, and when the
 * consumer breaks off.
 *
 * @param reuse read all chunks into the same memory, where the stream can (a file's in a browser): for a consumer that is done with a chunk
 *   before it asks for the next. A browser is slow to collect chunks that nobody holds any more: 130 MB of them lay about while a
 *   million words were read
 * @throws LabError `cancelled`; `unreachable` where the source itself fails (a file that was moved, a connection that broke)
 */
export async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  name: string,
  pace: Pace,
  { reuse = false }: { reuse?: boolean } = {},
): AsyncGenerator<Uint8Array> {
  const reader = (reuse ? reusingReader(stream) : null) ?? stream.getReader();
  try {
    for (;;) {
      pace.check();
      const { done, value } = await reader.read().catch((error: unknown) => {
        pace.check();
        // What unpacks the stream knows better what is wrong with it.
        if (error instanceof LabError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new LabError(
          'unreachable',
          `${name} could not be read to its end: ${reason}`,
          'See that it is still there, and load it again.',
          {
            file: name,
          },
        );
      });
      pace.check();
      if (done) return;
      if (value.length > 0) yield value;
    }
  } finally {
    // Tells a download to end; a stream that is at its end or broken already has nothing more to say.
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/** A reader whose every chunk lies in the memory of the one before; null where the stream has none. */
function reusingReader(
  stream: ReadableStream<Uint8Array>,
): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel' | 'releaseLock'> | null {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    // No stream of bytes: what unpacks makes one of chunks.
    return null;
  }
  let memory = new ArrayBuffer(reusedBytes);
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(memory));
      if (done || !value) return { done: true, value: undefined };
      memory = value.buffer;
      return { done: false, value };
    },
    cancel: (reason) => reader.cancel(reason),
    releaseLock: () => reader.releaseLock(),
  };
}
