import type { Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { LabError } from '../../errors';
import { chunksOf } from '../bytes/chunks';
import { Pace } from '../bytes/pace';
import type { SourceFile } from '../bytes/source-file';
import { count } from '../problems';
import { tooManyColumns } from './columns';
import { type DatasetFormat, type DatasetSink, mostColumns } from './format';
import { checkColumn, checkMetadata, ParquetFault } from './parquet-guard';

const mark = 'PAR1';
/** The metadata's length, and the mark again. */
const tailBytes = 8;
const largestMetadata = 16 * 2 ** 20;
/** More rows than any other format fits into its 200 MB with a text in each: repeated values take next to no room here. */
const mostRows = 10_000_000;
const remedy = 'Download or write it again; or save it as CSV, and load that.';

/** A column as a file declares it. */
interface Field {
  name: string;
  /** What stands in it where that is nothing plain. */
  odd: string | null;
  /** Names of classes whose numbers stand in it (ClassLabel of Hugging Face's datasets). */
  classes: string[] | null;
}

/**
 * Parquet, by hyparquet. Texts, numbers and truth values; numbers of classes become their names where the file has those. Lists, objects and binary
 * values can't be chosen as a column. The file is held in memory, as its directory is at its end; values are unpacked a row group at a time.
 */
export const parquet: DatasetFormat = {
  id: 'parquet',
  label: 'Parquet',
  recognizes: (head) => textAt(head, 0) === mark,
  async read(file, sink, options) {
    const pace = new Pace(`Reading ${file.name}`, file.size, options);
    const bytes = await wholeOf(file, sink, pace);
    const { hyparquet, compressors } = await libraries();
    const reader = new ParquetReader(file, bytes, hyparquet, compressors);
    await reader.read(sink, pace);
  },
};

type Library = typeof import('hyparquet');

/** Loaded when the first such file comes: most visitors never need it. */
async function libraries(): Promise<{ hyparquet: Library; compressors: Compressors }> {
  const [hyparquet, packed] = await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  // Of Snappy the plain one, which checks what it reads; the other is WebAssembly.
  const snappy = (input: Uint8Array, length: number) => {
    const output = new Uint8Array(length);
    hyparquet.snappyUncompress(input, output);
    return output;
  };
  // Zstandard's comes when a file asks for it.
  return { hyparquet, compressors: { ...packed.compressors, SNAPPY: snappy, ZSTD: undefined, UNCOMPRESSED: (input) => input } };
}

class ParquetReader {
  private record = 0;

  constructor(
    private readonly file: SourceFile,
    private readonly bytes: Uint8Array<ArrayBuffer>,
    private readonly library: Library,
    private readonly compressors: Compressors,
  ) {}

  async read(sink: DatasetSink, pace: Pace): Promise<void> {
    const metadata = this.metadata();
    if (metadata.row_groups.some(({ columns }) => columns.some((column) => column.meta_data?.codec === 'ZSTD'))) await this.loadZstd();
    const { children } = this.guarded(() => this.library.parquetSchema(metadata));
    const unit = 'record';
    if (children.length > mostColumns)
      throw tooManyColumns(children.length, { line: 1, column: 1 }, this.file.name, { format: parquet.label, unit });
    const fields = this.guarded(() => fieldsOf(metadata, children));
    const names = fields.map(({ name }) => name);
    if (names.length === 0 || names.some((name) => !name) || new Set(names).size < names.length)
      throw this.fault('its columns have no names of their own');
    const placeOf = (field: number) => ({ line: 1, column: field + 1 });
    sink.columns({ format: 'Parquet', names, unit, fromHeader: false, placeOf });
    const plain = fields.filter(({ name, odd }) => odd === null && (sink.wanted?.has(name) ?? true)).map(({ name }) => name);
    const declared = new Map(fields.flatMap(({ odd: what }, field) => (what === null ? [] : [[field, what] as const])));
    for (const group of metadata.row_groups) {
      const rows = await this.rowsOf(metadata, group, plain, sink.limit - this.record);
      for (const row of rows) {
        this.record++;
        const line = this.record;
        // What was not read is not there; a column may be called `constructor`.
        const values = fields.map(({ name, classes }) => (Object.hasOwn(row, name) ? textOf(row[name], classes) : ''));
        const nested = plain.filter((name) => oddValue(row[name]) !== null);
        const odd =
          nested.length === 0
            ? declared
            : new Map([...declared, ...nested.map((name) => [names.indexOf(name), oddValue(row[name]) ?? ''] as const)]);
        if (!sink.record({ values, line, odd: odd.size > 0 ? odd : null, placeOf: (field) => ({ line, column: field + 1 }) })) return;
        if (line % 1000 === 0 && pace.due()) await pace.beat(this.bytes.length);
      }
      if (this.record >= sink.limit) return;
    }
  }

  private async loadZstd(): Promise<void> {
    try {
      const { zstdUnpacker } = await import('./zstd');
      this.compressors.ZSTD = await zstdUnpacker();
    } catch (error) {
      throw this.fault(`what unpacks Zstandard could not be started (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  private metadata(): FileMetaData {
    const { bytes } = this;
    if (bytes.length < 2 * mark.length + tailBytes || textAt(bytes, bytes.length - mark.length) !== mark)
      throw this.fault(`it ends at byte ${count(bytes.length)} without the mark of a Parquet file's end, so a part of it is missing`);
    const end = bytes.length - tailBytes;
    const length = new DataView(bytes.buffer).getUint32(end, true);
    if (length > end - mark.length || length > largestMetadata) throw this.fault('the directory at its end is longer than it may be');
    const metadata = this.guarded(() => {
      checkMetadata(bytes, end - length, end);
      return this.library.parquetMetadata(bytes.buffer, { geoparquet: false });
    });
    const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (rows <= mostRows) return metadata;
    throw new LabError(
      'bad-dataset',
      `${this.file.name} has ${count(rows)} records; data sets of up to ${count(mostRows)} can be loaded.`,
      'Take a part of its rows: a few thousand sentences a class are plenty.',
      { file: this.file.name },
    );
  }

  /** The rows of a group, as objects by column. */
  private async rowsOf(metadata: FileMetaData, group: FileMetaData['row_groups'][number], columns: string[], limit: number) {
    this.guarded(() => {
      for (const column of group.columns) {
        const described = column.meta_data;
        if (described?.path_in_schema.length !== 1 || !columns.includes(described.path_in_schema[0])) continue;
        const schema = metadata.schema.find(({ name }, i) => i > 0 && name === described.path_in_schema[0]);
        const unpack = this.compressors[described.codec];
        if (!unpack) throw new ParquetFault(`it is packed by ${String(described.codec)}, which can't be unpacked here`);
        const dictionary = Number(described.dictionary_page_offset ?? 0);
        const start = dictionary > 0 ? Math.min(dictionary, Number(described.data_page_offset)) : Number(described.data_page_offset);
        checkColumn(this.bytes, {
          start,
          end: start + Number(described.total_compressed_size),
          rows: Number(group.num_rows),
          optional: schema?.repetition_type === 'OPTIONAL',
          unpack,
        });
      }
    });
    const { buffer } = this.bytes;
    const file = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
    try {
      const rows = await this.library.parquetReadObjects({
        file,
        metadata: { ...metadata, row_groups: [group], num_rows: group.num_rows },
        columns,
        rowEnd: Math.min(limit, Number(group.num_rows)),
        compressors: this.compressors,
        geoparquet: false,
      });
      return rows;
    } catch (error) {
      throw this.faultOf(error);
    }
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.faultOf(error);
    }
  }

  private faultOf(error: unknown): LabError {
    return this.fault(error instanceof Error ? error.message.slice(0, 200) : String(error));
  }

  private fault(found: string): LabError {
    const { name } = this.file;
    const line = this.record + 1;
    const message = `${name}, record ${count(line)}, column 1: the Parquet file can't be read from here on: ${found}.`;
    return new LabError('bad-dataset', message, remedy, { file: name, line, column: 1 });
  }
}

function fieldsOf({ key_value_metadata: pairs }: FileMetaData, children: SchemaTree[]): Field[] {
  const classes = classNames(pairs?.find(({ key }) => key === 'huggingface')?.value);
  return children.map(({ element, children: inner }) => {
    const { name, repetition_type, type, converted_type, logical_type } = element;
    let odd: string | null = null;
    if (repetition_type === 'REPEATED' || converted_type === 'LIST') odd = 'a list';
    else if (inner.length > 0) odd = 'an object';
    // Texts are binary values that say so; INT96 and the rest of the binary ones are not to be read as anything.
    else if (type === 'FIXED_LEN_BYTE_ARRAY' || (type === 'BYTE_ARRAY' && logical_type?.type === 'VARIANT')) odd = 'a binary value';
    return { name, odd, classes: classes.get(name) ?? null };
  });
}

/** By column, as Hugging Face's `datasets` notes them in its files. */
function classNames(json: string | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>();
  try {
    const features: unknown = JSON.parse(json ?? '{}')?.info?.features;
    for (const [column, feature] of Object.entries(features ?? {})) {
      const names: unknown = (feature as { names?: unknown } | null)?.names;
      if (Array.isArray(names) && names.every((name) => typeof name === 'string')) found.set(column, names);
    }
  } catch {
    // A note that isn't as it should be names nothing: the numbers are classes then.
  }
  return found;
}

/** A column of JSON may hold anything, from record to record. */
function oddValue(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  return Array.isArray(value) ? 'a list' : value instanceof Uint8Array ? 'a binary value' : 'an object';
}

function textOf(value: unknown, classes: string[] | null): string {
  if (value === null || value === undefined) return '';
  // Numbers of classes below zero are rows without a label.
  if (classes && (typeof value === 'bigint' || typeof value === 'number')) return classes[Number(value)] ?? '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return typeof value === 'object' ? '' : String(value);
}

function textAt(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + mark.length));
}

async function wholeOf(file: SourceFile, sink: DatasetSink, pace: Pace): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(file.stream(), file.name, pace)) {
    sink.bytes(chunk);
    chunks.push(chunk);
    length += chunk.length;
    if (pace.due()) await pace.beat(length);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
