import { LabError } from '../../errors';
import type { Pace } from './pace';

/** What is needed of a stream's reader. */
export type ChunkReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel' | 'releaseLock'>;

/**
 * The chunks of a stream, empty ones left out. Releases the stream on every path: at the end, on an error of the reader's or its own, and when the
 * consumer breaks off.
 *
 * @throws LabError `cancelled`; `unreachable` where the source itself fails (a file that was moved, a connection that broke)
 */
export async function* chunksOf(source: ReadableStream<Uint8Array> | ChunkReader, name: string, pace: Pace): AsyncGenerator<Uint8Array> {
  const reader = 'getReader' in source ? source.getReader() : source;
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
