/**
 * The same data set as Parquet, packed by every codec: 120 sentences of two classes. gzip and brotli by Node, Snappy by the writer; Zstandard
 * and LZ4 (its raw blocks, and Hadoop's frames around them) by their own programs, zstd 1.5.4 and lz4 1.9.4, kept in `fixtures/`: Node has neither.
 */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import fixtures from '../datasets/fixtures/packed-parquet.json';

export const packedTexts = Array.from({ length: 120 }, (_, i) => `sentence ${i} é😀`);

type Packed = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['compressors']>;

function written(codec: keyof Packed, compressors: Packed): Uint8Array {
  const columnData = [
    { name: 'text', data: packedTexts, type: 'STRING' as const },
    { name: 'label', data: packedTexts.map((_, i) => i % 2), type: 'INT32' as const },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, codec, compressors }));
}

export const packedParquet: readonly { codec: string; bytes: Uint8Array }[] = [
  { codec: 'SNAPPY', bytes: written('SNAPPY', {}) },
  { codec: 'GZIP', bytes: written('GZIP', { GZIP: (input) => new Uint8Array(gzipSync(input)) }) },
  { codec: 'BROTLI', bytes: written('BROTLI', { BROTLI: (input) => new Uint8Array(brotliCompressSync(input)) }) },
  ...Object.entries(fixtures).map(([codec, base64]) => ({ codec, bytes: new Uint8Array(Buffer.from(base64, 'base64')) })),
];
