/**
 * Looks through what a Parquet file says of itself before hyparquet believes it. hyparquet trusts counts: a run length of two thousand
 * million in a damaged page would keep it busy, and filling memory, for minutes. So every count is held against the bytes and rows that there are.
 *
 * Page layout and encodings: the Apache Parquet format, 2.10. May go when hyparquet bounds its runs itself.
 */

/** Of one page, and of one column of a row group, unpacked. */
const largestPage = 2 ** 28;
const largestColumn = 2 ** 30;
const deepest = 32;
/** Values in one header: of a list of columns, pages or names. */
const mostValues = 2_000_000;

type Struct = Map<number, number | Struct>;

export class ParquetFault extends Error {}

/** A reader of Thrift's compact protocol that refuses whatever reaches beyond its end. Texts and lists are passed over. */
class Thrift {
  private values = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public offset: number,
    private readonly end: number,
  ) {}

  struct(depth = 0): Struct {
    if (depth > deepest) throw new ParquetFault('a header is nested too deep');
    const fields: Struct = new Map();
    let id = 0;
    for (;;) {
      const byte = this.byte();
      const type = byte & 15;
      if (type === 0) return fields;
      id = byte >> 4 ? id + (byte >> 4) : this.zigzag();
      const value = this.value(type, depth);
      if (value !== null) fields.set(id, value);
    }
  }

  private value(type: number, depth: number): number | Struct | null {
    if (++this.values > mostValues) throw new ParquetFault('a header has too many values');
    if (type === 1 || type === 2) return 2 - type;
    if (type === 3) return this.byte();
    if (type >= 4 && type <= 6) return this.zigzag();
    if (type === 7) return this.pass(8);
    if (type === 8) return this.pass(this.varint());
    if (type === 9) return this.list(depth);
    if (type === 12) return this.struct(depth + 1);
    throw new ParquetFault('a header holds a value of an unknown kind');
  }

  private list(depth: number): null {
    const head = this.byte();
    const length = head >> 4 === 15 ? this.varint() : head >> 4;
    // Every element has a byte at least.
    if (length > this.end - this.offset) throw new ParquetFault('a list in a header is longer than the file');
    const type = head & 15;
    for (let i = 0; i < length; i++) this.value(type === 1 || type === 2 ? 3 : type, depth + 1);
    return null;
  }

  private pass(bytes: number): null {
    if (bytes > this.end - this.offset) throw new ParquetFault('a text in a header is longer than the file');
    this.offset += bytes;
    return null;
  }

  private byte(): number {
    if (this.offset >= this.end) throw new ParquetFault('a header has no end');
    return this.bytes[this.offset++];
  }

  private varint(): number {
    let result = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.byte();
      result += (byte & 127) * 2 ** shift;
      if (byte < 128) return result;
    }
    throw new ParquetFault('a number in a header is too long');
  }

  private zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** @param start,end of the file's metadata. @throws ParquetFault */
export function checkMetadata(bytes: Uint8Array, start: number, end: number): void {
  new Thrift(bytes, start, end).struct();
}

/** What the metadata say of one column of one row group, where the column is neither nested nor repeated. */
export interface ColumnChunk {
  start: number;
  end: number;
  rows: number;
  /** May a value be missing? */
  optional: boolean;
  unpack(bytes: Uint8Array, length: number): Uint8Array;
}

/** Encodings, by the format's numbers. */
const plainDictionary = 2;
const runLength = 3;
const runLengthDictionary = 8;

/** @throws ParquetFault where a page of the column can't be what it says, and whatever `unpack` throws */
export function checkColumn(bytes: Uint8Array, { start, end, rows, optional, unpack }: ColumnChunk): void {
  if (!(start >= 4 && end >= start && end <= bytes.length)) throw new ParquetFault('a column lies beyond the end of the file');
  let offset = start;
  let total = 0;
  for (let seen = 0; seen < rows && offset < end - 1; ) {
    const thrift = new Thrift(bytes, offset, end);
    const header = thrift.struct();
    const packed = numberAt(header, 3);
    const unpacked = numberAt(header, 2);
    total += unpacked;
    if (packed > end - thrift.offset || unpacked > largestPage || total > largestColumn) throw new ParquetFault('a page is too large');
    const body = bytes.subarray(thrift.offset, thrift.offset + packed);
    offset = thrift.offset + packed;
    const type = numberAt(header, 1);
    if (type === 2) {
      if (numberAt(structAt(header, 7), 1) > unpacked) throw new ParquetFault('a dictionary has more values than bytes');
    } else if (type === 0) {
      const page = structAt(header, 5);
      const values = valuesOf(page, rows);
      checkPage(unpack(body, unpacked), optional, values, numberAt(page, 2));
      seen += values;
    } else if (type === 3) {
      const page = structAt(header, 8);
      const values = valuesOf(page, rows);
      const levels = numberAt(page, 6) + numberAt(page, 5);
      if (numberAt(page, 2) > values || levels > packed || levels > unpacked) throw new ParquetFault('a page has more levels than bytes');
      if (optional) checkRuns(body, numberAt(page, 6), 1, values);
      const rest = body.subarray(levels);
      checkPage(page.get(7) === 0 ? rest : unpack(rest, unpacked - levels), false, values, numberAt(page, 4));
      seen += values;
    }
  }
}

function valuesOf(page: Struct, rows: number): number {
  const values = numberAt(page, 1);
  if (values > rows) throw new ParquetFault('a page has more values than there are rows');
  return values;
}

/** An unpacked page: levels where a value may be missing, then the values. */
function checkPage(page: Uint8Array, levels: boolean, values: number, encoding: number): void {
  let at = 0;
  if (levels) {
    checkRuns(page, 4, 1, values);
    at = 4 + new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(0, true);
    if (at > page.length) throw new ParquetFault('the levels of a page are longer than it');
  }
  if (encoding === runLength) checkRuns(page, at + 4, 1, values);
  if ((encoding === plainDictionary || encoding === runLengthDictionary) && at < page.length) checkRuns(page, at + 1, page[at], values);
}

/** Runs of the hybrid of run lengths and packed bits: none may be longer than all values together (packed ones come in eights). */
function checkRuns(bytes: Uint8Array, start: number, width: number, values: number): void {
  if (width > 32) throw new ParquetFault('values of more than 32 bits');
  let at = start;
  for (let seen = 0; seen < values && at < bytes.length; ) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 28) throw new ParquetFault('a run has no end');
      head += (bytes[at] & 127) * 2 ** shift;
      if (bytes[at++] < 128) break;
    }
    const run = Math.floor(head / 2);
    if (run > values) throw new ParquetFault('a run is longer than its column');
    seen += head % 2 ? run * 8 : run;
    at += head % 2 ? run * width : Math.ceil(width / 8);
  }
}

function numberAt(struct: Struct, id: number): number {
  const value = struct.get(id);
  if (typeof value !== 'number' || value < 0) throw new ParquetFault('a header lacks a number');
  return value;
}

function structAt(struct: Struct, id: number): Struct {
  const value = struct.get(id);
  if (!(value instanceof Map)) throw new ParquetFault('a page lacks its header');
  return value;
}
