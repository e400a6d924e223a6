/**
 * Looks through the frames of a Zstandard stream before fzstd believes them: it allocates what a frame's header promises, which of 462 bytes of a damaged
 * file were 940 MB, and what a block of a repeated byte does.
 *
 * Frames and blocks: RFC 8878, sections 3.1.1 and 3.1.2. May go when fzstd writes into a buffer of a given size and tells how much it wrote.
 */
import { ParquetFault } from './parquet-guard';

const frameMark = 0xfd2fb528;
/** Of frames that are passed over; their last four bits are free. */
const skippedMark = 0x184d2a50;
/** What every decoder should have room for, however little is packed (RFC 8878, section 3.1.1.1.2). */
const leastWindow = 8 * 2 ** 20;
const rawBlock = 0;
const repeatedBlock = 1;

/**
 * @param bytes frames, one after the other; one that is cut off is left to the unpacker, which refuses it
 * @param length what they are to unpack to, in bytes
 * @throws ParquetFault where they promise more
 */
export function checkZstd(bytes: Uint8Array, length: number): void {
  const tooLong = () => new ParquetFault('a page unpacks to more than it says');
  const littleEndian = (at: number, count: number) => {
    let value = 0;
    for (let i = count - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
    return value;
  };
  /** Bytes that blocks say they unpack to, and that frames promise: fzstd makes room for both. */
  let plain = 0;
  let promised = 0;
  for (let at = 0; at + 4 < bytes.length; ) {
    const mark = littleEndian(at, 4);
    if ((mark & 0xfffffff0) === skippedMark) {
      at += 8 + littleEndian(at + 4, 4);
      continue;
    }
    if (mark !== frameMark) return;
    const flags = bytes[at + 4];
    const single = (flags >> 5) & 1;
    at += 5;
    if (!single) {
      const base = 2 ** (10 + (bytes[at] >> 3));
      if (base + (base / 8) * (bytes[at] & 7) > Math.max(length, leastWindow)) throw new ParquetFault('a page asks for too large a window');
      at++;
    }
    at += [0, 1, 2, 4][flags & 3];
    const sizeBytes = flags >> 6 ? 1 << (flags >> 6) : single;
    promised += littleEndian(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
    if (promised > length) throw tooLong();
    at += sizeBytes;
    for (let last = false; !last && at + 3 <= bytes.length; ) {
      const head = littleEndian(at, 3);
      const kind = (head >> 1) & 3;
      const size = head >> 3;
      last = head % 2 === 1;
      if (kind === rawBlock || kind === repeatedBlock) plain += size;
      if (plain > length) throw tooLong();
      at += 3 + (kind === repeatedBlock ? 1 : size);
    }
    if ((flags >> 2) & 1) at += 4;
  }
}
