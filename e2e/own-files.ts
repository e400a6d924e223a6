/** Files as people have them, of two kinds of words that a first number tells apart. */
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';

export interface GivenFile {
  name: string;
  content: Buffer;
}

const good = ['good', 'fine', 'great', 'lovely', 'bright'];
const bad = ['bad', 'poor', 'awful', 'dull', 'broken'];
export const words = good.flatMap((word, i) => [word, bad[i]]);
export const dimension = 16;

const row = (k: number) => [k % 2 ? -0.6 : 0.6, ...Array.from({ length: dimension - 1 }, (_, i) => Math.sin(3 * k + i) / 4)];
const values = () => Buffer.from(Float32Array.from(words.flatMap((_, k) => row(k))).buffer);

export function gloveText(): string {
  return `${words.map((word, k) => `${word} ${row(k).join(' ')}`).join('\n')}\n`;
}

export function gloveGzip(): GivenFile {
  return { name: 'glove.txt.gz', content: gzipSync(gloveText()) };
}

export function word2vecBinary(): GivenFile {
  const rows = words.flatMap((word, k) => [Buffer.from(`${word} `), Buffer.from(Float32Array.from(row(k)).buffer), Buffer.from('\n')]);
  return { name: 'word2vec.bin', content: Buffer.concat([Buffer.from(`${words.length} ${dimension}\n`), ...rows]) };
}

/** Version 1.0 of NumPy's format: magic, version, length of the header, the header padded to 64 bytes, the values. */
export function npy(): GivenFile {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${words.length}, ${dimension}), }`;
  const padded = `${header.padEnd(Math.ceil((10 + header.length + 1) / 64) * 64 - 11)}\n`;
  const prelude = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length & 0xff, padded.length >> 8]);
  return { name: 'table.npy', content: Buffer.concat([prelude, Buffer.from(padded), values()]) };
}

const integers = (...numbers: number[]) => Buffer.from(Int32Array.from(numbers).buffer);
const longs = (...numbers: number[]) => Buffer.from(BigInt64Array.from(numbers, BigInt).buffer);

/** fastText's model file: arguments, dictionary, input matrix; nothing of it is a subword. */
function fasttext(): GivenFile {
  const entries = words.map((word) => Buffer.concat([Buffer.from(`${word}\0`), longs(1), Buffer.of(0)]));
  const parameters = [integers(793_712_314, 12, dimension, ...new Array<number>(11).fill(0)), Buffer.from(Float64Array.of(0).buffer)];
  const dictionary = [integers(words.length, words.length, 0), longs(words.length, -1), ...entries];
  return {
    name: 'model.bin',
    content: Buffer.concat([...parameters, ...dictionary, Buffer.of(0), longs(words.length, dimension), values()]),
  };
}

function safetensors(): GivenFile {
  const data = values();
  const header = JSON.stringify({ embedding: { dtype: 'F32', shape: [words.length, dimension], data_offsets: [0, data.length] } });
  return { name: 'model.safetensors', content: Buffer.concat([longs(header.length), Buffer.from(header), data]) };
}

/** Tables of one file, and the format that the page is to name. */
export function otherTables(): { file: GivenFile; format: string }[] {
  const vec = `${words.length} ${dimension}\n${gloveText()}`;
  return [
    { file: { name: 'words.vec', content: Buffer.from(vec) }, format: 'word2vec text' },
    { file: fasttext(), format: 'fastText .bin' },
  ];
}

/** Tables whose words are in another file. */
export function otherPairs(): { files: [GivenFile, GivenFile]; format: string }[] {
  const tokenizer = { model: { vocab: Object.fromEntries(words.map((word, id) => [word, id])) } };
  const tsv = words.map((_, k) => row(k).join('\t')).join('\n');
  return [
    { files: [safetensors(), { name: 'tokenizer.json', content: Buffer.from(JSON.stringify(tokenizer)) }], format: 'safetensors' },
    {
      files: [
        { name: 'tensors.tsv', content: Buffer.from(tsv) },
        { ...vocabulary(), name: 'metadata.tsv' },
      ],
      format: 'Embedding Projector TSV',
    },
  ];
}

/** The reviews in each of the other formats. */
export function otherReviews(): { file: GivenFile; format: string }[] {
  const all = records();
  const columns = (['review', 'liked', 'part'] as const).map((name) => ({
    name,
    data: all.map((each) => each[name]),
    type: 'STRING' as const,
  }));
  const tsv = ['review\tliked\tpart', ...all.map(({ review, liked, part }) => `${review}\t${liked}\t${part}`)].join('\n');
  return [
    { file: { name: 'reviews.tsv.gz', content: gzipSync(tsv) }, format: 'TSV' },
    { file: { name: 'reviews.json', content: Buffer.from(JSON.stringify(all)) }, format: 'JSON' },
    { file: { name: 'reviews.parquet', content: Buffer.from(parquetWriteBuffer({ columnData: columns })) }, format: 'Parquet' },
  ];
}

export function vocabulary(): GivenFile {
  return { name: 'vocabulary.txt', content: Buffer.from(`${words.join('\n')}\n`) };
}

const parts = ['train', 'train', 'train', 'validation', 'test'];

/** Sentences of three words, with a column that says which split each is in. */
function records() {
  return Array.from({ length: 120 }, (_, i) => {
    const from = i % 2 ? bad : good;
    const text = [0, 1, 2].map((k) => from[(i * 7 + k * (1 + (i % 3))) % 5]).join(' ');
    return { review: `${text}, no. ${i}`, liked: i % 2 ? 'no' : 'yes', part: parts[Math.floor(i / 2) % 5] };
  });
}

export function reviewsText(): string {
  return `review,liked,part\n${records()
    .map(({ review, liked, part }) => `"${review}",${liked},${part}`)
    .join('\n')}\n`;
}

export function reviewsCsv(): GivenFile {
  return { name: 'reviews.csv', content: Buffer.from(reviewsText()) };
}

export function reviewsJsonLines(): GivenFile {
  return {
    name: 'reviews.jsonl',
    content: Buffer.from(
      records()
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    ),
  };
}

/** A GloVe text that takes a while to read. */
export function largeGlove(rows: number): Buffer {
  const tail = `${Array.from({ length: 50 }, (_, i) => (Math.sin(i) / 3).toFixed(6)).join(' ')}\n`;
  const blocks: Buffer[] = [];
  for (let from = 0; from < rows; from += 10_000) {
    let text = '';
    for (let i = from; i < Math.min(rows, from + 10_000); i++) text += `word${i} ${tail}`;
    blocks.push(Buffer.from(text));
  }
  return Buffer.concat(blocks);
}
