import type { ColumnChoice, DatasetPreview } from '../../../protocol/data';
import { LabError } from '../../errors';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import type { Dataset } from '../dataset';
import { count, quoted } from '../problems';
import { columnNames, guessColumns, namedByValue, noHeader } from './columns';
import { type Delimiter, type Row, readRows } from './delimited-rows';
import { LabelledRows } from './labelled-rows';

/** A tab can hold the texts, their tokens and their encodings of so much, and hardly more. */
const largestFileBytes = 200 * 10 ** 6;
/** The preview ends at so many bytes or rows; it shows so many rows, and so many characters of a cell. */
const previewBytes = 2 ** 20;
const previewSample = 1000;
const previewRows = 20;
const previewCell = 500;
const formats: Record<Delimiter, string> = { ',': 'CSV', '\t': 'TSV', ';': 'CSV (semicolons)' };

/**
 * The head of a CSV or TSV with a header, and a guess which of its columns hold what. Reads about the file's first MiB.
 *
 * @throws LabError `bad-dataset` with line and column for a file that is empty, too large, has no header or one column only, or a quoted
 *   field that never closes; `cancelled`; `unreachable` where reading fails
 */
export async function previewDelimited(file: SourceFile, options: ReadOptions = {}): Promise<DatasetPreview> {
  checkSize(file);
  const rows: Row[] = [];
  const found: { format: string } = { format: '' };
  let bytes = 0;
  await readRows(
    file,
    new Pace(`Looking into ${file.name}`, file.size, options),
    (row, delimiter) => {
      found.format = formats[delimiter];
      rows.push(row);
      return rows.length <= previewSample && bytes < previewBytes;
    },
    (chunk) => {
      bytes += chunk.length;
    },
  );
  if (rows.length === 0) throw empty(file);
  const [header, ...sample] = rows;
  const columns = columnNames(header, file.name);
  if (columns.length < 2) {
    const { line } = header;
    throw new LabError(
      'bad-dataset',
      `${file.name}, line ${count(line)}, column 1: one column only, ${quoted(columns[0])}; it takes one of texts and one of labels.`,
      'Load a CSV or TSV whose columns are separated by commas, tabs or semicolons.',
      { file: file.name, line, column: 1 },
    );
  }
  const cells = sample.map(({ fields }) => columns.map((_, column) => fields[column] ?? ''));
  const data = namedByValue(columns, cells);
  if (data >= 0) throw noHeader(header, data, file.name);
  const shown = cells
    .slice(0, previewRows)
    .map((row) => row.map((cell) => (cell.length > previewCell ? `${cell.slice(0, previewCell)}…` : cell)));
  return { format: found.format, columns, rows: shown, guess: guessColumns(columns, cells) };
}

/**
 * Reads a CSV or TSV with a header as labelled sentences with one task, whose id is the label column's name. Classes are in the order of
 * their names, numbers by value. Texts and labels are trimmed; a text is cut at 100,000 characters, with a warning.
 *
 * A split column holds `train`, `validation` (or `valid`, `val`, `dev`, `eval`) or `test` in each row. Without a row of validation, `splitDataset`
 * takes validation from the training rows, and a warning says so.
 *
 * @throws LabError `bad-dataset` with line and column of the first three wrong rows (too few or too many fields, no text, no label, an unknown
 *   split), or for: a file over 200 MB, an empty one, no header, a column that isn't there, texts that are all numbers, fewer than two classes or
 *   more than 500, no row of train or of test, a class without a row of train; `cancelled`; `unreachable` where reading fails
 */
export async function readDelimited(file: SourceFile, columns: ColumnChoice, options: ReadOptions = {}): Promise<Dataset> {
  checkSize(file);
  const pace = new Pace(`Reading ${file.name}`, file.size, options);
  const identity = new ContentIdentity(file.size);
  const found: { rows: LabelledRows | null; format: string } = { rows: null, format: '' };
  await readRows(
    file,
    pace,
    (row, delimiter) => {
      if (found.rows) {
        found.rows.add(row);
      } else {
        found.rows = new LabelledRows(file.name, row, columns);
        found.format = formats[delimiter];
      }
      return true;
    },
    (bytes) => identity.update(bytes),
  );
  if (!found.rows) throw empty(file);
  const sentences = found.rows.finish();
  pace.report(file.size);
  return { source: identity.reference(file.name), format: found.format, ...sentences, licence: null };
}

function checkSize({ name, size }: SourceFile): void {
  if (size <= largestFileBytes) return;
  throw new LabError(
    'bad-dataset',
    `${name} has ${count(Math.ceil(size / 1e6))} MB; data sets of up to ${count(largestFileBytes / 1e6)} MB can be loaded.`,
    'Take a part of its rows: a few thousand sentences a class are plenty.',
    { file: name },
  );
}

function empty({ name }: SourceFile): LabError {
  return new LabError(
    'bad-dataset',
    `${name} is empty: line 1, column 1 should hold the columns' names.`,
    'Load a CSV or TSV with a header and rows.',
    {
      file: name,
      line: 1,
      column: 1,
    },
  );
}
