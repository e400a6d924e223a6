import type { ColumnChoice } from '../../../protocol/data';
import { LabError } from '../../errors';
import type { Dataset } from '../dataset';
import { count, counted, Problems, quoted, Warnings } from '../problems';
import { sharedTokenizer } from '../tokenizer';
import { columnNames, isNumeric, noHeader, splitOf } from './columns';
import type { Row } from './delimited-rows';

/** Longer texts are cut: no network here reads as much, and one runaway field shouldn't cost the others their memory. */
export const longestText = 100_000;
const mostClasses = 500;
const rowRemedy = 'Correct these lines in the file, and load it again.';
const columnRemedy = 'Choose other columns, or correct the file, and load it again.';
const splitNames = ['train', 'validation', 'test'];

/** The rows of a file as they become labelled sentences. */
export class LabelledRows {
  private readonly names: string[];
  private readonly columns: { text: number; label: number; split: number | null };
  private readonly problems: Problems;
  private readonly warnings = new Warnings();
  private readonly texts: string[] = [];
  private readonly tokens: string[][] = [];
  private readonly tokenize = sharedTokenizer();
  private readonly labels: string[] = [];
  private readonly splits: (0 | 1 | 2)[] = [];
  private numericTexts = 0;

  /** @throws LabError `bad-dataset` where the header is none, or lacks a chosen column */
  constructor(
    private readonly file: string,
    private readonly header: Row,
    private readonly choice: ColumnChoice,
  ) {
    this.problems = new Problems('bad-dataset', file, rowRemedy);
    this.names = columnNames(header, file);
    this.columns = {
      text: this.columnOf(choice.text, 'texts'),
      label: this.columnOf(choice.label, 'labels'),
      split: choice.split === null ? null : this.columnOf(choice.split, 'splits'),
    };
    if (this.columns.text === this.columns.label) {
      throw new LabError(
        'bad-dataset',
        `${quoted(choice.text)} can't be both the texts and the labels.`,
        'Choose two columns, and load the file again.',
      );
    }
  }

  /** Takes a row. @throws LabError `bad-dataset` at the third wrong one */
  add(row: Row): void {
    const { text, label, split } = this.columns;
    const { fields } = row;
    if (fields.length !== this.names.length) {
      const surplus = fields.length > this.names.length;
      const found = `${counted(fields.length, 'field')}, where the header has ${count(this.names.length)}`;
      this.problem(
        row,
        surplus ? this.names.length : fields.length - 1,
        surplus ? `${found}; a text with the delimiter in it must be in quotation marks` : found,
      );
      return;
    }
    const sentence = fields[text].trim();
    const name = fields[label].trim();
    const part = split === null ? 0 : splitOf(fields[split]);
    if (sentence === '') {
      this.problem(row, text, `no text in column ${quoted(this.choice.text)}`);
    } else if (name === '') {
      this.problem(row, label, `no label in column ${quoted(this.choice.label)}`);
    } else if (part === undefined) {
      const field = split ?? 0;
      this.problem(row, field, `${quoted(fields[field])} is none of train, validation and test`);
    } else {
      this.keep(row, sentence, name, part);
    }
  }

  private keep(row: Row, sentence: string, label: string, part: 0 | 1 | 2): void {
    if (isNumeric(sentence)) this.numericTexts++;
    if (sentence.length > longestText) this.warnings.add(`A text was cut at ${count(longestText)} characters.`, row.line);
    const text = cut(sentence);
    this.texts.push(text);
    this.tokens.push(this.tokenize(text));
    this.labels.push(label);
    this.splits.push(part);
  }

  /** The sentences and what their labels make of them. @throws LabError `bad-dataset` where they make no task */
  finish(): Pick<Dataset, 'texts' | 'tokens' | 'tasks' | 'ownSplit' | 'warnings'> {
    this.problems.raise();
    const { texts, tokens, columns, choice } = this;
    if (texts.length === 0) this.refuse(columns.text, 'there is a header and no row behind it', 'Load a file with texts and labels in it.');
    if (this.numericTexts === texts.length)
      this.refuse(columns.text, `column ${quoted(choice.text)} holds numbers only, no texts`, columnRemedy);
    const classes = classNames(this.labels);
    if (classes.includes(this.names[columns.label])) throw noHeader(this.header, columns.label, this.file);
    if (classes.length < 2) {
      this.refuse(
        columns.label,
        `column ${quoted(choice.label)} has one class only, ${quoted(classes[0])}; it takes two to tell apart`,
        columnRemedy,
      );
    }
    if (classes.length > mostClasses) {
      const found = `column ${quoted(choice.label)} has ${count(classes.length)} different values; ${count(mostClasses)} classes are the most`;
      this.refuse(columns.label, found, columnRemedy);
    }
    const index = new Map(classes.map((name, i) => [name, i]));
    const labels = Uint32Array.from(this.labels, (name) => index.get(name) ?? 0);
    return {
      texts,
      tokens,
      tasks: [{ id: choice.label, label: choice.label, classes, labels }],
      ownSplit: columns.split === null ? null : this.ownSplit(columns.split, classes, labels),
      warnings: this.warnings.list(),
    };
  }

  private ownSplit(column: number, classes: string[], labels: Uint32Array): Uint8Array {
    const splits = Uint8Array.from(this.splits);
    for (const part of [0, 2]) {
      if (!splits.includes(part))
        this.refuse(column, `column ${quoted(this.choice.split ?? '')} has no row of ${splitNames[part]}`, columnRemedy);
    }
    const present = [0, 1, 2].map((part) => new Set(labels.filter((_, row) => splits[row] === part)));
    for (const [c, name] of classes.entries()) {
      if (!present[0].has(c)) this.refuse(column, `class ${quoted(name)} has no row of train, so nothing could learn it`, columnRemedy);
    }
    if (present[1].size === 0) {
      this.warnings.add('The split column has no row of validation; validation is taken from the training rows.', this.header.line);
    }
    for (const part of [1, 2]) {
      for (const [c, name] of classes.entries()) {
        if (present[part].size > 0 && !present[part].has(c)) {
          this.warnings.add(`Class ${quoted(name)} has no row of ${splitNames[part]}.`, this.header.line);
        }
      }
    }
    const firstSplit = new Map<string, number>();
    let shared = 0;
    for (const [row, text] of this.texts.entries()) {
      if (!firstSplit.has(text)) firstSplit.set(text, splits[row]);
      else if (firstSplit.get(text) !== splits[row]) shared++;
    }
    if (shared > 0) {
      this.warnings.add(`The file's own split has ${counted(shared, 'row')} whose text stands in another split too.`, this.header.line);
    }
    return splits;
  }

  private columnOf(name: string, role: string): number {
    const column = this.names.indexOf(name);
    if (column >= 0) return column;
    throw new LabError(
      'bad-dataset',
      `${this.file}, line ${count(this.header.line)}, column 1: there is no column ${quoted(name)} for the ${role}; the columns are ${this.names.map(quoted).join(', ')}.`,
      'Choose one of these columns.',
      { file: this.file, line: this.header.line, column: 1 },
    );
  }

  private problem(row: Row, field: number, found: string): void {
    const { line, column } = row.placeOf(field);
    this.problems.add(line, column, found);
    if (this.problems.full) this.problems.raise();
  }

  /** Refuses the whole file, at the head of a column. */
  private refuse(field: number, found: string, remedy: string): never {
    const { line, column } = this.header.placeOf(field);
    throw new LabError('bad-dataset', `${this.file}, line ${count(line)}, column ${count(column)}: ${found}.`, remedy, {
      file: this.file,
      line,
      column,
    });
  }
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
