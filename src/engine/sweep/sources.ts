import type { SourceReference } from '../../protocol/specification';
import { bundledDataset, type FetchBundled, loadBundled } from '../data/bundled';
import type { Dataset } from '../data/dataset';
import { restoreDataset, type SourceStorage } from '../data/storage/storage';
import { LabError } from '../errors';

/** The data sets that a sweep may name: the loaded one, the bundled one, kept ones. The last that was fetched or read back is at hand. */
export class SweepSources {
  private last: Dataset | null = null;

  constructor(
    private readonly storage: SourceStorage | null | Promise<SourceStorage | null>,
    private readonly fetchBundled: FetchBundled,
  ) {}

  /** @throws LabError `no-data` where it is nowhere; what reading it back throws */
  async dataset(wanted: SourceReference, loaded: Dataset): Promise<Dataset> {
    if (loaded.source.id === wanted.id) return loaded;
    if (this.last?.source.id === wanted.id) return this.last;
    this.last = wanted.id === bundledDataset.id ? (await loadBundled(this.fetchBundled)).dataset : await this.restore(wanted);
    return this.last;
  }

  private async restore({ id, name }: SourceReference): Promise<Dataset> {
    const storage = await this.storage;
    const kept = (await storage?.report())?.saved ?? [];
    if (kept.some(({ kind, source }) => kind === 'dataset' && source.id === id)) return restoreDataset(storage, id);
    throw new LabError(
      'no-data',
      `The sweep is of "${name}", which is neither loaded nor kept.`,
      'Load that file; of several, keep the others.',
    );
  }
}
