import type { DataReport } from '../../protocol/data';
import type { ExperimentSpecification, SourceReference } from '../../protocol/specification';
import type { Dataset, PreparedData } from '../data/dataset';
import { prepareData } from '../data/prepare';
import { reportDataset, reportEmbeddings } from '../data/report';
import { LabError } from '../errors';
import type { LabEnvironment, Loaded } from './environment';
import type { Going } from './going';

/** The table and the data set that are loaded, and what experiments make of them. */
export class LoadedData {
  private there: Loaded | null;
  /** What reading each of the loaded took; what came together counts once. */
  private readonly reading = { vectorsMs: 0, datasetMs: 0 };
  private loading: AbortController | null = null;
  /** The prepared data of the last seed: a plan and the run after it ask for the same. */
  private prepared: { key: string; data: PreparedData } | null = null;

  /** @param onLoaded called when other data have taken the place of what was there */
  constructor(
    private readonly environment: Pick<LabEnvironment, 'loaded' | 'now'>,
    private readonly going: Going,
    private readonly onLoaded: () => void,
  ) {
    this.there = environment.loaded ?? null;
  }

  /** Null before anything was loaded. */
  get loaded(): Loaded | null {
    return this.there;
  }

  get readingMs(): number {
    return this.reading.vectorsMs + this.reading.datasetMs;
  }

  /** @throws LabError `no-data` where nothing is loaded */
  get(): Loaded {
    if (!this.there) {
      throw new LabError('no-data', 'No data is loaded.', 'Load the bundled data, or files of your own.');
    }
    return this.there;
  }

  /** Runs one load; what was there before stays until the new has been read whole. */
  async load(read: (signal: AbortSignal) => Promise<Loaded>): Promise<DataReport> {
    this.going.refuseWhileRunning('Other data can be loaded when the run has ended.');
    this.refuseWhileLoading();
    const loading = new AbortController();
    this.loading = loading;
    try {
      const startedAt = this.environment.now();
      const loaded = await read(loading.signal);
      const milliseconds = this.environment.now() - startedAt;
      const newVectors = loaded.vectors !== this.there?.vectors;
      const newDataset = loaded.dataset !== this.there?.dataset;
      const report = { embeddings: reportEmbeddings(loaded.vectors), dataset: reportDataset(loaded.dataset, loaded.vectors) };
      if (newVectors) this.reading.vectorsMs = milliseconds;
      if (newDataset) this.reading.datasetMs = newVectors ? 0 : milliseconds;
      this.there = loaded;
      this.prepared = null;
      this.onLoaded();
      return report;
    } finally {
      this.loading = null;
    }
  }

  cancelLoad(): void {
    this.loading?.abort();
  }

  /** @throws LabError `busy` */
  refuseWhileLoading(): void {
    if (this.loading) {
      throw new LabError('busy', 'A file is being read.', 'Wait for it, or cancel it.');
    }
  }

  /** @throws LabError where a specification is not of the loaded data */
  validate<T extends Pick<ExperimentSpecification, 'embeddings' | 'dataset'>>(valid: T): T {
    const { vectors, dataset } = this.get();
    refuseOther(valid.embeddings, vectors.source);
    refuseOther(valid.dataset, dataset.source);
    return valid;
  }

  /** @param dataset the loaded one where it is absent */
  prepare(
    { task, split }: Pick<ExperimentSpecification, 'task' | 'split'>,
    seed: number,
    dataset: Dataset = this.get().dataset,
  ): PreparedData {
    const key = JSON.stringify([dataset.source.id, task, split, seed]);
    if (this.prepared?.key !== key) {
      this.prepared = { key, data: prepareData(this.get().vectors, dataset, task, split, seed) };
    }
    return this.prepared.data;
  }

  forget(): void {
    this.there = null;
    this.prepared = null;
  }
}

/** @throws LabError `no-data` where a specification is of another source than the loaded one */
export function refuseOther(wanted: SourceReference, there: SourceReference): void {
  if (wanted.id === there.id) return;
  throw new LabError(
    'no-data',
    `The specification is of "${wanted.name}", and "${there.name}" is loaded.`,
    'Load that file, or take what is loaded.',
  );
}
