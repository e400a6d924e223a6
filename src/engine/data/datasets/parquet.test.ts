import fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { expectFailure, failureOf, fileOf } from '../testing';
import { packedParquet, packedTexts } from '../testing/packed-parquet';
import { previewDatasetFiles, readDatasetFiles } from './registry';

const columns = { text: 'text', label: 'label', split: null };
type Columns = Parameters<typeof parquetWriteBuffer>[0];
const write = (columnData: Columns['columnData'], options: Partial<Columns> = {}) =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
const file = (bytes: Uint8Array, chunkBytes = 100) => fileOf(bytes, { name: 'set.parquet', chunkBytes });
const read = (bytes: Uint8Array, choice: Parameters<typeof readDatasetFiles>[1] = columns) => readDatasetFiles([file(bytes)], choice);
const labelsOf = ({ tasks: [{ classes, labels }] }: Awaited<ReturnType<typeof read>>) => [...labels].map((label) => classes[label]);

const texts = Array.from({ length: 500 }, (_, i) => `sentence ${i} é😀`);
const strings = { name: 'text', data: texts, type: 'STRING' as const };
const numbers = { name: 'label', data: texts.map((_, i) => i % 2), type: 'INT32' as const };
/** As Hugging Face's `datasets` writes it. */
const classLabel = {
  key: 'huggingface',
  value: JSON.stringify({ info: { features: { text: { _type: 'Value' }, label: { names: ['neg', 'pos'], _type: 'ClassLabel' } } } }),
};

