import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { fileOf } from '../testing';
import { fuzz } from '../testing/fuzz';
import { packedParquet } from '../testing/packed-parquet';
import { previewDatasetFiles, readDatasetFiles } from './registry';

const records = Array.from({ length: 40 }, (_, i) => ({
  text: `sentence ${i}, "so é😀"`,
  label: ['pos', 'neg', 'neutral'][i % 3],
  n: i,
  split: ['train', 'dev', 'test', 'train', 'train'][i % 5],
}));
const csv = (delimiter: string) =>
  ['text', ...records.map(({ text }) => `"${text.replaceAll('"', '""')}"`)]
    .map((text, i) => (i === 0 ? ['text', 'label', 'split'] : [text, records[i - 1].label, records[i - 1].split]).join(delimiter))
    .join('\n');
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer);
const lines = records.map((record) => JSON.stringify(record)).join('\n');
const columnwise = Object.fromEntries((['text', 'label', 'split'] as const).map((name) => [name, records.map((each) => each[name])]));

function parquet(options: {
  codec?: 'UNCOMPRESSED' | 'SNAPPY';
  rowGroupSize?: number;
  nullable?: boolean;
  encoding?: 'DELTA_BYTE_ARRAY';
}): Uint8Array {
  const { nullable, encoding, ...rest } = options;
  const texts = (['text', 'label', 'split'] as const).map((name) => ({
    name,
    data: records.map((each) => each[name]),
    type: 'STRING' as const,
    nullable,
    encoding,
  }));
  const numbers = [
    { name: 'n', data: records.map(({ n }) => n), type: 'INT32' as const, encoding: 'DELTA_BINARY_PACKED' as const },
    { name: 'even', data: records.map(({ n }) => n % 2 === 0), type: 'BOOLEAN' as const },
    { name: 'list', data: records.map(({ n }) => [n]) },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData: [...texts, ...numbers], ...rest }));
}

const one = (name: string, bytes: Uint8Array) => ({ name, files: [{ name, bytes }] });
const cases = [
  one('set.csv', utf8(csv(','))),
  one('set.tsv', utf8(csv('\t'))),
  one('utf16.csv', utf16(csv(';'))),
  one('set.json', utf8(JSON.stringify(records, null, 1))),
  one('data.json', utf8(JSON.stringify({ meta: { a: [1] }, data: records }))),
  one('columns.json', utf8(JSON.stringify(columnwise))),
  one('set.jsonl', utf8(lines)),
  one('set.parquet', parquet({})),
  one('unpacked.parquet', parquet({ codec: 'UNCOMPRESSED' })),
  one('nullable.parquet', parquet({ codec: 'UNCOMPRESSED', nullable: true, rowGroupSize: 15 })),
  one('delta.parquet', parquet({ codec: 'UNCOMPRESSED', encoding: 'DELTA_BYTE_ARRAY' })),
  ...packedParquet.map(({ codec, bytes }) => one(`${codec.toLowerCase()}.parquet`, bytes)),
  {
    name: 'three files',
    files: [
      { name: 'train.csv', bytes: utf8('text,label\na,x\nb,y\n') },
      { name: 'dev.jsonl', bytes: utf8('{"text":"c","label":"x"}\n{"text":"d","label":"y"}') },
      { name: 'test.json', bytes: utf8('[{"text":"e","label":"x"}]') },
    ],
  },
];
const long = process.env.LONG === '1';
const mutations = long ? 100_000 : 1000;

it(
  `reads or refuses ${mutations} mutated data sets, each by a sentence and in bounded time`,
  async () => {
    const report = await fuzz({
      cases,
      mutations,
      seed: 20_241,
      read: async (given) => {
        const files = given.map(({ name, bytes }) => fileOf(bytes, { name, chunkBytes: 1000 }));
        const { guess } = await previewDatasetFiles(files);
        await readDatasetFiles(files, guess);
      },
    });
    expect(report.read).toBeGreaterThan(mutations / 20);
    expect(report.refused).toBeGreaterThan(mutations / 20);
    if (long) console.info(report);
  },
  long ? 3_600_000 : 60_000,
);
