/** What a schema finds wrong with a value, in the house's words: zod's own are for programmers. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

export interface Fault {
  /** `methods[2].rates[0]`; empty for the value itself. */
  place: string;
  /** Half a sentence: `it is "a tenth", and a number is needed`. */
  fault: string;
}

const longestShown = 60;

/** What types are called. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  tuple: 'a list',
  object: 'an object of fields',
  record: 'an object of fields',
  boolean: 'true or false',
  null: 'null',
};

/**
 * The first thing that a schema found wrong.
 *
 * @param value what was parsed
 */
export function firstFault({ issues }: z.ZodError, value: unknown): Fault {
  return faultOf(issues[0], value, []);
}

/** `methods[2].rates[0]`. */
export function placeOf(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`)).join('');
}

/** @param above where a union stands whose branch this is an issue of */
function faultOf(issue: Issue, value: unknown, above: Path): Fault {
  const path = [...above, ...issue.path];
  const input = valueAt(value, path);
  const at = (fault: string): Fault => ({ place: placeOf(path), fault });
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors);
    if (branch) return faultOf(branch[0], value, path);
    const wanted = [...new Set(issue.errors.flatMap(([first]) => (first ? neededBy(first) : [])))];
    return at(wanted.length > 0 ? `${said(input)}, and ${oneOf(wanted)} is needed` : `${said(input)}, which is nothing that fits here`);
  }
  const needed = neededBy(issue);
  if (needed.length > 0) return at(`${said(input)}, and ${oneOf(needed)} is needed`);
  if (issue.code === 'too_small' || issue.code === 'too_big') return at(outOfBounds(issue, input));
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(shown);
    return at(`there is no field ${names.join(' and no field ')}`);
  }
  if (issue.code === 'invalid_key') return at('that is no name that can stand there');
  // A schema's own sentence.
  if (issue.code === 'custom' && issue.message !== 'Invalid input') return at(issue.message);
  if (issue.code === 'invalid_format' && !issue.message.startsWith('Invalid ')) return at(issue.message);
  return at(`${said(input)}, which is nothing that fits here`);
}

/** What an issue of the wrong type or choice asks for; nothing where something else is wrong. */
function neededBy(issue: Issue): string[] {
  if (issue.code === 'invalid_type') return [kinds[issue.expected] ?? 'another kind of value'];
  return issue.code === 'invalid_value' ? issue.values.map(shown) : [];
}

function oneOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices[choices.length - 1]}`;
}

/** The branch that was most likely meant: one that the value is of the right kind for, with the least wrong in it. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const fitting = branches.filter(([first]) => first && (first.path.length > 0 || neededBy(first).length === 0));
  return [...fitting].sort((a, b) => a.length - b.length)[0] ?? null;
}

function outOfBounds(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, input: unknown): string {
  const isSmall = issue.code === 'too_small';
  const limit = Number(isSmall ? issue.minimum : issue.maximum);
  const bound = limit.toLocaleString('en', { maximumSignificantDigits: 17 });
  const within = `${isSmall ? 'at least' : 'at most'} ${bound}`;
  const verb = limit === 1 ? 'is' : 'are';
  if (Array.isArray(input)) return `its list has ${input.length.toLocaleString('en')}, and ${within} ${verb} needed`;
  if (typeof input === 'string') {
    return input === '' ? 'it is empty' : `it has ${input.length.toLocaleString('en')} characters, and ${within} ${verb} needed`;
  }
  const number = issue.inclusive === false ? `${isSmall ? 'above' : 'below'} ${bound}` : `of ${within}`;
  return `${said(input)}, and a number ${number} is needed`;
}

function said(input: unknown): string {
  if (input === undefined) return 'it is missing';
  if (Array.isArray(input)) return 'it is a list';
  if (typeof input === 'object' && input !== null) return 'it is an object of fields';
  if (typeof input === 'number' && Number.isNaN(input)) return 'it is not a number';
  return `it is ${shown(input)}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}...`;
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined;
  return at;
}
