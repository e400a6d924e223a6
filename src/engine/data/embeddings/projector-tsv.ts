import type { EmbeddingsPreview } from '../../../protocol/data';
import { LabError } from '../../errors';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import { likelySize, type SourceFile } from '../bytes/source-file';
import { count, counted, Problems, quoted } from '../problems';
import { withReader } from './byte-reader';
import { FloatText } from './float-text';
import type { EmbeddingsFormat } from './format';
import { checkColumns, TableRows } from './table-rows';
import { eachLine } from './text-lines';
import { neededVocabulary, previewVocabulary, readVocabulary, sizesOf } from './vocabulary-file';

const label = 'Embedding Projector TSV';
const tab = 9;
const remedy =
  'The file of vectors has one row a line: as many numbers on each, separated by tabs. Mend the lines, or save the table again.';

/**
 * The TSV pair of TensorFlow's Embedding Projector: vectors, one row a line, numbers separated by tabs; and metadata, one word a line, or
 * columns separated by tabs under a header.
 * Source: https://www.tensorflow.org/tensorboard/tensorboard_projector_plugin
 */
export const projectorTsv: EmbeddingsFormat = {
  id: 'projector-tsv',
  label,

  recognizes(head) {
    if (head.includes(0)) return false;
    const lines = new TextDecoder().decode(head).split('\n');
    // The last one may be cut.
    if (lines.length > 1) lines.pop();
    const numbers = lines.filter((line) => fieldsOf(line).length > 1 && fieldsOf(line).every(isNumberLike)).length;
    // Where a word was to be expected, the first line says that there is none; a wrong line further down does not change what the file is.
    return fieldsOf(lines[0]).length > 1 && fieldsOf(lines[0]).every(isNumberLike) && numbers * 2 > lines.length;
  },

  async preview(files, _head, options = {}): Promise<EmbeddingsPreview> {
    const pace = new Pace(`Looking into ${files.vectors.name}`, likelySize(files.vectors), options);
    const { rows, columns } = await measure(files.vectors, pace);
    return {
      format: label,
      words: { count: rows, exact: true },
      dimension: columns,
      ...(await previewVocabulary(files, rows, options)),
      tensors: [],
      notes: [],
    };
  },

  async read(files, _choice, selection, options = {}) {
    const { vectors } = files;
    const vocabulary = neededVocabulary(files, label);
    const sizes = sizesOf(files);
    const pace = new Pace(`Reading ${vectors.name}`, sizes.likely, options);
    const identity = new ContentIdentity(sizes.all);
    const shape = await measure(vectors, pace);
    const rows = new TableRows(vectors.name, label, shape.columns, selection, remedy);
    const words = await readVocabulary(vocabulary, { name: vectors.name, rows: shape.rows }, rows.warnings, { pace, identity });
    const problems = new Problems('bad-embeddings', vectors.name, remedy);
    const floats = new FloatText();
    await withReader(vectors, { pace, identity, before: sizes.likelyVocabulary }, async (reader) => {
      await eachLine(reader, vectors, label, (bytes, start, end, line) => {
        if (!rows.keeps(words[line - 1], line - 1)) return;
        const { values, at } = rows.next();
        if (readNumbers(floats, bytes, start, end, values, at, shape.columns)) {
          rows.commit(words[line - 1]);
          return;
        }
        const { column, found } = whatIsWrong(new TextDecoder().decode(bytes.subarray(start, end)), shape.columns);
        problems.add(line, column, found);
        if (problems.full) problems.raise(label);
      });
      pace.report(sizes.likelyVocabulary + reader.position);
    });
    problems.raise(label);
    return rows.finish(identity.reference(vectors.name));
  },
};

/** Rows, and columns of the first. The words are needed before the vectors, and how many they must be only the whole file says. */
async function measure(file: SourceFile, pace: Pace): Promise<{ rows: number; columns: number }> {
  let rows = 0;
  let columns = 0;
  await withReader(file, { pace }, (reader) =>
    eachLine(reader, file, label, (bytes, start, end) => {
      if (rows++ > 0) return;
      columns = 1;
      for (let at = start; at < end; at++) if (bytes[at] === tab) columns++;
      // A tab behind the last number ends it, and begins none.
      if (bytes[end - 1] === tab) columns--;
    }),
  );
  checkColumns(file.name, label, columns);
  if (columns > 0) return { rows, columns };
  throw new LabError('bad-embeddings', `${file.name} (${label}), line 1, column 1: ${counted(columns, 'number')} a row.`, remedy, {
    file: file.name,
    line: 1,
    column: 1,
  });
}

/** Reads `expected` finite numbers, separated by tabs, to the very end. False where there is anything else. */
function readNumbers(
  floats: FloatText,
  bytes: Uint8Array,
  start: number,
  end: number,
  values: Float32Array,
  at: number,
  expected: number,
): boolean {
  let position = start;
  const last = bytes[end - 1] === tab ? end - 1 : end;
  for (let column = 0; column < expected; column++) {
    if (column > 0 && (position >= last || bytes[position++] !== tab)) return false;
    values[at + column] = floats.parse(bytes, position, last);
    if (!Number.isFinite(values[at + column])) return false;
    position = floats.end;
  }
  return position === last;
}

/** The slow way, for a line that is known to be wrong. Columns are in characters, from 1. */
function whatIsWrong(text: string, expected: number): { column: number; found: string } {
  const fields = text === '' ? [] : fieldsOf(text);
  if (fields.length !== expected) {
    return { column: 1, found: `${counted(fields.length, 'number')}, where line 1 has ${count(expected)}` };
  }
  let column = 1;
  for (const field of fields) {
    const value = numberOf(field);
    if (!isNumberLike(field)) return { column, found: `${quoted(field)} is not a number` };
    if (!Number.isFinite(value)) return { column, found: `${quoted(field)} is not a finite number` };
    if (!Number.isFinite(Math.fround(value))) return { column, found: `${quoted(field)} is too large for a 32-bit float` };
    column += field.length + 1;
  }
  return { column: 1, found: 'there are spaces around a number' };
}

function fieldsOf(line: string): string[] {
  return line.replace(/[\t\r]+$/, '').split('\t');
}

function numberOf(field: string): number {
  return /^\s*[-+]?(nan|inf(inity)?)\s*$/i.test(field) ? Number.NaN : Number(field);
}

function isNumberLike(field: string): boolean {
  return /^\s*[-+]?((\d+\.?\d*|\.\d+)(e[-+]?\d+)?|nan|inf(inity)?)\s*$/i.test(field);
}
