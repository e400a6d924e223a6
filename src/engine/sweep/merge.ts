import type { ResultRow } from '../../protocol/results';
import type { SweepCell, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { LabError } from '../errors';
import { canonicalSweep } from './keys';
import { adapterKind, keyOfCell, SweepLedger } from './ledger';
import type { PossibleCell } from './unroll';

/** Results with what a message calls them: a file's name. */
export interface NamedResults {
  name: string;
  /** Validated. */
  results: SweepResults;
}

export interface MergedSweep {
  results: SweepResults;
  /** Cells that came more than once, with the same numbers. */
  duplicates: number;
  /** Cells that came more than once, from machines whose last bits differ: the first is kept. */
  otherAdapters: number;
  missing: PossibleCell[];
}

const longestShown = 60;

/**
 * Joins parts of one sweep.
 *
 * @param parts at least one; where a cell came twice, the first is kept
 * @throws LabError `bad-specification` where the parts are of different sweeps or versions, or contradict each other: the same cell has different
 *   numbers, though both were computed on the same kind of adapter
 */
export function mergeSweeps(parts: readonly NamedResults[]): MergedSweep {
  const [first] = parts;
  const { specification, versions } = first.results;
  const ledger = new SweepLedger(specification, versions);
  /** Whence each cell is. */
  const sources = new Map<string, string>();
  let duplicates = 0;
  let otherAdapters = 0;
  for (const part of parts) {
    refuseOther(first, part);
    const adapters = part.results.adapters.map((adapter) => ledger.addAdapter(adapter).index);
    for (const cell of part.results.cells) {
      const moved: SweepCell = { ...cell, adapter: adapters[cell.adapter] };
      const key = keyOfCell(cell);
      const known = ledger.cell(key);
      if (!known) {
        ledger.addCell(moved);
        sources.set(key, part.name);
        continue;
      }
      const difference = numberThatDiffers(known, moved);
      if (difference === null) duplicates++;
      else if (adapterKind(ledger.adapter(known.adapter)) !== adapterKind(ledger.adapter(moved.adapter))) otherAdapters++;
      else throw contradiction(key, difference, sources.get(key) ?? first.name, part.name);
    }
    for (const gap of part.results.gaps) ledger.addGap(gap);
  }
  return { results: ledger.results(), duplicates, otherAdapters, missing: ledger.missing() };
}

/**
 * The first field in which two sweeps differ, ready to be shown; null where they are the same.
 *
 * @param first validated
 * @param second validated
 */
export function sweepDifference(first: SweepSpecification, second: SweepSpecification): { field: string; values: [string, string] } | null {
  const [a, b] = [canonicalSweep(first), canonicalSweep(second)];
  for (const field of Object.keys(a)) {
    if (JSON.stringify(a[field]) !== JSON.stringify(b[field])) {
      const [own, other] = ownValues(a[field], b[field]);
      return { field, values: [shown(own), shown(other)] };
    }
  }
  return null;
}

function refuseOther(first: NamedResults, other: NamedResults): void {
  const difference = sweepDifference(first.results.specification, other.results.specification);
  if (difference) {
    const { field, values } = difference;
    throw new LabError(
      'bad-specification',
      `${other.name} is of another sweep than ${first.name}: its "${field}" is ${values[1]}, and not ${values[0]}.`,
      'Merge the parts of one sweep.',
    );
  }
  const differing = differingVersion(first.results.versions, other.results.versions);
  if (differing) {
    throw new LabError(
      'bad-specification',
      `${other.name} was computed by another version than ${first.name}: ${differing}.`,
      'Compute all parts with one version: the numbers of two may differ.',
    );
  }
}

/** `NAME 1 and 2` of the first program whose versions differ. */
export function differingVersion(first: Record<string, string>, second: Record<string, string>): string | null {
  for (const name of new Set([...Object.keys(first), ...Object.keys(second)])) {
    if (first[name] !== second[name]) return `${name} ${second[name] ?? 'none'}, and not ${first[name] ?? 'none'}`;
  }
  return null;
}

/** All but the time that it took. */
function numberThatDiffers(first: SweepCell, second: SweepCell): { field: string; values: [unknown, unknown] } | null {
  for (const field of Object.keys(first.row) as (keyof ResultRow)[]) {
    if (field !== 'seconds' && first.row[field] !== second.row[field]) return { field, values: [first.row[field], second.row[field]] };
  }
  return first.correct === second.correct ? null : { field: 'correct', values: ['one set of items', 'another'] };
}

function contradiction(
  key: string,
  { field, values }: { field: string; values: [unknown, unknown] },
  known: string,
  other: string,
): LabError {
  return new LabError(
    'bad-specification',
    `${known} and ${other} contradict each other: the "${field}" of ${key} is ${values[0]} and ${values[1]}, on the same kind of adapter.`,
    'Find out which one is right, such as by running it again, and leave the other away.',
  );
}

/** Of two lists each what the other lacks, where both have that: their beginnings may be alike. */
function ownValues(first: unknown, second: unknown): [unknown, unknown] {
  if (!Array.isArray(first) || !Array.isArray(second)) return [first, second];
  const without = (some: readonly unknown[], others: readonly unknown[]) => some.filter((one) => !others.includes(one));
  const own = [without(first, second), without(second, first)] as const;
  return own.every((some) => some.length > 0) ? [...own] : [first, second];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}...`;
}
