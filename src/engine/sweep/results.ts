import { z } from 'zod';
import type { SweepCell, SweepGap, SweepResults } from '../../protocol/sweep';
import { LabError } from '../errors';
import { adapterSchema, count, fraction, methodId, rowSchema, versionsSchema } from '../experiment/results-schema';
import { parseFields } from '../experiment/specification';
import { countBits, decodeBits } from './correct-bits';
import { cellKey, groupKey } from './keys';
import { keyOfCell } from './ledger';
import { largestCells, sweepSchema, validateSweep } from './specification';
import { possibleCells, unrollSweep } from './unroll';

const remedy = 'Take a file as the lab wrote it.';
/** A test set of millions. */
const longestBits = 2 ** 22;
const largestAdapters = 1000;

const key = z.string().max(1000);

const cellSchema = z.object({
  group: key,
  row: rowSchema,
  correct: z.string().max(longestBits),
  adapter: count,
}) satisfies z.ZodType<SweepCell>;
export const gapSchema = z.object({
  group: key,
  method: methodId,
  requestedRate: fraction.nullable(),
  reason: z.string().max(1000),
}) satisfies z.ZodType<SweepGap>;

/** Everything but the cells and the gaps, which are many. */
export const sweepHeadFields = {
  specification: sweepSchema,
  versions: versionsSchema,
  adapters: z.array(adapterSchema).max(largestAdapters),
};

const schema = z.object({
  kind: z.literal('lowrank-lab-sweep'),
  ...sweepHeadFields,
  cells: z.array(cellSchema).max(largestCells),
  gaps: z.array(gapSchema).max(largestCells),
}) satisfies z.ZodType<SweepResults>;

/**
 * The results of a sweep, from a file or from wherever else they were kept: nothing of it is believed. Every cell and gap is one that the
 * specification has, once; every number is in its bounds; the items that were right add up to the accuracy.
 *
 * @param what stands before the field in the failure's sentence: a file's name
 * @throws LabError `bad-specification`, naming the place
 */
export function readSweepResults(value: unknown, what = 'results file'): SweepResults {
  const parsed = parseFields(schema, value, what, remedy);
  const specification = validateSweep(parsed.specification);
  const check = new CellCheck(specification, parsed.adapters.length);
  const seen = new Set<string>();
  const checked = <T extends SweepCell | SweepGap>(items: readonly T[], list: string, fault: (item: T) => string | null): T[] => {
    for (const [i, item] of items.entries()) {
      const own = 'row' in item ? keyOfCell(item) : cellKey(item.group, item.method, item.requestedRate);
      const wrong = fault(item) ?? (seen.has(own) ? 'it is there twice' : null);
      if (wrong !== null) throw new LabError('bad-specification', `The ${what}'s "${list}[${i}]" can't be used: ${wrong}.`, remedy);
      seen.add(own);
    }
    return [...items];
  };
  return {
    ...parsed,
    specification,
    cells: checked(parsed.cells, 'cells', (cell) => check.cell(cell)),
    gaps: checked(parsed.gaps, 'gaps', (gap) => check.gap(gap)),
  };
}

/** A cell of a store whose other cells are worth keeping; null where it can't be used. */
export function readSweepCell(value: unknown, check: CellCheck): SweepCell | null {
  const parsed = cellSchema.safeParse(value);
  return parsed.success && check.cell(parsed.data) === null ? parsed.data : null;
}

/** Whether cells and gaps are those of a specification, and true to themselves; what is wrong is said in half a sentence. */
export class CellCheck {
  /** Seeds by group. */
  private readonly seeds = new Map<string, number>();
  private readonly keys: ReadonlySet<string>;

  constructor(
    specification: SweepResults['specification'],
    private readonly adapters: number,
  ) {
    this.keys = new Set(possibleCells(specification).map((cell) => cell.key));
    for (const group of unrollSweep(specification)) this.seeds.set(groupKey(group), group.seed);
  }

  cell(cell: SweepCell): string | null {
    const of = cell.row;
    const place = this.place(cell.group, of.method, of.requestedRate);
    if (place !== null) return place;
    if (of.seed !== this.seeds.get(cell.group)) return `its seed ${of.seed} is not its group's`;
    if (cell.adapter >= this.adapters) return `there is no adapter ${cell.adapter}`;
    const bits = decodeBits(cell.correct, of.testCount);
    if (bits === null) return `"correct" does not have a bit for each of ${of.testCount} test items`;
    // Accuracies are quotients of whole numbers, in float64.
    if (Math.abs(countBits(bits) / of.testCount - of.testAccuracy) > 1e-9) return 'its test accuracy is not that of its items';
    return null;
  }

  gap({ group, method, requestedRate }: SweepGap): string | null {
    return this.place(group, method, requestedRate);
  }

  private place(group: string, method: string, requestedRate: number | null): string | null {
    if (!this.seeds.has(group)) return `the sweep has no group "${group}"`;
    if (!this.keys.has(cellKey(group, method, requestedRate))) {
      return `the sweep has no ${method}${requestedRate === null ? ' without a rate' : ` at ${requestedRate}`}`;
    }
    return null;
  }
}
