import { describe, expect, it } from 'vitest';
import { fileOf } from '../testing';
import { reusingReader } from './reusing-reader';
import type { SourceFile } from './source-file';

const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 31) % 251);

/** A stream of bytes that fills what it is given; one that stalls answers nothing after `limit` bytes. */
function byteStream(start: number, limit = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> {
  let at = start;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (at - start >= limit) return new Promise<void>(() => {});
      const view = controller.byobRequest?.view as Uint8Array;
      const some = bytes.subarray(at, at + Math.min(view.byteLength, 70_001));
      if (some.length === 0) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(some);
      at += some.length;
      controller.byobRequest?.respond(some.length);
    },
  });
}

/** An ordinary stream, whose chunks come late. */
function plainStream(start: number): ReadableStream<Uint8Array> {
  let at = start;
  return new ReadableStream({
    async pull(controller) {
      if (at === start) await new Promise((resolve) => setTimeout(resolve, 1300));
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + 90_001));
      at += 90_001;
    },
  });
}

async function all(file: SourceFile): Promise<{ content: Buffer; chunks: number }> {
  const reader = reusingReader(file);
  const copies: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { content: Buffer.concat(copies), chunks: copies.length };
    copies.push(value.slice());
  }
}

describe('a reader that uses its memory again', () => {
  it('gives all bytes, in order', async () => {
    const file = {
      name: 'a',
      size: bytes.length,
      stream: () => byteStream(0),
      slice: (start: number) => ({ stream: () => byteStream(start) }),
    };
    const { content, chunks } = await all(file);
    expect(chunks).toBeGreaterThan(10);
    expect(content.equals(bytes)).toBe(true);
  });

  it('reads on from where it was when a read is forgotten, by a reader that waits', async () => {
    const starts: number[] = [];
    const file = {
      name: 'a',
      size: bytes.length,
      stream: () => byteStream(0, 300_000),
      slice: (start: number) => {
        starts.push(start);
        return { stream: () => plainStream(start) };
      },
    };
    const { content } = await all(file);
    expect(starts).toHaveLength(1);
    expect(content.equals(bytes)).toBe(true);
  });

  it('is a plain one for a file that is no stream of bytes', async () => {
    const { content } = await all(fileOf(bytes, { name: 'a', chunkBytes: 1000 }));
    expect(content.equals(bytes)).toBe(true);
  });
});
