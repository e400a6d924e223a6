import { decompressZstd } from 'hyparquet-compressors';
import { describe, expect, it } from 'vitest';
import { ParquetFault } from './parquet-guard';
import { checkZstd } from './zstd-guard';

const mark = [0x28, 0xb5, 0x2f, 0xfd];
/** A header of one segment whose size stands in a byte. */
const sized = (size: number) => [...mark, 0x20, size];
const block = (kind: number, size: number, ...body: number[]) => {
  const head = (size << 3) | (kind << 1) | 1;
  return [head & 255, (head >> 8) & 255, head >> 16, ...body];
};
const stream = (...parts: number[][]) => Uint8Array.from(parts.flat());

describe('a Zstandard stream', () => {
  it('is let through where it keeps to its length', () => {
    const plain = stream(sized(3), block(0, 3, 7, 8, 9));
    const repeated = stream(sized(5), block(1, 5, 4));
    const passedOver = stream([0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 1], [...plain]);
    for (const [bytes, length] of [
      [plain, 3],
      [repeated, 5],
      [passedOver, 3],
      [stream([...plain], [...repeated]), 8],
    ] as const) {
      expect(() => checkZstd(bytes, length)).not.toThrow();
      expect(decompressZstd(bytes)).toHaveLength(length);
    }
  });

  it('is refused where a header promises more', () => {
    // Four bytes of size: 939,524,096.
    expect(() => checkZstd(stream([...mark, 0xa0, 0, 0, 0, 0x38], block(1, 5, 4)), 462)).toThrow(ParquetFault);
    // A window of 1 GiB.
    expect(() => checkZstd(stream([...mark, 0, 20 << 3], block(1, 5, 4)), 462)).toThrow('too large a window');
    expect(() => checkZstd(stream([...mark, 0, 13 << 3], block(1, 5, 4)), 462)).not.toThrow();
  });

  it('is refused where its blocks hold more', () => {
    expect(() => checkZstd(stream([...mark, 0, 0], block(1, 2 ** 20, 4)), 462)).toThrow('more than it says');
  });

  it('is left to the unpacker where it is cut off or is none', () => {
    const whole = stream(sized(3), block(0, 3, 7, 8, 9));
    for (let cut = 0; cut < whole.length; cut++) expect(() => checkZstd(whole.subarray(0, cut), 3)).not.toThrow();
    expect(() => checkZstd(Uint8Array.from([1, 2, 3, 4, 5, 6]), 3)).not.toThrow();
  });
});
