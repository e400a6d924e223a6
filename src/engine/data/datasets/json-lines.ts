import { Pace } from '../bytes/pace';
import { count } from '../problems';
import { type DatasetFormat, faultAt } from './format';
import { headText } from './head';
import { jsonFault } from './json-fault';
import { JsonRecords } from './json-records';
import { jsonRemedy, longestValue } from './json-text';
import { textOf } from './text';

const label = 'JSON Lines';

/**
 * JSON Lines: an object a line. Told from JSON by the first line: it is an object by itself, and not one that holds the whole set as lists.
 */
export const jsonLines: DatasetFormat = {
  id: 'json-lines',
  label,
  recognizes(head) {
    const text = headText(head).trimStart();
    if (!/^\{\s*(?:["}]|$)/.test(text)) return false;
    const [first, ...others] = text.split(/\r\n?|\n/).map((line) => line.trim());
    const second = others.find((line) => line !== '');
    if (second !== undefined) {
      const parsed = parsedLine(first);
      if ('found' in parsed) return first.endsWith('}') && second.startsWith('{');
      return !holdsLists(parsed.value);
    }
    return !/^\{\s*"(?:[^"\\]|\\.)*"\s*:\s*[[{]/.test(first) && !/"(?:data|rows|records|examples)"\s*:\s*\[/i.test(first);
  },
  async read(file, sink, options) {
    const records = new JsonRecords(file.name, label, sink);
    const pace = new Pace(`Reading ${file.name}`, file.size, options);
    let line = 0;
    const take = (raw: string): boolean => {
      line++;
      if (raw.trim() === '') return true;
      const column = raw.length - raw.trimStart().length + 1;
      const parsed = parsedLine(raw);
      if ('found' in parsed) {
        records.refuseLater({ line, column: parsed.at + 1 }, parsed.found);
        return true;
      }
      return records.add(parsed.value, raw.trimStart(), { line, column });
    };
    let held = '';
    for await (const piece of textOf(file, pace, sink)) {
      const lines = (held + piece).split('\n');
      held = lines.pop() ?? '';
      for (const raw of lines) if (!take(raw)) return;
      if (held.length > longestValue) {
        throw faultAt(file.name, { line: line + 1, column: 1 }, `a line of more than ${count(longestValue)} characters`, jsonRemedy, {
          format: label,
        });
      }
    }
    if (!take(held)) return;
    records.end();
  },
};

/** An object whose every value is a list or an object of values: the columns of a whole set. */
function holdsLists(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  const values = Object.values(record);
  return values.length > 0 && values.every((value) => typeof value === 'object' && value !== null);
}

function parsedLine(raw: string): { value: unknown } | { at: number; found: string } {
  try {
    return { value: JSON.parse(raw) };
  } catch {
    return deep(raw)
      ? { at: 0, found: 'lists and objects inside one another too deep' }
      : (jsonFault(raw) ?? { at: 0, found: 'a value that is no JSON' });
  }
}

/** More opening brackets than the fault finder, which calls itself, can follow. */
function deep(raw: string): boolean {
  let depth = 0;
  for (const c of raw) {
    if (c === '[' || c === '{') depth++;
    if (depth > 1000) return true;
  }
  return false;
}
