import type { ColumnChoice } from '../../../protocol/data';
import { LabError } from '../../errors';
import type { Dataset } from '../dataset';
import { count, counted, Problems, quoted, type Warnings } from '../problems';
import { defaultTokenizer, sharedTokenizer } from '../tokenizers/registry';
import { maximumTokens } from '../vocabulary';
import { isNumeric, mostClasses, noHeader, splitOf } from './columns';
import { type DatasetColumns, type DatasetRecord, faultAt } from './format';

/** Longer texts are cut: no network here reads as much, and one runaway field shouldn't cost the others their memory. */
export const longestText = 100_000;
const recordRemedy = 'Correct these lines in the file, and load it again.';
const columnRemedy = 'Choose other columns, or correct the file, and load it again.';
/** Classes that a warning names. */
const namedClasses = 3;
export const splitNames = ['train', 'validation', 'test'];

type Part = 0 | 1 | 2;

/** One of the files that make a data set. */
interface Source {
  file: string;
  columns: DatasetColumns;
  /** The split of all its records, where the file is one. */
  part: Part | null;
  text: number;
  label: number;
  split: number | null;
  problems: Problems;
  records: number;
}

/** The records of one file, or of one a split, as they become labelled sentences. */
export class LabelledRecords {
  private readonly sources: Source[] = [];
  private readonly texts: string[] = [];
  private readonly tokens: string[][] = [];
  private readonly tokenizer: string;
  private readonly tokenize: (text: string) => string[];
  private readonly labels: string[] = [];
  private readonly splits: Part[] = [];
  private numericTexts = 0;

  /** @throws LabError `bad-dataset` where one column is to be both texts and labels; `bad-specification` for an unknown tokenizer */
  constructor(
    private readonly choice: ColumnChoice,
    private readonly warnings: Warnings,
  ) {
    this.tokenizer = choice.tokenizer ?? defaultTokenizer;
    this.tokenize = sharedTokenizer(this.tokenizer);
    if (choice.text === choice.label) {
      throw new LabError(
        'bad-dataset',
        `${quoted(choice.text)} can't be both the texts and the labels.`,
        'Choose two columns, and load the file again.',
      );
    }
  }

  /**
   * Begins a file.
   *
   * @param part the split that the file is; null where it isn't one
   * @throws LabError `bad-dataset` where it lacks a chosen column
   */
  begin(file: string, columns: DatasetColumns, part: Part | null): void {
    const { text, label, split } = this.choice;
    this.sources.push({
      file,
      columns,
      part,
      text: columnOf(text, 'texts', file, columns),
      label: columnOf(label, 'labels', file, columns),
      split: split === null ? null : columnOf(split, 'splits', file, columns),
      problems: new Problems('bad-dataset', file, recordRemedy, columns.unit),
      records: 0,
    });
  }

  /** Takes a record of the file that was begun. @throws LabError `bad-dataset` at the third wrong one */
  add(record: DatasetRecord): void {
    const source = this.sources[this.sources.length - 1];
    source.records++;
    const { names } = source.columns;
    const { values, odd } = record;
    if (values.length !== names.length) {
      const surplus = values.length > names.length;
      const found = `${counted(values.length, 'field')}, where the header has ${count(names.length)}`;
      refuseRecord(
        source,
        record,
        surplus ? names.length : values.length - 1,
        surplus ? `${found}; a text with the delimiter in it must be in quotation marks` : found,
      );
      return;
    }
    for (const field of odd?.keys() ?? []) {
      if (field !== source.text && field !== source.label && field !== source.split) continue;
      refuseRecord(source, record, field, `${odd?.get(field)} in column ${quoted(names[field])}, where one plain value should stand`);
      return;
    }
    const sentence = values[source.text].trim();
    const label = values[source.label].trim();
    const part = source.part ?? (source.split === null ? 0 : splitOf(values[source.split]));
    if (sentence === '') {
      refuseRecord(source, record, source.text, `no text in column ${quoted(this.choice.text)}`);
    } else if (label === '') {
      refuseRecord(source, record, source.label, `no label in column ${quoted(this.choice.label)}`);
    } else if (part === undefined) {
      const field = source.split ?? 0;
      refuseRecord(source, record, field, `${quoted(values[field])} is none of train, validation and test`);
    } else {
      this.keep(record, sentence, label, part);
    }
  }

  /** Ends the file that was begun. @throws LabError `bad-dataset` where there was something wrong with it */
  end(): void {
    const source = this.sources[this.sources.length - 1];
    source.problems.raise(source.columns.format);
    if (source.records === 0) {
      const found = source.columns.fromHeader ? 'there is a header and no row behind it' : 'there is no record in it';
      refuse(source, source.text, found, 'Load a file with texts and labels in it.');
    }
  }

  private keep({ line }: DatasetRecord, sentence: string, label: string, part: Part): void {
    if (isNumeric(sentence)) this.numericTexts++;
    if (sentence.length > longestText) this.warn(`A text was cut at ${count(longestText)} characters.`, line);
    if (sentence.includes('\ufffd')) this.warn('A text has a character in it that was lost in an earlier encoding (U+FFFD).', line);
    const text = cut(sentence);
    const tokens = this.tokenize(text);
    if (tokens.length > maximumTokens) this.warn(`A text has more than ${maximumTokens} tokens; what is behind them is not read.`, line);
    this.texts.push(text);
    this.tokens.push(tokens);
    this.labels.push(label);
    this.splits.push(part);
  }

