import Papa, { type ParseStepResult } from 'papaparse';
import { faultAt, type Position } from './format';

/** A row of a CSV or TSV. */
export interface Row {
  /** The row's first line, from 1. It has more than one where a quoted field has line breaks. */
  line: number;
  fields: string[];
  /** Line and column of a field's first character, from 1. */
  placeOf(field: number): Position;
}

export type Delimiter = ',' | '\t' | ';';
export const delimitedFormats: Record<Delimiter, string> = { ',': 'CSV', '\t': 'TSV', ';': 'CSV with semicolons' };
const delimiters: Delimiter[] = [',', '\t', ';'];

/** Characters that a row has at most: a longer one has a quote that never closes, somewhere. */
const longestRow = 4 * 2 ** 20;
/** Characters from which the delimiter is found out. */
const headLength = 64 * 1024;
const remedy =
  'Close each quoted field, and write a quotation mark inside one twice (""). In a file without quoting, no field may begin with a quotation mark.';

/**
 * Reads the rows of a CSV or TSV, header included, as they come. The delimiter is found out: of comma, tab and semicolon the one that
 * divides the first lines most evenly. Empty lines are passed over.
 *
 * @param text of the file, with line feeds as line ends
 * @param onRow called for each row; false ends the reading
 * @throws LabError `bad-dataset` with line and column for a quoted field that never closes or that has text behind its closing quote; and what
 *   `text` throws
 */
export async function readRows(
  file: string,
  text: AsyncIterable<string>,
  onRow: (row: Row, delimiter: Delimiter) => boolean,
): Promise<void> {
  let rows: RowParser | null = null;
  /** Not yet read. */
  let held = '';
  const read = (last: boolean): boolean => {
    if (!last && rows === null && held.length < headLength) return true;
    rows ??= new RowParser(file, sniffDelimiter(held), onRow);
    const taken = rows.parse(held, last);
    held = held.slice(taken);
    if (held.length > longestRow) rows.refuseUnclosed(held);
    return !rows.ended;
  };
  for await (const piece of text) {
    held += piece;
    if (!read(false)) return;
  }
  read(true);
}

function sniffDelimiter(text: string): Delimiter {
  const head = text.slice(0, headLength);
  const whole = head.length < text.length ? head.slice(0, head.lastIndexOf('\n') + 1) || head : head;
  const { meta } = Papa.parse<string[]>(whole, { preview: 50, newline: '\n', delimitersToGuess: delimiters, skipEmptyLines: 'greedy' });
  return delimiters.find((delimiter) => delimiter === meta.delimiter) ?? ',';
}

/** papaparse's inner parser, which takes a text in pieces, with the count of lines that it lacks. */
class RowParser {
  ended = false;
  private line = 1;
  private text = '';
  /** Where in `text` the next row begins. */
  private start = 0;
  private readonly parser: Papa.Parser;

  constructor(
    private readonly file: string,
    private readonly delimiter: Delimiter,
    onRow: (row: Row, delimiter: Delimiter) => boolean,
  ) {
    this.parser = new Papa.Parser({
      delimiter,
      newline: '\n',
      step: ({ data, errors, meta }: ParseStepResult<string[][]>) => {
        const [error] = errors;
        if (error) this.refuse(error.code, error.index ?? this.start);
        const [fields] = data;
        const { line } = this;
        const raw = this.text.slice(this.start, meta.cursor);
        this.start = meta.cursor;
        this.line += linesIn(raw);
        if (fields.length === 1 && fields[0].trim() === '') return;
        const row: Row = { line, fields, placeOf: (field) => place(raw, fieldStart(raw, delimiter, field), line) };
        if (onRow(row, delimiter)) return;
        this.ended = true;
        this.parser.abort();
      },
    });
  }

  /** Reads the complete rows of `text`, and with `last` the rest too. Returns how many characters it took. */
  parse(text: string, last: boolean): number {
    this.text = text;
    this.start = 0;
    this.parser.parse(text, 0, !last);
    return this.start;
  }

  /** @throws LabError always, with the place of the last quoted field of `row` */
  refuseUnclosed(row: string): never {
    let field = 0;
    let start = 0;
    for (let next = 0; next >= 0; next = fieldStart(row, this.delimiter, ++field)) start = next;
    this.text = row;
    this.start = 0;
    this.refuse('MissingQuotes', start + 1);
  }

  /** @param index behind the field's opening quote */
  private refuse(code: string, index: number): never {
    const { line, column } = place(this.text.slice(this.start), index - 1 - this.start, this.line);
    const found =
      code === 'MissingQuotes'
        ? 'a quoted field begins here and never closes'
        : 'a quoted field begins here and has text behind its closing quote';
    throw faultAt(this.file, { line, column }, found, remedy, { format: delimitedFormats[this.delimiter] });
  }
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function place(raw: string, index: number, firstLine: number): Position {
  const before = raw.slice(0, index);
  return { line: firstLine + linesIn(before), column: index - before.lastIndexOf('\n') };
}

/** Where a field of a row begins; -1 where the row has no such field. */
function fieldStart(raw: string, delimiter: Delimiter, field: number): number {
  let at = 0;
  for (let passed = 0; passed < field; passed++) {
    let end = at;
    if (raw[at] === '"') {
      end = raw.indexOf('"', at + 1);
      while (end >= 0 && raw[end + 1] === '"') end = raw.indexOf('"', end + 2);
      if (end < 0) return -1;
    }
    const next = raw.indexOf(delimiter, end);
    if (next < 0) return -1;
    at = next + 1;
  }
  return at;
}
