import type { Catalogue } from '../../protocol/catalogue';

/** What a value is read against. */
export interface LinkContext {
  catalogue: Catalogue;
}

/**
 * What became of a value from a link: nothing of it can be used (`value` undefined), all of it (`problem` undefined), or a part. The
 * problem is the end of a sentence that begins with the property's name.
 */
export interface Reading<V> {
  value?: V;
  problem?: string;
}

/** Takes anything; never throws. */
export type Reader<V> = (value: unknown, context: LinkContext) => Reading<V>;

const LONGEST_QUOTE = 40;

/** A value as a sentence can hold it. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `“${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}”`;
}

const group = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

interface Bounds {
  minimum: number;
  maximum: number;
  integer?: boolean;
  /** Neither bound itself, or all but the lower one. */
  open?: boolean | 'below';
}

export function number({ minimum, maximum, integer = false, open = false }: Bounds): Reader<number> {
  const [low, high] = [group.format(minimum), group.format(maximum)];
  const range = open === 'below' ? `above ${low} and up to ${high}` : open ? `between ${low} and ${high}` : `from ${low} to ${high}`;
  return (value) => {
    const fits =
      typeof value === 'number' &&
      (open ? value > minimum : value >= minimum) &&
      (open === true ? value < maximum : value <= maximum) &&
      (!integer || Number.isInteger(value));
    // Minus zero would not survive its way through JSON.
    return fits ? { value: value + 0 } : { problem: `${quote(value)} is not a ${integer ? 'whole ' : ''}number ${range}` };
  };
}

export function flag(): Reader<boolean> {
  return (value) => (typeof value === 'boolean' ? { value } : { problem: `${quote(value)} is neither yes nor no` });
}

/** A text of one line. */
export function text(longest: number, least = 1): Reader<string> {
  return (value) =>
    typeof value === 'string' && value.length >= least && value.length <= longest && !/\p{Cc}/u.test(value)
      ? { value }
      : { problem: `${quote(value)} is not a name of ${least} to ${longest} characters` };
}

/** One of the things that the lab has now. */
export function known<V extends string>(what: string, ids: (context: LinkContext) => readonly V[]): Reader<V> {
  return (value, context) => {
    const id = ids(context).find((candidate) => candidate === value);
    return id === undefined ? { problem: `this lab has no ${what} ${quote(value)}` } : { value: id };
  };
}

/** What of a list can be read, each entry once; nothing, where that is too little. */
export function list<V>(
  entry: Reader<V>,
  { least, most, repeats = false }: { least: number; most: number; repeats?: boolean },
): Reader<V[]> {
  return (value, context) => {
    if (!Array.isArray(value)) return { problem: `${quote(value)} is not a list` };
    const problems: string[] = [];
    const values: V[] = [];
    for (const one of value.slice(0, most)) {
      const reading = entry(one, context);
      if (reading.problem !== undefined) problems.push(reading.problem);
      if (reading.value === undefined) continue;
      if (!repeats && values.includes(reading.value)) continue;
      values.push(reading.value);
    }
    if (value.length > most) problems.push(`it holds ${group.format(value.length)} entries, of which the first ${most} are read`);
    if (values.length < least) return { problem: problems[0] ?? `a list of ${value.length} entries is too short` };
    return { value: values, problem: problems[0] };
  };
}

/** Names and their values; what has an unknown name is left out. */
export function record<V>(entry: (name: string, context: LinkContext) => Reader<V> | null, what: string): Reader<Record<string, V>> {
  return (value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { problem: `${quote(value)} is not a list of names and values` };
    let problem: string | undefined;
    const entries: [string, V][] = [];
    for (const [name, one] of Object.entries(value).slice(0, 200)) {
      const reader = entry(name, context);
      const reading: Reading<V> = reader ? reader(one, context) : { problem: `this lab has no ${what} ${quote(name)}` };
      problem ??= reading.problem;
      if (reading.value !== undefined) entries.push([name, reading.value]);
    }
    return { value: Object.fromEntries(entries), problem };
  };
}
