import type { DataWarning } from '../../protocol/data';
import type { FailureCode } from '../../protocol/failure';
import { LabError } from '../errors';

/** Places that a message names; reading stops when so many are found. */
const named = 3;

/** Large numbers as people read them: 12,345. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 row`, `2 rows`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** A file as messages name it: with its format, once that is known. */
export function titled(file: string, format: string | null | undefined): string {
  return format ? `${file} (${format})` : file;
}

/** A piece of the visitor's input for a message: in quotes, one line, at most 40 characters. */
export function quoted(text: string): string {
  const line = Array.from(text.slice(0, 100), (character) => (/[\s\p{Cc}]/u.test(character) ? ' ' : character));
  return `"${line.length > 40 ? `${line.slice(0, 39).join('')}…` : line.join('')}"`;
}

interface Problem {
  line: number;
  column: number;
  found: string;
}

/** Collects what is wrong with an input's lines, to fail once with the first three instead of with one at a time. */
export class Problems {
  private readonly found: Problem[] = [];

  constructor(
    private readonly code: FailureCode,
    private readonly file: string,
    private readonly remedy: string,
    /** What `line` counts: records, in a file that has no lines. */
    private readonly unit: 'line' | 'record' = 'line',
  ) {}

  /** Notes a problem; lines and columns (in characters) count from 1. */
  add(line: number, column: number, found: string): void {
    this.found.push({ line, column, found });
  }

  /** Enough for a message: reading on is a waste of the visitor's time. */
  get full(): boolean {
    return this.found.length >= named;
  }

  /** @throws LabError where there was a problem, with the place of the first; `format` is the file's, where it is known */
  raise(format?: string): void {
    if (this.found.length === 0) return;
    const places = this.found
      .slice(0, named)
      .map(({ line, column, found }) => `${this.unit} ${count(line)}, column ${count(column)}: ${found}`);
    const { line, column } = this.found[0];
    throw new LabError(this.code, `${titled(this.file, format)}, ${places.join('; ')}.`, this.remedy, { file: this.file, line, column });
  }
}

/** Counts oddities that an input is read in spite of, with the first places of each. */
export class Warnings {
  private readonly counts = new Map<string, DataWarning>();

  /** @param unit what places count */
  constructor(public unit: 'line' | NonNullable<DataWarning['unit']> = 'line') {}

  /**
   * @param line the first place, from 1; null for what is said of the whole file
   * @param times so many places from there on, one behind the other
   */
  add(message: string, line: number | null, times = 1): void {
    const known = this.counts.get(message);
    const warning: DataWarning = known ?? {
      message,
      count: 0,
      firstLines: [],
      ...(line === null || this.unit === 'line' ? {} : { unit: this.unit }),
    };
    warning.count += times;
    for (let i = 0; line !== null && i < times && warning.firstLines.length < named; i++) warning.firstLines.push(line + i);
    this.counts.set(message, warning);
  }

  list(): DataWarning[] {
    return [...this.counts.values()];
  }
}
