import type { SourceReference } from '../../../protocol/specification';
import { Sha256 } from './sha256';

/** Above it, a file is known by its ends alone: hashing every byte would lengthen the reading of a large table by more than half. */
const wholeBytes = 64 * 2 ** 20;
const endBytes = 2 ** 20;
/** 64 bits: enough that nobody's files collide, short enough for a link. */
const digits = 16;

/**
 * The content id of a file, taken while it is read: `sha256:` and 16 hexadecimal digits. The same bytes have the same id, whatever the file
 * is called and however it was packed.
 *
 * Up to 64 MiB it is the hash of every byte. A larger file's is the hash of its size, its first MiB and its last MiB: two large files
 * that differ only between those get the same id.
 */
export class ContentIdentity {
  /** Of every byte; null once it is sure that the file is a large one. */
  private hash: Sha256 | null;
  private head: Uint8Array[] = [];
  /** The last bytes that came by, at least a MiB of them where there were so many. */
  private tail: Uint8Array[] = [];
  private tailBytes = 0;
  private seen = 0;

  /** @param sizeBytes the file's size, `unknownSize` where only reading tells */
  constructor(private readonly sizeBytes: number) {
    this.hash = sizeBytes <= wholeBytes || !Number.isFinite(sizeBytes) ? new Sha256() : null;
  }

  /** Takes the next bytes of the file. */
  update(bytes: Uint8Array): void {
    const start = this.seen;
    this.seen += bytes.length;
    if (this.seen > wholeBytes) this.hash = null;
    this.hash?.update(bytes);
    // A file that is surely small has no use for its ends.
    if (this.sizeBytes <= wholeBytes && this.seen <= wholeBytes) return;
    if (start < endBytes) this.head.push(bytes.slice(0, endBytes - start));
    // What can't be within the last MiB needn't be copied.
    if (Number.isFinite(this.sizeBytes) && this.seen <= this.sizeBytes - endBytes) return;
    this.tail.push(bytes.slice(-endBytes));
    this.tailBytes += this.tail[this.tail.length - 1].length;
    while (this.tailBytes - this.tail[0].length >= endBytes) this.tailBytes -= this.tail.shift()?.length ?? 0;
  }

  /** @param name for people */
  reference(name: string): SourceReference {
    return { id: `sha256:${(this.hash ?? this.hashOfEnds()).hex().slice(0, digits)}`, name };
  }

  private hashOfEnds(): Sha256 {
    const hash = new Sha256().update(new TextEncoder().encode(`size ${this.seen}\n`));
    for (const piece of this.head) hash.update(piece);
    let over = this.tailBytes - endBytes;
    for (const piece of this.tail) {
      hash.update(over > 0 ? piece.subarray(over) : piece);
      over -= Math.min(Math.max(over, 0), piece.length);
    }
    return hash;
  }
}
