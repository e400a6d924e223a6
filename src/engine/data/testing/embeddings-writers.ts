/** Writes every format of word vectors that the lab reads, for the tests: no binary file is kept beside them. */

const encoder = new TextEncoder();

export interface TestTable {
  words: string[];
  /** Row by row. */
  rows: number[][];
}

/** Joins bytes and text. */
export function bytesOf(...parts: (string | Uint8Array | number[])[]): Uint8Array {
  const pieces = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : Uint8Array.from(part)));
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Little-endian float32. */
export function float32s(values: readonly number[]): Uint8Array {
  return numbers(values, 4, (view, at, value) => view.setFloat32(at, value, true));
}

export function int32s(...values: number[]): Uint8Array {
  return numbers(values, 4, (view, at, value) => view.setInt32(at, value, true));
}

export function int64s(...values: number[]): Uint8Array {
  return numbers(values, 8, (view, at, value) => view.setBigInt64(at, BigInt(value), true));
}

function numbers(values: readonly number[], bytes: number, write: (view: DataView, at: number, value: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  for (const [i, value] of values.entries()) write(view, i * bytes, value);
  return new Uint8Array(view.buffer);
}

/** The bits of a value in binary16; for values that it holds exactly. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | ((size / 2 ** exponent - 1) * 1024);
}

/** `newline`: word2vec.c writes one behind every row, gensim does not. */
export function writeWord2vecBinary(
  { words, rows }: TestTable,
  { newline = true, header = `${words.length} ${rows[0].length}\n` } = {},
): Uint8Array {
  return bytesOf(header, ...rows.flatMap((row, i) => [words[i], ' ', float32s(row), newline ? '\n' : '']));
}

export interface FasttextVariation {
  version?: number;
  labels?: string[];
  /** Rows of subwords. */
  buckets?: number;
  quantized?: boolean;
  pruned?: number;
  /** What the matrix says of its own rows and columns. */
  matrix?: [number, number];
}

/** A model as fastText 0.9.2 writes it: labels behind the words, subwords' rows behind the words'. */
export function writeFasttext({ words, rows }: TestTable, variation: FasttextVariation = {}): Uint8Array {
  const dimension = rows[0].length;
  const { version = 12, labels = ['__label__a'], buckets = 2, quantized = false, pruned = -1 } = variation;
  const { matrix = [words.length + buckets, dimension] } = variation;
  const entry = (word: string, kind: number) => bytesOf(word, [0], int64s(7), [kind]);
  return bytesOf(
    int32s(793_712_314, version, dimension, 5, 5, 1, 5, 1, 1, 2, buckets, 3, 6, 100),
    new Uint8Array(8),
    int32s(words.length + labels.length, words.length, labels.length),
    int64s(1000, pruned),
    ...words.map((word) => entry(word, 0)),
    ...labels.map((word) => entry(word, 1)),
    [quantized ? 1 : 0],
    int64s(...matrix),
    float32s([...rows.flat(), ...new Array<number>(buckets * dimension).fill(9)]),
    [0],
    int64s(1, dimension),
    float32s(new Array<number>(dimension).fill(8)),
  );
}

export interface NpyVariation {
  type?: 'f2' | 'f4' | 'f8';
  bigEndian?: boolean;
  fortran?: boolean;
  version?: number;
  /** Replaces the true one. */
  header?: string;
}

export function writeNpy({ rows }: Pick<TestTable, 'rows'>, variation: NpyVariation = {}): Uint8Array {
  const { type = 'f4', bigEndian = false, fortran = false, version = 1 } = variation;
  const order = fortran ? 'True' : 'False';
  const truth = `{'descr': '${bigEndian ? '>' : '<'}${type}', 'fortran_order': ${order}, 'shape': (${rows.length}, ${rows[0].length}), }`;
  const { header = truth } = variation;
  const lengthBytes = version === 1 ? 2 : 4;
  const padded = `${header}${' '.repeat(63 - ((8 + lengthBytes + header.length) % 64))}\n`;
  const values = fortran ? rows[0].flatMap((_, column) => rows.map((row) => row[column])) : rows.flat();
  const data = numbers(values, Number(type[1]), (view, at, value) => {
    if (type === 'f2') view.setUint16(at, halfBits(value), !bigEndian);
    else if (type === 'f4') view.setFloat32(at, value, !bigEndian);
    else view.setFloat64(at, value, !bigEndian);
  });
  return bytesOf([0x93], 'NUMPY', [version, 0], int32s(padded.length).slice(0, lengthBytes), padded, data);
}

export type TensorType = 'F16' | 'BF16' | 'F32';

export function tensorBytes(values: readonly number[], type: TensorType): Uint8Array {
  if (type === 'F32') return float32s(values);
  return numbers(values, 2, (view, at, value) => {
    const upper = new DataView(new ArrayBuffer(4));
    upper.setFloat32(0, value);
    view.setUint16(at, type === 'F16' ? halfBits(value) : upper.getUint16(0), true);
  });
}

/** `header` replaces what the tensors would say. */
export function writeSafetensors(
  tensors: Record<string, { rows: number[][]; type?: TensorType }>,
  header?: Record<string, unknown> | string,
): Uint8Array {
  const described: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const [name, { rows, type = 'F32' }] of Object.entries(tensors)) {
    const piece = tensorBytes(rows.flat(), type);
    described[name] = { dtype: type, shape: [rows.length, rows[0].length], data_offsets: [at, at + piece.length] };
    pieces.push(piece);
    at += piece.length;
  }
  const json = encoder.encode(typeof header === 'string' ? header : JSON.stringify(header ?? described));
  return bytesOf(int64s(json.length), json, ...pieces);
}

export function writeTensorsTsv({ rows }: Pick<TestTable, 'rows'>, end = '\n'): Uint8Array {
  return bytesOf(rows.map((row) => row.join('\t') + end).join(''));
}

/** Text, one word a line. */
export function writeWords(words: readonly string[], end = '\n'): Uint8Array {
  return bytesOf(words.map((word) => word + end).join(''));
}

export function writeVocabJson(words: readonly string[]): Uint8Array {
  return bytesOf(`{${words.map((word, id) => `${JSON.stringify(word)}: ${id}`).join(', ')}}`);
}

/** `list`: pairs of token and score, as of a Unigram model, instead of an object of ids. The last word comes as an added token. */
export function writeTokenizerJson(words: readonly string[], { list = false } = {}): Uint8Array {
  const own = words.slice(0, -1);
  const vocab = list ? JSON.stringify(own.map((word, id) => [word, -id])) : new TextDecoder().decode(writeVocabJson(own));
  const added = JSON.stringify([{ id: words.length - 1, content: words.at(-1), special: true }]);
  return bytesOf(`{"version": "1.0", "added_tokens": ${added}, "model": {"type": "BPE", "vocab": ${vocab}}}`);
}

export function writeGloveText({ words, rows }: TestTable): Uint8Array {
  return bytesOf(rows.map((row, i) => `${[words[i], ...row].join(' ')}\n`).join(''));
}

export function writeWord2vecText(table: TestTable): Uint8Array {
  return bytesOf(`${table.words.length} ${table.rows[0].length}\n`, writeGloveText(table));
}
