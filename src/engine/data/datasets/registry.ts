import type { ColumnChoice, DatasetPreview } from '../../../protocol/data';
import type { SourceReference } from '../../../protocol/specification';
import { LabError } from '../../errors';
import { readHead } from '../bytes/head';
import { Pace } from '../bytes/pace';
import { Sha256 } from '../bytes/sha256';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import type { Dataset } from '../dataset';
import { count, quoted, Warnings } from '../problems';
import { defaultTokenizer } from '../tokenizers/registry';
import { guessColumns, namedByValue, noHeader } from './columns';
import { delimited } from './delimited';
import { type DatasetColumns, type DatasetFormat, type DatasetRecord, faultAt, headBytes } from './format';
import { refuseOthers } from './head';
import { json } from './json';
import { jsonLines } from './json-lines';
import { LabelledRecords } from './labelled-records';
import { parquet } from './parquet';
import { filesByPart } from './parts';

/** In the order in which they are asked; the last takes every text. */
const formats: readonly DatasetFormat[] = [parquet, jsonLines, json, delimited];

/** A tab can hold the texts, their tokens and their encodings of so much, and hardly more. */
const largestFileBytes = 200 * 10 ** 6;
/** The preview ends at so many bytes or records; it shows so many records, and so many characters of a cell. */
const previewBytes = 2 ** 20;
const previewSample = 1000;
const previewRows = 20;
const previewCell = 500;

/**
 * The head of a data set, and a guess which of its columns hold what. Reads about the first MiB (of Parquet, whose list of columns is at its
 * end, all). Of several files it shows the one of train.
 *
 * @throws LabError `bad-dataset` with line and column for a file that is empty, too large, of no known format or broken in its head, or that has
 *   one column only; for several files that aren't named by their splits; `cancelled`; `unreachable` where reading fails
 */
export async function previewDatasetFiles(files: readonly SourceFile[], options: ReadOptions = {}): Promise<DatasetPreview> {
  const several = files.length !== 1;
  const [file] = several ? filesByPart(files).map((each) => each.file) : files;
  const format = await formatOf(file, options);
  const found: { columns: DatasetColumns | null } = { columns: null };
  const records: DatasetRecord[] = [];
  let bytes = 0;
  await format.read(
    file,
    {
      columns: (columns) => {
        found.columns = columns;
      },
      record: (record) => {
        records.push(record);
        return records.length < previewSample && bytes < previewBytes;
      },
      bytes: (chunk) => {
        bytes += chunk.length;
        checkSize(file, bytes);
      },
      warnings: new Warnings(),
      wanted: null,
      limit: previewSample,
    },
    options,
  );
  const { columns } = found;
  if (!columns) throw empty(file);
  const { names } = columns;
  if (names.length < 2) {
    throw faultAt(
      file.name,
      { line: columns.placeOf(0).line, column: 1 },
      `one column only, ${quoted(names[0])}; it takes one of texts and one of labels`,
      columns.fromHeader
        ? 'Load a CSV or TSV whose columns are separated by commas, tabs or semicolons.'
        : 'Load a file whose records have a text and a label.',
      columns,
    );
  }
  const cells = records.map(({ values }) => names.map((_, column) => values[column] ?? ''));
  const data = columns.fromHeader ? namedByValue(names, cells) : -1;
  if (data >= 0) throw noHeader(columns, data, file.name);
  const shown = cells
    .slice(0, previewRows)
    .map((row) => row.map((cell) => (cell.length > previewCell ? `${cell.slice(0, previewCell)}…` : cell)));
  const guess = guessColumns(names, cells);
  return { format: columns.format, columns: [...names], rows: shown, guess: several ? { ...guess, split: null } : guess };
}

/**
 * Reads one file, or one a split, as labelled sentences with one task, whose id is the label column's name. Classes are in the order of their
 * names, numbers by value. Texts and labels are trimmed; a text is cut at 100,000 characters, with a warning.
 *
 * A split column holds `train`, `validation` (or `valid`, `val`, `dev`, `eval`) or `test` in each record; several files are told apart by
 * the same words in their names. Without validation, `splitDataset` takes it from the training rows, and a warning says so.
 *
 * @throws LabError `bad-dataset` with line and column of the first three wrong records (too few or too many fields, no text, no label, an
 *   unknown split), or for: a file over 200 MB, an empty one, what its format refuses, a column that isn't there, texts that are all numbers, fewer
 *   than two classes or more than 500, no record of train or of test, a class without a record of train; `cancelled`; `unreachable` where reading
 *   fails
 */
