/**
 * The engine as a library (`lowrank-lab/engine`): the lab's verbs on a person's own files, in a browser or in Node, without a page. A run computes the same
 * bits as the page and the command line do on the same backend.
 */
import type { Catalogue } from '../protocol/catalogue';
import type { ColumnChoice, DataReport, Keep, SourceInput } from '../protocol/data';
import type { BackendChoice, DeviceReport } from '../protocol/device';
import type { Lab, OnProgress } from '../protocol/lab';
import type { ExperimentSpecification } from '../protocol/specification';
import { previewDataset, readDataset, readEmbeddings } from './data/loaders';
import { reportDataset, reportEmbeddings } from './data/report';
import { createMemoryStorage } from './data/storage/memory';
import { openDevice } from './device/open';
import { LabError } from './errors';
import { createLab } from './lab/lab';
import { prepareProbe } from './training/probe';
import { versions } from './versions';

export type * from '../protocol/catalogue';
export type * from '../protocol/data';
export type * from '../protocol/device';
export type * from '../protocol/events';
export type * from '../protocol/failure';
export type * from '../protocol/lab';
export type * from '../protocol/results';
export type * from '../protocol/specification';
export { openCpuDevice } from './device/cpu';
export type { Device } from './device/device';
export { LabError } from './errors';
export type { Matrix } from './matrix';
export { matrix } from './matrix';
export type { TruncatedSvd } from './svd/svd';
export { truncatedSvd } from './svd/svd';
export { versions } from './versions';

export interface LabOptions {
  /** Word vectors in any of the lab's formats, packed or not; vectors and words may be two files. */
  embeddings: SourceInput[];
  /** Labelled sentences: CSV, TSV, JSON, JSON Lines or Parquet; one file, or train, validation and test. */
  dataset: SourceInput[];
  /** Which columns hold what; guessed from the header where it is absent. */
  columns?: ColumnChoice;
  /** Which words of the table are kept; all where it is absent. */
  keep?: Keep;
  /** The tensor, where a file holds several. */
  tensor?: string;
  /** `cpu` where it is absent; `webgpu` needs `navigator.gpu`. */
  backend?: BackendChoice;
  onProgress?: OnProgress;
}

export interface OpenedLab {
  lab: Lab;
  device: DeviceReport;
  catalogue: Catalogue;
  data: DataReport;
  /** The default experiment on this data: change what you like and give it to `lab.run`. */
  specification: ExperimentSpecification;
}

/**
 * Reads word vectors and sentences, opens a device, and gives the lab over both. An address is fetched from where it points to, and from nowhere else.
 *
 * @throws LabError where a file can't be read, with its place, or where there is no such backend
 */
export async function openLab(options: LabOptions): Promise<OpenedLab> {
  const { backend = 'cpu', keep = { kind: 'all' }, tensor = null, onProgress = () => {} } = options;
  const fetchAddress = (address: string, signal?: AbortSignal) => fetch(address, { signal });
  const columns = options.columns ?? (await previewDataset(options.dataset, fetchAddress)).guess;
  const dataset = await readDataset(options.dataset, columns, fetchAddress, { onProgress });
  const vectors = await readEmbeddings(options.embeddings, { keep, tensor }, dataset, fetchAddress, { onProgress });
  const now = () => performance.now();
  const lab = createLab({
    openDevice: (choice, known) =>
      openDevice(choice, {
        prepare: (device) => prepareProbe(device, now),
        now,
        browser: globalThis.navigator?.userAgent ?? 'Node',
        lab: versions['lowrank-lab'],
        known,
      }),
    fetchBundled: () => {
      throw new LabError('no-data', 'The library brings no data of its own.', 'Give openLab files.');
    },
    fetchAddress,
    storage: createMemoryStorage(),
    loaded: { vectors, dataset },
    now,
    versions,
  });
  const { device, catalogue } = await lab.open(backend);
  const data = { embeddings: reportEmbeddings(vectors), dataset: reportDataset(dataset, vectors) };
  const specification = {
    ...catalogue.defaultSpecification,
    embeddings: vectors.source,
    dataset: dataset.source,
    task: dataset.tasks[0].id,
  };
  return { lab, device, catalogue, data, specification };
}
