import { Pace } from '../bytes/pace';
import { count, counted, quoted } from '../problems';
import { tooManyColumns } from './columns';
import { type DatasetFormat, type DatasetSink, faultAt, mostColumns, type Position } from './format';
import { headText } from './head';
import { fieldOf, JsonRecords } from './json-records';
import { atEnd, JsonText, jsonRemedy, needMore } from './json-text';
import { textOf } from './text';

const [comma, colon, quote, openList, closeList, openObject, closeObject] = Array.from(',:"[]{}', (c) => c.charCodeAt(0));
/** Under these names an object has its records. */
const recordsNames = ['data', 'rows', 'records', 'examples'];
const label = 'JSON';

/**
 * JSON: a list of objects; an object with such a list under `data`, `rows`, `records` or `examples`; or an object of columns, which are lists of
 * equal length, or objects by row (as pandas writes them). Lists of records are read as they come, columns held until the end.
 */
export const json: DatasetFormat = {
  id: 'json',
  label,
  recognizes: (head) => /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{["\]\d-]|$))/.test(headText(head)),
  async read(file, sink, options) {
    const text = new JsonText(file.name, label);
    const steps = new Document(file.name, text, sink).read();
    const pace = new Pace(`Reading ${file.name}`, file.size, options);
    for await (const piece of textOf(file, pace, sink)) {
      text.append(piece);
      if (steps.next().done) return;
    }
    text.ended = true;
    while (!steps.next().done) if (pace.due()) await pace.beat(text.taken);
  },
};

/** Yields where it needs more text, and, at the end of it, to let the event loop have a turn. */
type Steps<T = void> = Generator<void, T>;

interface Column {
  name: string;
  values: string[];
  odd: Map<number, string>;
  lines: number[];
  columns: number[];
  place: Position;
}

class Document {
  private readonly records: JsonRecords;
  private readonly columns: Column[] = [];
  private found = false;
  private full = false;

  constructor(
    private readonly file: string,
    private readonly text: JsonText,
    private readonly sink: DatasetSink,
  ) {
    this.records = new JsonRecords(file, label, sink);
  }

  *read(): Steps {
    const { text } = this;
    const c = yield* this.next();
    if (c === atEnd) return;
    const start = text.placeOf(text.at);
    if (c === openList) {
      text.at++;
      yield* this.list(true);
    } else if (c === openObject) yield* this.object();
    else throw text.refuse(text.at, 'a list or an object of JSON should begin here');
    if (this.full) return;
    if ((yield* this.next()) !== atEnd) throw text.refuse(text.at, 'something stands behind the end of the data');
    this.records.end();
    if (!this.found) yield* this.emitColumns(start);
  }

  /** A list, from behind its bracket on: of records, or of other objects, which are passed over. */
  private *list(ofRecords: boolean): Steps {
    this.found ||= ofRecords;
    const { text } = this;
    if ((yield* this.next()) === closeList) {
      text.at++;
      return;
    }
    do {
      const raw = yield* this.value();
      if (ofRecords && !this.records.add(text.parse(raw), raw, text.placeOf())) {
        this.full = true;
        return;
      }
    } while (yield* this.another(closeList));
  }

  private *object(): Steps {
    const { text } = this;
    text.at++;
    if ((yield* this.next()) === closeObject) {
      text.at++;
      return;
    }
    do {
      const { name, place } = yield* this.name();
      const c = yield* this.next();
      if (c === openList) {
        text.at++;
        const first = yield* this.next();
        const ofRecords = first === openObject && recordsNames.includes(name.toLowerCase()) && !this.found;
        if (first === openObject) yield* this.list(ofRecords);
        else yield* this.column(name, place, closeList);
      } else if (c === openObject) {
        text.at++;
        yield* this.column(name, place, closeObject);
      } else {
        const raw = yield* this.value();
        text.parse(raw);
      }
      if (this.full) return;
    } while (yield* this.another(closeObject));
  }

  /** A column, from behind its bracket on: a list of its values, or an object of them by row. */
  private *column(name: string, place: Position, close: number): Steps {
    const { text } = this;
    const column: Column = { name, values: [], odd: new Map(), lines: [], columns: [], place };
    if (this.columns.length >= mostColumns) throw tooManyColumns(this.columns.length + 1, place, this.file, { format: label });
    this.columns.push(column);
    if ((yield* this.next()) === close) {
      text.at++;
      return;
    }
    do {
      if (close === closeObject) yield* this.name();
      const raw = yield* this.value();
      const field = fieldOf(text.parse(raw));
      const at = text.placeOf();
      if (field.odd !== null) column.odd.set(column.values.length, field.odd);
      column.values.push(field.text);
      column.lines.push(at.line);
      column.columns.push(at.column);
    } while (yield* this.another(close));
  }

  private *emitColumns(start: Position): Steps {
    const { columns, sink } = this;
    const found = 'neither a list of records, nor an object with one under "data" or "rows", nor an object of columns';
    if (columns.length === 0) throw this.refuseAt(start, found);
    const [first] = columns;
    for (const { name, values, place } of columns) {
      if (values.length === first.values.length) continue;
      const found = `column ${quoted(name)} has ${counted(values.length, 'value')} where ${quoted(first.name)} has ${count(first.values.length)}`;
      throw this.refuseAt(place, found);
    }
    const again = columns.findIndex(({ name }, i) => columns.findIndex((other) => other.name === name) < i);
    if (again >= 0) throw this.refuseAt(columns[again].place, `a second column called ${quoted(columns[again].name)}`);
    sink.columns({
      format: label,
      names: columns.map(({ name }) => name),
      unit: 'line',
      fromHeader: false,
      placeOf: (field) => columns[field]?.place ?? start,
    });
    for (let i = 0; i < first.values.length; i++) {
      if (i % 1000 === 999) yield;
      let odd: Map<number, string> | null = null;
      for (const [field, column] of columns.entries()) {
        const what = column.odd.get(i);
        if (what !== undefined) odd = (odd ?? new Map<number, string>()).set(field, what);
      }
      const placeOf = (field: number) => ({ line: columns[field].lines[i], column: columns[field].columns[i] });
      if (!sink.record({ values: columns.map(({ values }) => values[i]), line: first.lines[i], odd, placeOf })) return;
    }
  }

  /** The next character that is no white space; not taken. */
  private *next(): Steps<number> {
    for (;;) {
      const c = this.text.skip();
      if (c !== needMore) return c;
      yield;
    }
  }

  /** The text of the value that begins here. */
  private *value(): Steps<string> {
    yield* this.next();
    this.text.mark();
    for (;;) {
      const raw = this.text.extent();
      if (raw !== needMore) return raw;
      yield;
    }
  }

  /** A member's name and the colon behind it. */
  private *name(): Steps<{ name: string; place: Position }> {
    const { text } = this;
    if ((yield* this.next()) !== quote) throw text.refuse(text.at, 'a name in quotation marks should stand here');
    const raw = yield* this.value();
    const name = String(text.parse(raw));
    const place = text.placeOf();
    if ((yield* this.next()) !== colon) throw text.refuse(text.at, 'a colon should stand here');
    text.at++;
    return { name, place };
  }

  /** Takes a comma (true) or the bracket that closes (false). */
  private *another(close: number): Steps<boolean> {
    const { text } = this;
    const c = yield* this.next();
    const bracket = String.fromCharCode(close);
    if (c !== comma && c !== close) {
      const ended = c === atEnd ? 'the file ends' : 'something else stands';
      throw text.refuse(text.at, `${ended} where a comma or ${bracket} should stand`);
    }
    text.at++;
    if (c === close) return false;
    if ((yield* this.next()) === close) throw text.refuse(text.at, `${bracket} behind a comma, where another value should stand`);
    return true;
  }

  private refuseAt(place: Position, found: string) {
    return faultAt(this.file, place, found, jsonRemedy, { format: label });
  }
}
