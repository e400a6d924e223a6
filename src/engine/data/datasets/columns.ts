import type { ColumnChoice } from '../../../protocol/data';
import type { LabError } from '../../errors';
import { count, quoted } from '../problems';
import type { Row } from './delimited-rows';
import { type DatasetColumns, faultAt, mostColumns, type Position } from './format';

/** A column's name is short; what is longer is a text. */
const longestName = 100;
export const mostClasses = 500;
const headerRemedy = 'Begin the file with a line that names the columns, such as text,label, and load it again.';
const usualLabelNames = ['label', 'labels', 'class', 'category', 'intent', 'sentiment', 'target', 'topic', 'y'];

/** What the values of a split column mean, in any case: the rows of `Dataset.ownSplit`. */
const splits = new Map<string, 0 | 1 | 2>([
  ...['train', 'training'].map((name) => [name, 0] as const),
  ...['validation', 'valid', 'val', 'dev', 'eval', 'development'].map((name) => [name, 1] as const),
  ...['test', 'testing'].map((name) => [name, 2] as const),
]);

/** 0 train, 1 validation, 2 test; undefined where the value names no split. */
export function splitOf(value: string): 0 | 1 | 2 | undefined {
  return splits.get(value.trim().toLowerCase());
}

export function isNumeric(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

/**
 * The names of a file's columns, out of its first row. A column without a name (an index that a spreadsheet wrote) is called by its number.
 *
 * @throws LabError `bad-dataset` where the row is no header: a number or a text among the names; or where two columns have one name
 */
export function columnNames(header: Row, file: string, format: string): string[] {
  if (header.fields.length > mostColumns) throw tooManyColumns(header.fields.length, header.placeOf(mostColumns), file, { format });
  const names = header.fields.map((name, i) => name.trim() || `column ${i + 1}`);
  const data = names.findIndex((name) => isNumeric(name) || name.length > longestName);
  if (data >= 0) throw noHeader({ format, names, placeOf: header.placeOf }, data, file);
  const again = names.findIndex((name, i) => names.indexOf(name) < i);
  if (again >= 0) {
    const remedy = 'Give each column a name of its own in the first line, and load the file again.';
    throw faultAt(file, header.placeOf(again), `a second column called ${quoted(names[again])}`, remedy, { format });
  }
  return names;
}

/** The failure of a file whose first row has data in it where the columns' names should stand. */
export function noHeader(
  { format, names, placeOf }: Pick<DatasetColumns, 'format' | 'names' | 'placeOf'>,
  field: number,
  file: string,
): LabError {
  const found = `${quoted(names[field])} where a column's name should stand; the file has no header`;
  return faultAt(file, placeOf(field), found, headerRemedy, { format });
}

/** The failure of a file with more columns than anyone could choose from. */
export function tooManyColumns(
  columns: number,
  place: Position,
  file: string,
  of: { format: string; unit?: DatasetColumns['unit'] },
): LabError {
  const found = `${count(columns)} columns; ${count(mostColumns)} are the most`;
  return faultAt(file, place, found, 'Load a file with a column of texts and one of labels, and few others.', of);
}

/**
 * A column of few values whose name is one of them: its file has no header. -1 where there is none.
 *
 * @param rows cells in the columns' order
 */
export function namedByValue(names: readonly string[], rows: string[][]): number {
  return names.findIndex((name, column) => {
    const values = new Set(rows.map((row) => row[column].trim()));
    return values.size * 2 <= rows.length && values.has(name);
  });
}

/**
 * Guesses which columns hold what: the split column has nothing but names of splits; the text column has the longest cells on average,
 * of those that are not called as labels are (a class may have a sentence for a name); the label column has one of the usual names, or else the fewest values from two on.
 *
 * @param names two or more
 * @param rows cells in the columns' order
 */
export function guessColumns(names: readonly string[], rows: string[][]): ColumnChoice {
  const columns = names.map((name, column) => {
    const cells = rows.map((row) => row[column].trim());
    return {
      name,
      meanLength: cells.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length),
      values: new Set(cells).size,
      isSplit: cells.length > 0 && cells.every((cell) => splitOf(cell) !== undefined),
      usual: usualLabelNames.includes(name.toLowerCase()),
    };
  });
  const others = columns.filter(({ isSplit }) => !isSplit);
  const candidates = others.length >= 2 ? others : columns;
  const unlabelled = candidates.filter(({ usual }) => !usual);
  const text = (unlabelled.length > 0 ? unlabelled : candidates).reduce((longest, column) =>
    column.meanLength > longest.meanLength ? column : longest,
  );
  // Of a file that is sorted by class, the head shows one class only: still a better guess than a column of ever new values.
  const rank = ({ values, usual }: (typeof columns)[number]) => (usual ? 0 : values >= 2 && values <= mostClasses ? values : 1000 + values);
  const label = candidates.filter((column) => column !== text).reduce((best, column) => (rank(column) < rank(best) ? column : best));
  const split = columns.find((column) => column.isSplit && column !== text && column !== label);
  return { text: text.name, label: label.name, split: split?.name ?? null };
}