export async function readDatasetFiles(files: readonly SourceFile[], choice: ColumnChoice, options: ReadOptions = {}): Promise<Dataset> {
  const parts = files.length === 1 ? files.map((file) => ({ file, part: null })) : filesByPart(files);
  if (parts.length > 1 && choice.split !== null) {
    throw new LabError(
      'bad-dataset',
      `The files are the splits by their names, so column ${quoted(choice.split)} can't be another split.`,
      'Choose no split column; or load one file.',
    );
  }
  const warnings = new Warnings();
  const sentences = new LabelledRecords(choice, warnings);
  const wanted = new Set([choice.text, choice.label, ...(choice.split === null ? [] : [choice.split])]);
  const names: string[] = [];
  const contents: string[] = [];
  for (const { file, part } of parts) {
    const format = await formatOf(file, options);
    // Every byte counts: no data set is so large that hashing it is slow, and a packed one doesn't say its size before its end.
    const identity = new Sha256();
    let bytes = 0;
    let begun = false;
    await format.read(
      file,
      {
        columns: (columns) => {
          begun = true;
          names.push(columns.format);
          warnings.unit = columns.unit;
          sentences.begin(file.name, columns, part);
        },
        record: (record) => {
          sentences.add(record);
          return true;
        },
        bytes: (chunk) => {
          bytes += chunk.length;
          checkSize(file, bytes);
          identity.update(chunk);
        },
        warnings,
        wanted,
        limit: Number.POSITIVE_INFINITY,
      },
      options,
    );
    if (!begun) throw empty(file);
    sentences.end();
    contents.push(identity.hex());
    new Pace(`Reading ${file.name}`, bytes, options).report(bytes);
  }
  const name = parts.map(({ file }) => file.name).join(', ');
  return {
    source: datasetSource(name, contents, choice),
    format: [...new Set(names)].join(', '),
    ...sentences.finish(),
    warnings: warnings.list(),
    licence: null,
  };
}

/**
 * The id of a data set of the visitor's own: `sha256:` and the first 16 hexadecimal digits of the SHA-256, over UTF-8, of the JSON of
 *
 *     [contents, text, label, split, tokenizer]
 *
 * with the files' own SHA-256 (64 digits, of what was packed where a file is) in the order train, validation, test, the three columns' names (`split` may be null) and the tokenizer's id.
 * So the same file is another data set where other columns, or another tokenizer, are read from it: what is measured is another thing too.
 */
export function datasetSource(name: string, contents: readonly string[], choice: ColumnChoice): SourceReference {
  const { text, label, split, tokenizer = defaultTokenizer } = choice;
  const whole = JSON.stringify([contents, text, label, split, tokenizer]);
  const hash = new Sha256().update(new TextEncoder().encode(whole)).hex();
  return { id: `sha256:${hash.slice(0, 16)}`, name };
}

async function formatOf(file: SourceFile, options: ReadOptions): Promise<DatasetFormat> {
  checkSize(file, Number.isFinite(file.size) ? file.size : 0);
  const head = await readHead(file, headBytes, options);
  if (head.length === 0) throw empty(file);
  const format = formats.find(({ recognizes }) => recognizes(head)) ?? delimited;
  if (format !== parquet) refuseOthers(file.name, head);
  return format;
}

function checkSize({ name }: SourceFile, bytes: number): void {
  // A packed file says its size only once it is unpacked: so it is asked on the way too.
  if (!(bytes > largestFileBytes)) return;
  throw new LabError(
    'bad-dataset',
    `${name} has ${count(Math.ceil(bytes / 1e6))} MB; data sets of up to ${count(largestFileBytes / 1e6)} MB can be loaded.`,
    'Take a part of its rows: a few thousand sentences a class are plenty.',
    { file: name },
  );
}

function empty({ name }: SourceFile): LabError {
  return new LabError(
    'bad-dataset',
    `${name} is empty: line 1, column 1 should hold the columns' names, or the first record.`,
    'Load a file with texts and labels in it.',
    { file: name, line: 1, column: 1 },
  );
}
