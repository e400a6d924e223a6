import { proxy, type Remote, wrap } from 'comlink';
import type { ColumnChoice, EmbeddingsChoice, SavedSource, SourceInput } from '../protocol/data';
import type { LabFailure } from '../protocol/failure';
import type { Lab, OnEvents, OnProgress, OnRowProgress, SpectrumOf } from '../protocol/lab';
import type { ExperimentSpecification } from '../protocol/specification';

/** Opens the engine's worker and speaks to it: the one place of the page that knows there is a worker. */
export function connectToWorker(): Lab {
  return new WorkerLab(() => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module', name: 'lowrank-lab-engine' }));
}

interface Connection {
  worker: Worker;
  remote: Remote<Lab>;
  /** Rejects when the worker dies, so that no call waits for ever. */
  lost: Promise<never>;
}

/** A `Lab` behind a worker. A worker that died is replaced at the next `open`. */
export class WorkerLab implements Lab {
  private connection: Connection | null = null;

  constructor(private readonly createWorker: () => Worker) {}

  open(...args: Parameters<Lab['open']>) {
    return this.call((lab) => lab.open(...args));
  }
  loadBundled(onProgress: OnProgress) {
    return this.call((lab) => lab.loadBundled(proxy(onProgress)));
  }
  previewEmbeddings(inputs: SourceInput[]) {
    return this.call((lab) => lab.previewEmbeddings(inputs));
  }
  loadEmbeddings(inputs: SourceInput[], choice: EmbeddingsChoice, onProgress: OnProgress) {
    return this.call((lab) => lab.loadEmbeddings(inputs, choice, proxy(onProgress)));
  }
  previewDataset(inputs: SourceInput[]) {
    return this.call((lab) => lab.previewDataset(inputs));
  }
  loadDataset(inputs: SourceInput[], columns: ColumnChoice, onProgress: OnProgress) {
    return this.call((lab) => lab.loadDataset(inputs, columns, proxy(onProgress)));
  }
  keep(kind: SavedSource['kind'], onProgress: OnProgress) {
    return this.call((lab) => lab.keep(kind, proxy(onProgress)));
  }
  cancelKeep() {
    return this.call((lab) => lab.cancelKeep());
  }
  storage() {
    return this.call((lab) => lab.storage());
  }
  loadSaved(embeddings: string | null, dataset: string | null, onProgress: OnProgress) {
    return this.call((lab) => lab.loadSaved(embeddings, dataset, proxy(onProgress)));
  }
  forget(id: string) {
    return this.call((lab) => lab.forget(id));
  }
  cancelLoad() {
    return this.call((lab) => lab.cancelLoad());
  }
  plan(specification: ExperimentSpecification) {
    return this.call((lab) => lab.plan(specification));
  }
  spectrum(specification: ExperimentSpecification, of: SpectrumOf, onProgress: OnRowProgress) {
    return this.call((lab) => lab.spectrum(specification, of, proxy(onProgress)));
  }
  stopSpectrum() {
    return this.call((lab) => lab.stopSpectrum());
  }
  run(specification: ExperimentSpecification, onEvents: OnEvents) {
    return this.call((lab) => lab.run(specification, proxy(onEvents)));
  }
  pause() {
    return this.call((lab) => lab.pause());
  }
  resume() {
    return this.call((lab) => lab.resume());
  }
  stop() {
    return this.call((lab) => lab.stop());
  }
  trainedModels() {
    return this.call((lab) => lab.trainedModels());
  }
  classify(text: string) {
    return this.call((lab) => lab.classify(text));
  }
  async close() {
    if (!this.connection) return;
    await this.call((lab) => lab.close());
    this.connection?.worker.terminate();
    this.connection = null;
  }

  private call<T>(send: (lab: Remote<Lab>) => Promise<T>): Promise<T> {
    this.connection ??= this.connect();
    return Promise.race([send(this.connection.remote), this.connection.lost]);
  }

  private connect(): Connection {
    const worker = this.createWorker();
    const lost = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        // Without this the browser reports it a second time, as an uncaught error of the page.
        event.preventDefault();
        this.connection = null;
        worker.terminate();
        reject(workerLost(event.message));
      });
    });
    // A worker may die while no call waits.
    lost.catch(() => {});
    return { worker, remote: wrap<Lab>(worker), lost };
  }
}

function workerLost(message: string | undefined): LabFailure {
  return {
    code: 'unexpected',
    message: `The lab's engine stopped${message ? `: ${message}` : ''}.`,
    remedy: 'Reload the page; results that are on the screen can be exported first.',
  };
}
