/** Files as people have them, of two kinds of words that a first number tells apart. */
import { gzipSync } from 'node:zlib';

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
