import { count, quoted } from '../problems';
import { tooManyColumns } from './columns';
import { type DatasetColumns, type DatasetRecord, type DatasetSink, faultAt, mostColumns, type Position } from './format';
import { JsonText, jsonRemedy, needMore } from './json-text';

const otherColumns = 'A record has other columns than the first one.';
const missing = 'nothing';

/** A JSON value as a field: its text, and what it is where it is nothing plain. */
export function fieldOf(value: unknown): { text: string; odd: string | null } {
  if (typeof value === 'string') return { text: value, odd: null };
  if (value === null) return { text: '', odd: null };
  if (typeof value !== 'object') return { text: String(value), odd: null };
  return Array.isArray(value) ? { text: '[…]', odd: 'a list' } : { text: '{…}', odd: 'an object' };
}

/** What a value is, for a message. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? `the text ${quoted(value)}` : `${typeof value} ${quoted(String(value))}`;
}

/** JSON objects as the records of a data set. The first one's names are the columns'; the others may have them in any order. */
export class JsonRecords {
  private names: string[] | null = null;
  private readonly wrong: { place: Position; found: string }[] = [];

  constructor(
    private readonly file: string,
    readonly format: string,
    private readonly sink: DatasetSink,
  ) {}

  /**
   * Takes a record.
   *
   * @param raw the JSON text of `value`
   * @param place of its first character
   * @returns false where no more are wanted
   * @throws LabError `bad-dataset` where the third is no object, or has more columns than may be
   */
  add(value: unknown, raw: string, place: Position): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.refuseLater(place, `${kindOf(value)} where a record should stand: an object such as {"text": "so good", "label": "good"}`);
      return true;
    }
    const record = value as Record<string, unknown>;
    this.names ??= this.begin(Object.keys(record), raw, place);
    const values: string[] = [];
    let odd: Map<number, string> | null = null;
    let present = 0;
    for (const [i, name] of this.names.entries()) {
      const there = Object.hasOwn(record, name);
      const field = there ? fieldOf(record[name]) : { text: '', odd: missing };
      if (there) present++;
      values.push(field.text);
      if (field.odd !== null) {
        odd ??= new Map();
        odd.set(i, field.odd);
      }
    }
    if (present < this.names.length || Object.keys(record).length > present) this.sink.warnings.add(otherColumns, place.line);
    return this.sink.record({ values, line: place.line, odd, placeOf: fieldPlaces(raw, this.names, place) } satisfies DatasetRecord);
  }

  /** Notes what is wrong with a record, to fail with the first three. @throws LabError `bad-dataset` at the third */
  refuseLater(place: Position, found: string): void {
    this.wrong.push({ place, found });
    if (this.wrong.length === 3) this.end();
  }

  /** @throws LabError `bad-dataset` where something was wrong */
  end(): void {
    if (this.wrong.length === 0) return;
    const [first, ...others] = this.wrong;
    const places = others.map(({ place, found }) => `; line ${count(place.line)}, column ${count(place.column)}: ${found}`);
    throw faultAt(this.file, first.place, `${first.found}${places.join('')}`, jsonRemedy, this);
  }

  private begin(names: string[], raw: string, place: Position): string[] {
    if (names.length > mostColumns) throw tooManyColumns(names.length, place, this.file, this);
    if (names.length === 0)
      throw faultAt(this.file, place, 'a record without a column', 'Load a file whose records have a text and a label.', this);
    const columns: DatasetColumns = {
      format: this.format,
      names,
      unit: 'line',
      fromHeader: false,
      placeOf: fieldPlaces(raw, names, place),
    };
    this.sink.columns(columns);
    return names;
  }
}

/** Looked for only where something is wrong with a field. */
function fieldPlaces(raw: string, names: readonly string[], start: Position): (field: number) => Position {
  return (field) => {
    const before = raw.slice(0, memberAt(raw, names[field]));
    const lines = before.split('\n');
    const last = lines[lines.length - 1].length;
    return lines.length === 1
      ? { line: start.line, column: start.column + last }
      : { line: start.line + lines.length - 1, column: last + 1 };
  };
}

/** Where the value of a member of an object begins: of the last, where several have the name. 0 where none has. */
function memberAt(raw: string, name: string): number {
  const text = new JsonText('', '');
  text.append(raw);
  text.ended = true;
  let found = 0;
  for (text.at = 1; text.skip() === 0x22; text.at++) {
    text.mark();
    const key = text.extent();
    if (key === needMore) return found;
    text.skip();
    text.at++;
    text.skip();
    text.mark();
    if (JSON.parse(key) === name) found = text.at;
    text.extent();
    text.skip();
  }
  return found;
}
