import type { SourceReference } from '../../../protocol/specification';
import { Sha256 } from './sha256';

/** Above it, a file is known by its ends alone: hashing every byte would lengthen the reading of a large table by more than half. */
const wholeBytes = 64 * 2 ** 20;
const endBytes = 2 ** 20;
/** 64 bits: enough that nobody's files collide, short enough for a link. */
const digits = 16;

/**
 * The content id of a file, taken while it is read: `sha256:` and 16 hexadecimal digits. The same bytes have the same id, whatever the file
 * is called.
 *
 * Up to 64 MiB it is the hash of every byte. A larger file's is the hash of its size, its first MiB and its last MiB: two large files
 * that differ only between those get the same id.
 */
export class ContentIdentity {
  private readonly hash = new Sha256();
  private readonly whole: boolean;
  private seen = 0;

  /** @param sizeBytes the file's size */
  constructor(private readonly sizeBytes: number) {
    this.whole = sizeBytes <= wholeBytes;
    if (!this.whole) this.hash.update(new TextEncoder().encode(`size ${sizeBytes}\n`));
  }

  /** Takes the next bytes of the file. */
  update(bytes: Uint8Array): void {
    const start = this.seen;
    this.seen += bytes.length;
    if (this.whole) {
      this.hash.update(bytes);
      return;
    }
    if (start < endBytes) this.hash.update(bytes.subarray(0, endBytes - start));
    const tail = this.sizeBytes - endBytes;
    if (this.seen > tail) this.hash.update(bytes.subarray(Math.max(0, tail - start)));
  }

  /** @param name for people */
  reference(name: string): SourceReference {
    return { id: `sha256:${this.hash.hex().slice(0, digits)}`, name };
  }
}
