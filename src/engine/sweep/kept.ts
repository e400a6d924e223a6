import { z } from 'zod';
import type { KeptSweep, SweepCell, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { LabError } from '../errors';
import { parseFields } from '../experiment/specification';
import { sweepId } from './keys';
import { keyOfCell, SweepLedger } from './ledger';
import { differingVersion, mergeSweeps } from './merge';
import { CellCheck, gapSchema, readSweepCell, readSweepResults, sweepHeadFields } from './results';
import { largestCells, validateSweep } from './specification';
import type { SweepStorage } from './storage/storage';
import { possibleCells } from './unroll';

/** A browser's storage is no archive: what is worth keeping for good is exported. */
export const mostKept = 30;

const headSchema = z.object({
  ...sweepHeadFields,
  gaps: z.array(gapSchema).max(largestCells),
  plannedCells: z.number().int().min(0),
  changedAt: z.number(),
});

type Head = z.infer<typeof headSchema>;

interface ReadRecord {
  results: SweepResults;
  head: Head;
  /** Cells that can't be read. */
  damaged: number;
}

/** The sweeps of earlier visits. What lies in a storage is not believed: it is validated as a file's content is. */
export class KeptSweeps {
  /** @param clock milliseconds since 1970 */
  constructor(
    private readonly storage: SweepStorage,
    private readonly clock: () => number,
  ) {}

  /** Are the sweeps there at the next visit? */
  get lasts(): boolean {
    return this.storage.lasts;
  }

  /** Newest first; records that can't be read last. */
  async list(): Promise<KeptSweep[]> {
    const heads = await this.storage.heads();
    const kept = await Promise.all(heads.map(({ id }) => this.describe(id)));
    return kept.flatMap((one) => one ?? []).sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1));
  }

  /** @throws LabError `no-data` where there is none of that id; `bad-specification` where it can't be read */
  async open(id: string): Promise<SweepResults> {
    const record = await this.read(id);
    if (record) return record.results;
    throw new LabError('no-data', `The browser does not keep the sweep ${id}.`, 'Import its file, or run it again.');
  }

  /**
   * What is kept of a sweep, to be gone on with; null where nothing is that can be read.
   *
   * @throws LabError `bad-specification` where another version of the lab has computed it
   */
  async find(specification: SweepSpecification, versions: Record<string, string>): Promise<SweepResults | null> {
    const record = await this.read(sweepId(specification)).catch(ifUnreadable);
    const differing = record && differingVersion(record.results.versions, versions);
    if (differing) {
      throw new LabError(
        'bad-specification',
        `The kept part of this sweep was computed by another version of the lab: this one has ${differing}.`,
        'Export that part, forget it, and run the sweep anew: the numbers of two versions may differ.',
      );
    }
    return record?.results ?? null;
  }

  /**
   * Writes a sweep down as it is when it begins.
   *
   * @throws LabError `out-of-memory` where too many are kept already
   */
  async begin(ledger: SweepLedger, plannedCells: number): Promise<void> {
    await this.writeAnew(ledger.results(), plannedCells);
  }

  /** Adds finished cells, and whatever else the ledger has by now. */
  async add(ledger: SweepLedger, cells: readonly SweepCell[], plannedCells: number): Promise<void> {
    await this.storage.write(sweepId(ledger.specification), this.head(ledger.head(), plannedCells), cells.map(stored), false);
  }

  /**
   * Keeps the results of a file, joined with what is kept of the same sweep.
   *
   * @throws LabError `bad-specification` where the file can't be used, or contradicts what is kept; `out-of-memory`
   */
  async import(file: unknown): Promise<SweepResults> {
    const results = readSweepResults(file);
    const kept = await this.read(sweepId(results.specification)).catch(ifUnreadable);
    const parts = [{ name: 'The file', results }];
    if (kept) parts.unshift({ name: 'What is kept', results: kept.results });
    const merged = mergeSweeps(parts).results;
    await this.writeAnew(merged, possibleCells(merged.specification).length - merged.gaps.length);
    return merged;
  }

  async forget(id: string): Promise<KeptSweep[]> {
    await this.storage.forget(id);
    return this.list();
  }

  private async writeAnew(results: SweepResults, plannedCells: number): Promise<void> {
    const id = sweepId(results.specification);
    const others = (await this.storage.heads()).filter((head) => head.id !== id);
    if (others.length >= mostKept) {
      throw new LabError('out-of-memory', `The browser keeps ${others.length} sweeps already; more are not kept.`, 'Forget one of them.');
    }
    await this.storage.write(id, this.head(results, plannedCells), results.cells.map(stored), true);
  }

  private head({ specification, versions, adapters, gaps }: Omit<SweepResults, 'kind' | 'cells'>, plannedCells: number): Head {
    return { specification, versions, adapters, gaps, plannedCells, changedAt: this.clock() };
  }

  private async describe(id: string): Promise<KeptSweep | null> {
    try {
      const record = await this.read(id);
      if (!record) return null;
      const { results, head, damaged } = record;
      const damage = damaged === 0 ? null : `${damaged} of its cells can't be read; they will be run again.`;
      const { plannedCells, changedAt } = head;
      return { id, specification: results.specification, cells: results.cells.length, plannedCells, changedAt, damage };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      return { id, specification: null, cells: 0, plannedCells: 0, changedAt: 0, damage: error.message };
    }
  }

  private async read(id: string): Promise<ReadRecord | null> {
    const record = await this.storage.read(id);
    if (!record) return null;
    const head = parseFields(headSchema, record.head, 'kept sweep', 'Forget it.');
    const specification = validateSweep(head.specification);
    if (sweepId(specification) !== id) {
      throw new LabError('bad-specification', `The sweep that is kept as ${id} is another one.`, 'Forget it.');
    }
    const check = new CellCheck(specification, head.adapters.length);
    const cells = record.cells.flatMap((cell) => readSweepCell(cell, check) ?? []);
    const { versions, adapters } = head;
    const gaps = head.gaps.filter((gap) => check.gap(gap) === null);
    const known: SweepResults = { kind: 'lowrank-lab-sweep', specification, versions, adapters, cells, gaps };
    // A database gives its cells in an order of its own.
    const results = new SweepLedger(specification, versions, known).results();
    return { results, head, damaged: record.cells.length - cells.length };
  }
}

const stored = (cell: SweepCell) => ({ key: keyOfCell(cell), cell });

/** A record that is not readable is as good as none to whoever would go on with it. */
function ifUnreadable(error: unknown): null {
  if (error instanceof LabError && error.code === 'bad-specification') return null;
  throw error;
}
