import { z } from 'zod';
import { LabError } from '../../errors';
import type { SourceFile } from '../bytes/source-file';
import { count, counted, quoted } from '../problems';
import type { ByteReader } from './byte-reader';
import type { FloatType } from './float-bytes';
import { checkColumns, mostColumns } from './table-rows';

export const safetensorsLabel = 'safetensors';
const lengthBytes = 8;
/** The format allows 100 MB; the headers of models with thousands of tensors are below 1 MB. */
const mostHeaderBytes = 16 * 2 ** 20;
const openingBrace = 0x7b;
const remedy = 'Save it again with the safetensors library.';
const floatTypes: Record<string, FloatType> = { F16: 'f2', BF16: 'bf16', F32: 'f4' };
/** Bytes a number, for the types whose extent can be checked. */
const typeBytes: Record<string, number> = { F16: 2, BF16: 2, F32: 4 };

const size = z.number().int().nonnegative();
const tensorSchema = z.object({ dtype: z.string(), shape: z.array(size), data_offsets: z.tuple([size, size]) });

/** A two-dimensional tensor of floats. */
export interface TensorTable {
  name: string;
  rows: number;
  columns: number;
  /** As the file says: `BF16`. */
  type: string;
  floats: FloatType;
  /** Where its numbers begin in the file. */
  start: number;
}

/** By the length of the header, and the brace that begins it. */
export function isSafetensors(head: Uint8Array): boolean {
  const length = headerLength(head);
  return head[lengthBytes] === openingBrace && length >= 2 && length <= 100_000_000;
}

/**
 * The header: its length in 8 bytes, little-endian, then JSON, of a tensor's name its `dtype`, `shape` and `data_offsets`.
 * Source: https://huggingface.co/docs/safetensors
 *
 * @returns the tensors that can be a table: two-dimensional, of floats
 * @throws LabError where it is cut off, is no JSON, or has tensors that overlap or do not have the bytes of their shape
 */
export async function readSafetensorsHeader(reader: ByteReader, file: SourceFile): Promise<TensorTable[]> {
  await reader.fill(lengthBytes);
  const length = headerLength(reader.bytes);
  if (length > mostHeaderBytes) throw wrong(file, `has a header that says it is ${count(length)} bytes long`);
  if (!(await reader.fill(lengthBytes + length))) {
    throw wrong(
      file,
      `is cut off: its header goes to byte ${count(lengthBytes + length)}, and the file ends at byte ${count(reader.available)}`,
      'Download or save the file again.',
    );
  }
  const text = new TextDecoder().decode(reader.bytes.subarray(lengthBytes, lengthBytes + length));
  reader.at = lengthBytes + length;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong(file, `has a header that is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const header = z.record(z.string(), z.unknown()).safeParse(json);
  if (!header.success) throw wrong(file, 'has a header that is no object of tensors');
  return tablesOf(header.data, file, lengthBytes + length);
}

function tablesOf(header: Record<string, unknown>, file: SourceFile, dataStart: number): TensorTable[] {
  const tables: TensorTable[] = [];
  /** Of the widest tensor that would be a table if it were narrower. */
  let tooWide = 0;
  const extents: { name: string; begin: number; end: number }[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const parsed = tensorSchema.safeParse(value);
    if (!parsed.success)
      throw wrong(file, `has a header that does not describe the tensor ${quoted(name)} by dtype, shape and data_offsets`);
    const { dtype, shape, data_offsets } = parsed.data;
    const [begin, end] = data_offsets;
    const floats = Object.hasOwn(floatTypes, dtype) ? floatTypes[dtype] : null;
    const bytes = floats && shape.reduce((product, n) => product * n, typeBytes[dtype]);
    if (end < begin || (bytes !== null && end - begin !== bytes)) {
      const should = bytes === null ? '' : `; ${shape.slice(0, 8).join(' x ')} numbers of type ${dtype} are ${counted(bytes, 'byte')}`;
      throw wrong(file, `says that the tensor ${quoted(name)} is at bytes ${count(begin)} to ${count(end)}${should}`);
    }
    extents.push({ name, begin, end });
    const [rows, columns] = shape;
    if (floats && shape.length === 2 && rows > 0 && columns > 0) {
      if (columns <= mostColumns) tables.push({ name, rows, columns, type: dtype, floats, start: dataStart + begin });
      else tooWide = Math.max(tooWide, columns);
    }
  }
  extents.sort((a, b) => a.begin - b.begin || a.end - b.end);
  for (let i = 1; i < extents.length; i++) {
    if (extents[i].begin < extents[i - 1].end) {
      throw wrong(file, `has tensors that overlap: ${quoted(extents[i - 1].name)} and ${quoted(extents[i].name)}`);
    }
  }
  if (tables.length === 0) {
    checkColumns(file.name, safetensorsLabel, tooWide);
    throw wrong(
      file,
      `has no table: ${extents.length === 0 ? 'no tensor at all' : `none of its ${counted(extents.length, 'tensor')} is words x numbers of type F16, BF16 or F32`}`,
      'Take a file with an embedding matrix in it.',
    );
  }
  // The embeddings of a model first, then the table with the most rows.
  const likely = ({ name }: TensorTable) => (/embed|wte|word|token/i.test(name) ? 1 : 0);
  return tables.sort((a, b) => likely(b) - likely(a) || b.rows - a.rows);
}

/** The tensor that was chosen, or the only one. @throws LabError where there are several, or none of that name */
export function chosenTensor(tables: readonly TensorTable[], name: string | null, file: SourceFile): TensorTable {
  const found = name === null && tables.length === 1 ? tables[0] : tables.find((table) => table.name === name);
  if (found) return found;
  const shown = tables.slice(0, 3).map((table) => `${quoted(table.name)} (${count(table.rows)} x ${count(table.columns)})`);
  const rest = tables.length > 3 ? ` and ${count(tables.length - 3)} more` : '';
  throw wrong(
    file,
    name === null
      ? `has ${counted(tables.length, 'table')}: ${shown.join(', ')}${rest}`
      : `has no table called ${quoted(name)}; it has ${shown.join(', ')}${rest}`,
    'Choose the tensor that holds the word vectors.',
  );
}

function headerLength(head: Uint8Array): number {
  if (head.length < lengthBytes) return 0;
  return Number(new DataView(head.buffer, head.byteOffset, lengthBytes).getBigUint64(0, true));
}

function wrong({ name }: SourceFile, what: string, toDo = remedy): LabError {
  return new LabError('bad-embeddings', `${name} (${safetensorsLabel}) ${what}.`, toDo, { file: name });
}
