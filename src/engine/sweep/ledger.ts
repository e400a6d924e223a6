import type { DeviceReport } from '../../protocol/device';
import type { SweepCell, SweepGap, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { cellKey } from './keys';
import { type PossibleCell, possibleCells } from './unroll';

/** Machines of one kind compute the same bits: what was said of why and how one was chosen is no part of it. */
export function adapterKind({ backend, name, vendor, architecture, software }: DeviceReport): string {
  return JSON.stringify([backend, name, vendor, architecture, software]);
}

export const keyOfCell = ({ group, row }: SweepCell): string => cellKey(group, row.method, row.requestedRate);
export const keyOfGap = ({ group, method, requestedRate }: SweepGap): string => cellKey(group, method, requestedRate);

/** What is known of a sweep: each of its cells is finished, a gap, or missing. Whatever order things came in, its results are in the sweep's own. */
export class SweepLedger {
  private readonly possible: readonly PossibleCell[];
  private readonly cells = new Map<string, SweepCell>();
  private readonly gaps = new Map<string, SweepGap>();
  private readonly adapters: DeviceReport[] = [];

  /**
   * @param specification validated
   * @param known results of the same specification, validated
   */
  constructor(
    readonly specification: SweepSpecification,
    private readonly versions: Record<string, string>,
    known: SweepResults | null = null,
  ) {
    this.possible = possibleCells(specification);
    for (const adapter of known?.adapters ?? []) this.adapters.push(adapter);
    for (const cell of known?.cells ?? []) this.addCell(cell);
    for (const gap of known?.gaps ?? []) this.addGap(gap);
  }

  get finishedCells(): number {
    return this.cells.size;
  }

  /** Is it a cell or a gap already? */
  has(key: string): boolean {
    return this.cells.has(key) || this.gaps.has(key);
  }

  cell(key: string): SweepCell | undefined {
    return this.cells.get(key);
  }

  gap(key: string): SweepGap | undefined {
    return this.gaps.get(key);
  }

  /** The adapter's place among the results', where it is one of them or now is. */
  addAdapter(adapter: DeviceReport): { index: number; isNew: boolean } {
    const kind = adapterKind(adapter);
    const known = this.adapters.findIndex((other) => adapterKind(other) === kind);
    if (known >= 0) return { index: known, isNew: false };
    this.adapters.push(adapter);
    return { index: this.adapters.length - 1, isNew: true };
  }

  adapter(index: number): DeviceReport {
    return this.adapters[index];
  }

  /** What was measured on one machine stands above what broke on another. */
  addCell(cell: SweepCell): void {
    const key = keyOfCell(cell);
    this.gaps.delete(key);
    this.cells.set(key, cell);
  }

  addGap(gap: SweepGap): void {
    const key = keyOfGap(gap);
    if (!this.cells.has(key)) this.gaps.set(key, gap);
  }

  /** Neither finished nor gaps. */
  missing(): PossibleCell[] {
    return this.possible.filter(({ key }) => !this.has(key));
  }

  results(): SweepResults {
    return { kind: 'lowrank-lab-sweep', ...this.head(), cells: this.inOrder(this.cells) };
  }

  /** All but the cells, which are many: what is written down with each one that is added. */
  head(): Omit<SweepResults, 'kind' | 'cells'> {
    const { specification, versions } = this;
    return { specification, versions, adapters: [...this.adapters], gaps: this.inOrder(this.gaps) };
  }

  private inOrder<T>(of: ReadonlyMap<string, T>): T[] {
    return of.size === 0 ? [] : this.possible.flatMap(({ key }) => of.get(key) ?? []);
  }
}
