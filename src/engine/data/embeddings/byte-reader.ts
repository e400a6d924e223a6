import { chunksOf } from '../bytes/chunks';
import type { ContentIdentity } from '../bytes/identity';
import type { Pace } from '../bytes/pace';
import { type SourceFile, unknownSize } from '../bytes/source-file';

/**
 * A stream of bytes to read binary formats from: whoever wants n bytes in one piece asks for them, and no more is held than that and one
 * chunk. Whatever a header promises, memory grows only as bytes do arrive.
 */
export class ByteReader {
  /** What is there now; what is unread begins at `at`. */
  bytes: Uint8Array = new Uint8Array(0);
  /** To be moved on by the reader, over what it has read. */
  at = 0;
  private offset = 0;
  private ended = false;
  private readonly chunks: AsyncGenerator<Uint8Array>;

  /**
   * @param identity takes every byte that comes by
   * @param before bytes that were read before this file, for the progress
   */
  constructor(
    file: SourceFile,
    private readonly pace: Pace,
    private readonly identity: ContentIdentity | null,
    private readonly before: number,
  ) {
    this.chunks = chunksOf(file.stream(), file.name, pace);
  }

  /** Bytes of the file before the next unread one. */
  get position(): number {
    return this.offset + this.at;
  }

  /** Unread bytes that are there. */
  get available(): number {
    return this.bytes.length - this.at;
  }

  /** Sees to it that `wanted` bytes are there, in one piece. False where the file ends before; what is left is there then. */
  async fill(wanted: number): Promise<boolean> {
    if (this.available >= wanted) return true;
    const pieces = [this.bytes.subarray(this.at)];
    let length = this.available;
    while (length < wanted) {
      const chunk = await this.next();
      if (chunk === null) break;
      pieces.push(chunk);
      length += chunk.length;
    }
    this.offset += this.at;
    this.at = 0;
    this.bytes = joined(pieces, length);
    return length >= wanted;
  }

  /** Reads on to the end, for the identity's sake. Returns how many bytes were still unread. */
  async drain(): Promise<number> {
    let rest = this.available;
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) rest += chunk.length;
    this.offset += this.at + rest;
    this.at = 0;
    this.bytes = new Uint8Array(0);
    return rest;
  }

  /** To be asked every few hundred rows: a chunk may be the whole file. */
  due(): boolean {
    return this.pace.due();
  }

  /** @throws LabError `cancelled` */
  async beat(): Promise<void> {
    await this.pace.beat(this.before + this.position);
  }

  async close(): Promise<void> {
    await this.chunks.return(undefined);
  }

  private async next(): Promise<Uint8Array | null> {
    if (this.ended) return null;
    const { done, value } = await this.chunks.next();
    if (done) {
      this.ended = true;
      return null;
    }
    this.identity?.update(value);
    if (this.pace.due()) await this.beat();
    return value;
  }
}

/** Lets `work` read a file, and closes it on every path. */
export async function withReader<T>(
  file: SourceFile,
  { pace, identity = null, before = 0 }: { pace: Pace; identity?: ContentIdentity | null; before?: number },
  work: (reader: ByteReader) => Promise<T>,
): Promise<T> {
  const reader = new ByteReader(file, pace, identity, before);
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

/**
 * The file's size where it is smaller than `needed` bytes, null where it holds as many. A file whose size only reading tells passes, to fail when
 * it does end, unless `counted`: then its bytes are counted first.
 */
export async function sizeIfShort(
  file: SourceFile,
  needed: number,
  { pace, counted }: { pace: Pace; counted: boolean },
): Promise<number | null> {
  const size = counted && file.size === unknownSize ? await withReader(file, { pace }, (reader) => reader.drain()) : file.size;
  return size < needed ? size : null;
}

function joined(pieces: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
