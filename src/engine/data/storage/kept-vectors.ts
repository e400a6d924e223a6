/**
 * A kept table: the layout of the bundled one (`bundled-format.ts`: magic, header, float32 row by row), with what the report says of it in
 * the header. Written and read block by block: a table of a gigabyte never stands in memory twice.
 */
import type { z } from 'zod';
import { type VectorsHeader, vectorsHeader, vectorsMagic, vectorsPreludeBytes } from '../bundled-format';
import { chunksOf } from '../bytes/chunks';
import { Pace } from '../bytes/pace';
import type { ReadOptions } from '../bytes/source-file';
import type { WordVectors } from '../dataset';
import { WordTable } from '../word-table';
import { damagedCopy, type KeptFile, type KeptSource, keptOrigin } from './kept';

const pieceBytes = 4 * 2 ** 20;
const keptHeader = vectorsHeader.extend({ kept: keptOrigin });

/** The bytes of a kept table, in pieces of at most 4 MiB, and how many they are. */
export function writeKeptVectors({ source, format, words, vectors, warnings, licence }: WordVectors): KeptSource {
  const [first, ...others] = words;
  const header: VectorsHeader & z.infer<typeof keptHeader> = {
    words: [first, ...others],
    dimension: vectors.columns,
    frequentWords: words.length,
    kept: { source, format, warnings, licence },
  };
  const encoder = new TextEncoder();
  const text = encoder.encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 4) * 4;
  const head = new Uint8Array(vectorsPreludeBytes + padded).fill(0x20);
  head.set(encoder.encode(vectorsMagic));
  new DataView(head.buffer).setUint32(vectorsMagic.length, padded, true);
  head.set(text, vectorsPreludeBytes);
  function* chunks() {
    yield head;
    for (const { values } of vectors.blocks()) {
      for (let at = 0; at < values.byteLength; at += pieceBytes) {
        yield new Uint8Array(values.buffer, values.byteOffset + at, Math.min(pieceBytes, values.byteLength - at));
      }
    }
  }
  return { chunks: chunks(), sizeBytes: head.length + vectors.sizeBytes };
}

/**
 * Reads a kept table back, straight into its blocks.
 *
 * @throws LabError `bad-embeddings` where the copy is damaged; `cancelled`; `out-of-memory`
 */
export async function readKeptVectors(file: KeptFile, options: ReadOptions = {}): Promise<WordVectors> {
  const pace = new Pace(`Reading ${file.name}, kept from an earlier visit`, file.size, options);
  const pieces = chunksOf(file.stream(), file.name, pace);
  const refuse = (what: string): never => {
    throw damagedCopy('bad-embeddings', file.name, what);
  };
  try {
    const head = new Head();
    if (!(await head.fill(pieces, vectorsPreludeBytes))) refuse('it is too short');
    const prelude = head.take(vectorsPreludeBytes);
    if (new TextDecoder().decode(prelude.subarray(0, vectorsMagic.length)) !== vectorsMagic) refuse('it begins with something else');
    const headerBytes = new DataView(prelude.buffer, prelude.byteOffset).getUint32(vectorsMagic.length, true);
    if (headerBytes > file.size || !(await head.fill(pieces, headerBytes))) refuse('its header has no end');
    const header = parseHeader(head.take(headerBytes)) ?? refuse('its header is not what it should be');
    const { words, dimension, kept } = header;
    const expected = vectorsPreludeBytes + headerBytes + words.length * dimension * 4;
    if (file.size !== expected) refuse(`it has ${file.size} bytes where its header says ${expected}`);

    const rows = new Rows(new WordTable(dimension));
    let done = vectorsPreludeBytes + headerBytes;
    const take = (bytes: Uint8Array) => {
      done += bytes.length;
      if (!rows.add(bytes)) refuse('a value is not a finite number');
    };
    take(head.rest());
    for await (const bytes of pieces) {
      take(bytes);
      if (pace.due()) await pace.beat(done);
    }
    if (rows.table.rows !== words.length) refuse('it breaks off');
    const index = new Map(words.map((word, row) => [word, row]));
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

/** Gathers the first bytes of a file, however they come in pieces. */
class Head {
  private bytes = new Uint8Array(0);

  /** False where the file ends before there are `length` bytes. */
  async fill(pieces: AsyncGenerator<Uint8Array>, length: number): Promise<boolean> {
    const gathered = [this.bytes];
    let size = this.bytes.length;
    while (size < length) {
      const { done, value } = await pieces.next();
      if (done) return false;
      gathered.push(new Uint8Array(value));
      size += value.length;
    }
    if (gathered.length > 1) {
      this.bytes = new Uint8Array(size);
      let at = 0;
      for (const piece of gathered) {
        this.bytes.set(piece, at);
        at += piece.length;
      }
    }
    return true;
  }

  take(length: number): Uint8Array {
    const taken = this.bytes.slice(0, length);
    this.bytes = this.bytes.slice(length);
    return taken;
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length);
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
