/**
 * A kept table: the layout of the bundled one (`bundled-format.ts`: magic, header, float32 row by row), with what the report says of it in
 * the header. Written and read block by block: a table of a gigabyte never stands in memory twice.
 */
import { z } from 'zod';
import { type VectorsHeader, vectorsHeader, vectorsMagic, vectorsPreludeBytes } from '../bundled-format';
import { chunksOf } from '../bytes/chunks';
import { Pace } from '../bytes/pace';
import { reusingReader } from '../bytes/reusing-reader';
import type { ReadOptions } from '../bytes/source-file';
import type { WordVectors } from '../dataset';
import { WordTable } from '../word-table';
import { damagedCopy, type KeptFile, type KeptSource, keptOrigin } from './kept';

const pieceBytes = 4 * 2 ** 20;
/** Looked at as one: a schema of each of a million words would leave more garbage than they are. */
const someWords = z.custom<VectorsHeader['words']>(
  (words) => Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string'),
);
const keptHeader = vectorsHeader.extend({ words: someWords, kept: keptOrigin });

/** Words that are written at a time: their text all at once would be as large as a tenth of the table, three times over. */
const wordsAtOnce = 4096;

/** The bytes of a kept table, in pieces of at most 4 MiB, and how many they are. */
export function writeKeptVectors({ source, format, words, vectors, warnings, licence }: WordVectors): KeptSource {
  const encoder = new TextEncoder();
  const rest: Omit<VectorsHeader & z.infer<typeof keptHeader>, 'words'> = {
    dimension: vectors.columns,
    frequentWords: words.length,
    kept: { source, format, warnings, licence },
  };
  /** The header's JSON, the words last. */
  function* header() {
    yield encoder.encode(`${JSON.stringify(rest).slice(0, -1)},"words":[`);
    for (let from = 0; from < words.length; from += wordsAtOnce) {
      const some = JSON.stringify(words.slice(from, from + wordsAtOnce)).slice(1, -1);
      yield encoder.encode(from === 0 ? some : `,${some}`);
    }
    yield encoder.encode(']}');
  }
  let length = 0;
  for (const part of header()) length += part.length;
  const padded = Math.ceil(length / 4) * 4;
  const prelude = new Uint8Array(vectorsPreludeBytes);
  prelude.set(encoder.encode(vectorsMagic));
  new DataView(prelude.buffer).setUint32(vectorsMagic.length, padded, true);
  function* chunks() {
    yield prelude;
    for (const part of header()) yield* piecesOf(part);
    yield new Uint8Array(padded - length).fill(0x20);
    for (const { values } of vectors.blocks()) yield* piecesOf(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return { chunks: chunks(), sizeBytes: prelude.length + padded + vectors.sizeBytes };
}

function* piecesOf(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/**
 * Reads a kept table back, straight into its blocks.
 *
 * @throws LabError `bad-embeddings` where the copy is damaged; `cancelled`; `out-of-memory`
 */
export async function readKeptVectors(file: KeptFile, options: ReadOptions = {}): Promise<WordVectors> {
  const pace = new Pace(`Reading ${file.name}, kept from an earlier visit`, file.size, options);
  const pieces = chunksOf(reusingReader(file), file.name, pace);
  const refuse = (what: string): never => {
    throw damagedCopy('bad-embeddings', file.name, what);
  };
  try {
    const head = new Head(pieces);
    const prelude = (await head.take(vectorsPreludeBytes)) ?? refuse('it is too short');
    if (new TextDecoder().decode(prelude.subarray(0, vectorsMagic.length)) !== vectorsMagic) refuse('it begins with something else');
    const headerBytes = new DataView(prelude.buffer).getUint32(vectorsMagic.length, true);
    const text = (headerBytes <= file.size && (await head.take(headerBytes))) || refuse('its header has no end');
    const header = parseHeader(text) ?? refuse('its header is not what it should be');
    const { words, dimension, kept } = header;
    const expected = vectorsPreludeBytes + headerBytes + words.length * dimension * 4;
    if (file.size !== expected) refuse(`it has ${file.size} bytes where its header says ${expected}`);

    const rows = new Rows(new WordTable(dimension));
    let done = vectorsPreludeBytes + headerBytes;
    const take = (bytes: Uint8Array) => {
      done += bytes.length;
      if (!rows.add(bytes)) refuse('a value is not a finite number');
    };
    take(head.rest);
    for await (const bytes of pieces) {
      take(bytes);
      if (pace.due()) await pace.beat(done);
    }
    if (rows.table.rows !== words.length) refuse('it breaks off');
    const index = new Map<string, number>();
    for (const [row, word] of words.entries()) index.set(word, row);
    if (index.size !== words.length) refuse('a word occurs twice');
    pace.report(file.size);
    return { ...kept, words, index, vectors: rows.table };
  } finally {
    await pieces.return(undefined);
  }
}

function parseHeader(bytes: Uint8Array): z.infer<typeof keptHeader> | null {
  try {
    return keptHeader.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

/** The first bytes of a file, however they come in pieces. */
class Head {
  /** Of the piece that was read last, what nobody took. */
  rest: Uint8Array = new Uint8Array(0);

  constructor(private readonly pieces: AsyncGenerator<Uint8Array>) {}

  /** The next `length` bytes, of their own memory; null where the file ends before. */
  async take(length: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const taken = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (this.rest.length === 0) {
        const { done, value } = await this.pieces.next();
        if (done) return null;
        this.rest = value;
      }
      const some = this.rest.subarray(0, length - filled);
      taken.set(some, filled);
      filled += some.length;
      this.rest = this.rest.subarray(some.length);
    }
    return taken;
  }
}

/** Writes bytes into a table's rows; a piece may end inside a number. */
class Rows {
  private filled = 0;

  constructor(readonly table: WordTable) {}

  /** False where a value is not finite. */
  add(bytes: Uint8Array): boolean {
    const rowBytes = this.table.columns * 4;
    for (let at = 0; at < bytes.length; ) {
      const { values, at: first } = this.table.next();
      const taken = Math.min(rowBytes - this.filled, bytes.length - at);
      const row = new Uint8Array(values.buffer, values.byteOffset + first * 4, rowBytes);
      row.set(bytes.subarray(at, at + taken), this.filled);
      at += taken;
      this.filled += taken;
      if (this.filled < rowBytes) return true;
      // Infinity and NaN are the values that do not cancel against themselves.
      for (let i = first; i < first + this.table.columns; i++) if (values[i] - values[i] !== 0) return false;
      this.table.commit();
      this.filled = 0;
    }
    return true;
  }
}
