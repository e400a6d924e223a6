import type { StorageReport } from '../../protocol/data';
import type { Lab } from '../../protocol/lab';
import { keepLoaded } from '../data/storage/storage';
import { LabError } from '../errors';
import { KeptRuns } from '../runs/kept';
import { createMemoryRuns } from '../runs/storage/memory';
import { KeptSweeps } from '../sweep/kept';
import { createMemorySweeps } from '../sweep/storage/memory';
import type { LoadedData } from './data';
import type { LabEnvironment } from './environment';

/** Runs and sweeps of earlier visits. */
export interface Kept {
  runs: Promise<KeptRuns>;
  sweeps: Promise<KeptSweeps>;
}

export function openKept({ sweeps, runs }: Pick<LabEnvironment, 'sweeps' | 'runs'>): Kept {
  return {
    sweeps: Promise.resolve(sweeps ?? createMemorySweeps()).then((storage) => new KeptSweeps(storage, Date.now)),
    runs: Promise.resolve(runs ?? createMemoryRuns()).then((storage) => new KeptRuns(storage, Date.now)),
  };
}

/** What is kept between visits: sources are written down and forgotten here; runs and sweeps have verbs of their own. */
export function storageVerbs(
  environment: Pick<LabEnvironment, 'storage'>,
  data: LoadedData,
  kept: Kept,
): Pick<Lab, 'keep' | 'cancelKeep' | 'storage' | 'forget' | 'keepsOnDisk'> {
  let keeping: AbortController | null = null;

  const report = async (): Promise<StorageReport> =>
    (await (await environment.storage)?.report()) ?? { saved: [], usedBytes: 0, quotaBytes: null };

  return {
    async keep(kind, onProgress) {
      if (keeping) throw new LabError('busy', 'Something is being kept already.', 'Wait for it, or cancel it.');
      const loaded = data.get();
      // Apart from loading: what is loaded can be used, replaced and run on while it is written down.
      keeping = new AbortController();
      const { signal } = keeping;
      try {
        const storage = await environment.storage;
        if (storage) await keepLoaded(storage, kind, loaded, { onProgress, signal });
      } finally {
        keeping = null;
      }
      return report();
    },

    async cancelKeep() {
      keeping?.abort();
    },

    storage: report,

    async forget(id) {
      await (await environment.storage)?.forget(id);
      return report();
    },

    async keepsOnDisk() {
      const [runs, sweeps] = await Promise.all([kept.runs, kept.sweeps]);
      return { runs: runs.lasts, sweeps: sweeps.lasts };
    },
  };
}
