import { ZSTDDecoder } from 'zstddec';
import { ParquetFault } from './parquet-guard';

/** What a byte can unpack to: a block of one repeated byte takes four, and is of 128 KiB at most (RFC 8878, section 3.1.1.2.3). */
const mostFromByte = 2 ** 17 / 4;

/**
 * Zstandard by its own decoder, as WebAssembly. hyparquet-compressors brings fzstd, which makes the room that a damaged header promises, and over one flipped bit
 * goes round for ever.
 *
 * Its memory grows to the largest page that it unpacked, and stays: pages are bounded (`parquet-guard.ts`), and one that can't be so large is refused first.
 */
export async function zstdUnpacker(): Promise<(input: Uint8Array, length: number) => Uint8Array> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return (input, length) => {
    // To the decoder a length of 0 is one that isn't known.
    if (length === 0) return new Uint8Array(0);
    if (length > mostFromByte * input.length) throw new ParquetFault('a page that Zstandard packed is smaller than it says');
    const output = decoder.decode(input, length);
    // It has no other way to say that it failed.
    if (output.length !== length) throw new ParquetFault('a page that Zstandard packed can’t be unpacked');
    return output;
  };
}