describe('reading Parquet', () => {
  it.each([
    ['plain', {}],
    ['unpacked', { codec: 'UNCOMPRESSED' }],
    ['in row groups', { rowGroupSize: 70 }],
    ['in small pages', { pageSize: 256 }],
  ] as const)('%s', async (_, options) => {
    const set = await read(write([strings, numbers], options));
    expect(set.format).toBe('Parquet');
    expect(set.texts).toEqual(texts);
    expect(labelsOf(set)).toEqual(texts.map((_text, i) => String(i % 2)));
    expect(set.warnings).toEqual([]);
  });

  it.each(packedParquet)('packed by $codec', async ({ codec, bytes }) => {
    const codecs = parquetMetadata(bytes.slice().buffer).row_groups.flatMap(({ columns: all }) =>
      all.map(({ meta_data }) => meta_data?.codec),
    );
    expect(codecs).toContain(codec);
    const set = await read(bytes);
    expect(set.texts).toEqual(packedTexts);
    expect(labelsOf(set)).toEqual(packedTexts.map((_, i) => String(i % 2)));
  });

  it('refuses a damaged page of Zstandard, even where fzstd never comes back, and reads the next file', async () => {
    const whole = packedParquet.find(({ codec }) => codec === 'ZSTD')?.bytes ?? new Uint8Array();
    const damaged = Uint8Array.from(whole);
    damaged[45] ^= 32;
    await expectFailure(
      read(damaged),
      'bad-dataset',
      "set.parquet, record 1, column 1: the Parquet file can't be read from here on: a page that Zstandard packed can’t be unpacked.",
    );
    expect((await read(whole)).texts).toEqual(packedTexts);
  });

  it('names a codec that it cannot unpack', async () => {
    const lzo = write([strings, numbers], { codec: 'LZO', compressors: { LZO: (input) => input.slice(0, -1) } });
    await expectFailure(
      read(lzo),
      'bad-dataset',
      "set.parquet, record 1, column 1: the Parquet file can't be read from here on: it is packed by LZO, which can't be unpacked here.",
    );
  });

  it('reads 64-bit, repeated and true-or-false values, in every encoding', async () => {
    for (const encoding of ['PLAIN', 'DELTA_BINARY_PACKED', 'RLE_DICTIONARY'] as const) {
      const label = { name: 'label', data: texts.map((_, i) => BigInt(i % 3)), type: 'INT64' as const, encoding };
      expect((await read(write([strings, label]))).tasks[0].classes).toEqual(['0', '1', '2']);
    }
    for (const encoding of ['PLAIN', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY'] as const) {
      const set = await read(
        write([
          { ...strings, encoding },
          { name: 'label', data: texts.map((_, i) => i % 2 === 0), type: 'BOOLEAN' },
        ]),
      );
      expect(set.texts).toEqual(texts);
      expect(set.tasks[0].classes).toEqual(['false', 'true']);
    }
  });

  it('reads a split column, and names the classes of numbers where the file does', async () => {
    const split = { name: 'split', data: texts.map((_, i) => ['train', 'test'][i % 5 === 0 ? 1 : 0]), type: 'STRING' as const };
    const set = await read(write([strings, numbers, split], { kvMetadata: [classLabel] }), { ...columns, split: 'split' });
    expect(set.tasks[0].classes).toEqual(['neg', 'pos']);
    expect(set.ownSplit?.[0]).toBe(2);
    const without = await read(write([strings, numbers], { kvMetadata: [{ key: 'huggingface', value: 'no JSON' }] }));
    expect(without.tasks[0].classes).toEqual(['0', '1']);
  });

  it('again as it was written, whatever the values', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((value) => `x${value}x`);
    const record = fc.tuple(text, fc.constantFrom('a', 'b', '<b>'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        async (some, rowGroupSize, nullable) => {
          const all = [...some, ['fine', 'a'], ['poor', 'b']];
          const bytes = write(
            [
              { name: 'text', data: all.map(([value]) => value), type: 'STRING', nullable },
              { name: 'label', data: all.map(([, label]) => label), type: 'STRING', nullable },
            ],
            { rowGroupSize },
          );
          const set = await read(bytes);
          expect(set.texts).toEqual(all.map(([value]) => value));
          expect(labelsOf(set)).toEqual(all.map(([, label]) => label));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('previews the head of all columns, the nested ones empty', async () => {
    const tags = { name: 'tags', data: texts.map((_, i) => [i]) };
    const preview = await previewDatasetFiles([file(write([numbers, tags, strings], { rowGroupSize: 30 }), 1000)]);
    expect(preview.columns).toEqual(['label', 'tags', 'text']);
    expect(preview.rows[1]).toEqual(['1', '', 'sentence 1 é😀']);
    expect(preview.rows).toHaveLength(20);
    expect(preview.guess).toEqual({ text: 'text', label: 'label', split: null });
  });

  it('refuses nested columns, missing values and missing columns, with record and column', async () => {
    const lists = texts.map((_, i) => [i]);
    const schema: Columns['schema'] = [
      { name: 'root', num_children: 2 },
      { name: 'label', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'text', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'INT32', repetition_type: 'OPTIONAL' },
    ];
    const message =
      /^set.parquet \(Parquet\), record 1, column 2: a list in column "text", where one plain value should stand; record 2, column 2/;
    for (const bytes of [
      write([numbers, { name: 'text', data: lists }]),
      write(
        [
          { name: 'label', data: numbers.data },
          { name: 'text', data: lists },
        ],
        { schema },
      ),
    ]) {
      await expectFailure(read(bytes), 'bad-dataset', message, { file: 'set.parquet', line: 1, column: 2 });
    }
    const holes = { ...strings, data: texts.map((text, i) => (i === 7 ? null : text)), nullable: true };
    await expectFailure(
      read(write([holes, numbers])),
      'bad-dataset',
      'set.parquet (Parquet), record 8, column 1: no text in column "text".',
    );
    const unlabelled = { ...numbers, data: texts.map((_, i) => (i === 3 ? -1 : i % 2)) };
    const refused = read(write([strings, unlabelled], { kvMetadata: [classLabel] }));
    await expectFailure(refused, 'bad-dataset', 'set.parquet (Parquet), record 4, column 2: no label in column "label".');
    await expectFailure(
      read(write([strings, numbers]), { ...columns, label: 'stars' }),
      'bad-dataset',
      'set.parquet (Parquet), record 1, column 1: there is no column "stars" for the labels; the columns are "text", "label".',
    );
  });

  it('refuses a file that is cut off, at every place', async () => {
    const bytes = write([strings, numbers]);
    for (let end = 4; end < bytes.length; end += 97) {
      const error = await failureOf(read(bytes.subarray(0, end)));
      expect([error.code, error.place]).toEqual(['bad-dataset', { file: 'set.parquet', line: 1, column: 1 }]);
      expect(error.message).toContain('set.parquet, record 1, column 1: the Parquet file can');
    }
  });
});