  /** The sentences and what their labels make of them. @throws LabError `bad-dataset` where they make no task */
  finish(): Omit<Dataset, 'source' | 'format' | 'licence' | 'warnings'> {
    const { texts, tokens, tokenizer, choice } = this;
    const [first] = this.sources;
    if (this.numericTexts === texts.length)
      refuse(first, first.text, `column ${quoted(choice.text)} holds numbers only, no texts`, columnRemedy);
    const classes = classNames(this.labels);
    const labelColumn = first.columns.names[first.label];
    if (first.columns.fromHeader && classes.includes(labelColumn)) throw noHeader(first.columns, first.label, first.file);
    if (classes.length < 2) {
      const found = `column ${quoted(choice.label)} has one class only, ${quoted(classes[0])}; it takes two to tell apart`;
      refuse(first, first.label, found, columnRemedy);
    }
    if (classes.length > mostClasses) {
      const found = `column ${quoted(choice.label)} has ${count(classes.length)} different values; ${count(mostClasses)} classes are the most`;
      refuse(first, first.label, found, columnRemedy);
    }
    const index = new Map(classes.map((name, i) => [name, i]));
    const labels = Uint32Array.from(this.labels, (name) => index.get(name) ?? 0);
    const split = first.part !== null || first.split !== null;
    return {
      texts,
      tokenizer,
      tokens,
      tasks: [{ id: choice.label, label: choice.label, classes, labels }],
      ownSplit: split ? this.ownSplit(first, classes, labels) : null,
    };
  }

  private ownSplit(first: Source, classes: string[], labels: Uint32Array): Uint8Array {
    const splits = Uint8Array.from(this.splits);
    const column = first.split ?? first.label;
    for (const part of [0, 2]) {
      if (!splits.includes(part))
        refuse(first, column, `column ${quoted(this.choice.split ?? '')} has no row of ${splitNames[part]}`, columnRemedy);
    }
    const present = [0, 1, 2].map(() => new Set<number>());
    for (const [row, part] of splits.entries()) present[part].add(labels[row]);
    const unlearnt = classes.filter((_, c) => !present[0].has(c));
    if (unlearnt.length > 0) refuse(first, column, `${someOf(unlearnt)} no row of train, so nothing could learn that`, columnRemedy);
    if (present[1].size === 0) {
      const what = first.part === null ? 'The split column has no row of validation' : 'There is no file of validation';
      this.warnings.add(`${what}; validation is taken from the training rows.`, null);
    }
    for (const part of [1, 2]) {
      const missing = present[part].size === 0 ? [] : classes.filter((_, c) => !present[part].has(c));
      if (missing.length > 0) this.warnings.add(`In the set's own split, ${someOf(missing)} no row of ${splitNames[part]}.`, null);
    }
    return splits;
  }

  /** A warning's line means little among several files: then it names its file. */
  private warn(message: string, line: number): void {
    const source = this.sources[this.sources.length - 1];
    this.warnings.add(source.part === null ? message : `${source.file}: ${message}`, line);
  }
}

function columnOf(name: string, role: string, file: string, columns: DatasetColumns): number {
  const column = columns.names.indexOf(name);
  if (column >= 0) return column;
  const { line } = columns.placeOf(0);
  const shown = columns.names.slice(0, 20).map(quoted).join(', ');
  throw faultAt(
    file,
    { line, column: 1 },
    `there is no column ${quoted(name)} for the ${role}; the columns are ${shown}${columns.names.length > 20 ? ' and more' : ''}`,
    'Choose one of these columns.',
    columns,
  );
}

function refuseRecord({ problems, columns }: Source, record: DatasetRecord, field: number, found: string): void {
  const { line, column } = record.placeOf(field);
  problems.add(line, column, found);
  if (problems.full) problems.raise(columns.format);
}

/** Refuses the whole file, at the head of a column. */
function refuse({ file, columns }: Source, field: number, found: string, remedy: string): never {
  throw faultAt(file, columns.placeOf(field), found, remedy, columns);
}

/** Classes and their verb, for a sentence: the first few by name, the others by their number. */
function someOf(names: readonly string[]): string {
  const [first, ...others] = names.slice(0, namedClasses).map(quoted);
  if (others.length === 0) return `class ${first} has`;
  const more = names.length > namedClasses ? `, and ${count(names.length - namedClasses)} more` : '';
  return `${count(names.length)} classes (${[first, ...others].join(', ')}${more}) have`;
}

/** Distinct labels: numbers by value, else names by code unit, which no locale changes. */
function classNames(labels: string[]): string[] {
  const names = [...new Set(labels)];
  return names.every(isNumeric) ? names.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1)) : names.sort();
}

/** At most `longestText` characters, and no half of a surrogate pair at the end. */
function cut(text: string): string {
  if (text.length <= longestText) return text;
  const high = text.charCodeAt(longestText - 1);
  return text.slice(0, high >= 0xd800 && high < 0xdc00 ? longestText - 1 : longestText);
}
