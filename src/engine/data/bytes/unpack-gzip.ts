import { LabError } from '../../errors';
import { checkUnpacked } from './bounds';
import type { InputFailureCode } from './open';
import { type SourceFile, unknownSize } from './source-file';

const trailerBytes = 4;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * What is inside a gzip file, unpacked as it streams. How much that is only reading tells; the last four bytes of a file that is at hand
 * give an estimate.
 *
 * @param blob the file itself, where any part of it can be read
 */
export async function gunzipped(packed: SourceFile, blob: Blob | null, code: InputFailureCode): Promise<SourceFile> {
  return {
    name: packed.name.replace(/\.(gz|gzip)$/i, ''),
    size: unknownSize,
    estimatedSize: blob && (await estimate(blob)),
    stream: () => gunzip(packed, code),
  };
}

/** The trailer holds the size modulo 2^32, of the last member. Text rarely unpacks to less than it was. */
async function estimate(blob: Blob): Promise<number | null> {
  const trailer = await blob.slice(-trailerBytes).arrayBuffer();
  if (trailer.byteLength < trailerBytes) return null;
  let size = new DataView(trailer).getUint32(0, true);
  while (size < blob.size) size += 2 ** 32;
  return size;
}

function gunzip(packed: SourceFile, code: InputFailureCode): ReadableStream<Uint8Array> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  let sourceFailure: { reason: unknown } | null = null;
  const source = packed.stream().getReader();
  const counted = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await source.read();
          if (done) return controller.close();
          packedBytes += value.length;
          controller.enqueue(value as Uint8Array<ArrayBuffer>);
        } catch (reason) {
          sourceFailure = { reason };
          throw reason;
        }
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const unpacked = counted.pipeThrough(new DecompressionStream('gzip')).getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await unpacked.read().catch((error: unknown) => {
          throw sourceFailure ? sourceFailure.reason : damaged(packed.name, code, unpackedBytes, error);
        });
        if (done) return controller.close();
        unpackedBytes += value.length;
        try {
          checkUnpacked(packed.name, code, unpackedBytes, packedBytes);
        } catch (error) {
          await unpacked.cancel().catch(() => {});
          throw error;
        }
        controller.enqueue(value);
      },
      cancel: (reason) => unpacked.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function damaged(file: string, code: InputFailureCode, unpackedBytes: number, error: unknown): LabError {
  const reason = error instanceof Error ? error.message : String(error);
  return new LabError(
    code,
    `${file} is compressed by gzip, and is cut off or damaged: it unpacks no further than byte ${unpackedBytes.toLocaleString('en-US')} (${reason}).`,
    'Download or copy it again, or unpack it yourself and load what is inside.',
    { file },
  );
}
