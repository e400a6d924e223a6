/**
 * An append-only log of numbers that behaves like an immutable value: a version is its length, and older versions stay readable while
 * newer ones share the same array. Appending to the newest version costs what is appended, not what is there; appending to an older
 * one copies. So a reducer can keep every raw point for export without the O(n^2) of copying an array an event.
 */
export interface Growing {
  readonly values: readonly number[];
  readonly length: number;
}

export const EMPTY: Growing = { values: [], length: 0 };

export function append(log: Growing, more: readonly number[]): Growing {
  if (more.length === 0) return log;
  const newest = log.length > 0 && log.length === log.values.length;
  const values = newest ? (log.values as number[]) : log.values.slice(0, log.length);
  for (const value of more) values.push(value);
  return { values, length: values.length };
}
