import type { Lab } from '../../protocol/lab';
import { loadBundled } from '../data/bundled';
import { previewDataset, previewEmbeddings, readDataset, readEmbeddings } from '../data/loaders';
import { restoreDataset, restoreEmbeddings } from '../data/storage/storage';
import type { LoadedData } from './data';
import type { LabEnvironment } from './environment';

type LoadVerbs = Pick<
  Lab,
  'loadBundled' | 'previewEmbeddings' | 'loadEmbeddings' | 'previewDataset' | 'loadDataset' | 'loadSaved' | 'cancelLoad'
>;

/** Where data come from: the bundled set, files and addresses, what was kept. */
export function loadVerbs(environment: LabEnvironment, data: LoadedData): LoadVerbs {
  const { fetchBundled, fetchAddress, parsers } = environment;
  return {
    loadBundled: (onProgress) => data.load((signal) => loadBundled(fetchBundled, { onProgress, signal })),

    previewEmbeddings: (inputs) => previewEmbeddings(inputs, fetchAddress),

    loadEmbeddings: (inputs, choice, onProgress) =>
      data.load(async (signal) => {
        const { dataset } = data.get();
        return { vectors: await readEmbeddings(inputs, choice, dataset, fetchAddress, { onProgress, signal, parsers }), dataset };
      }),

    previewDataset: (inputs) => previewDataset(inputs, fetchAddress),

    loadDataset: (inputs, columns, onProgress) =>
      data.load(async (signal) => ({
        vectors: data.get().vectors,
        dataset: await readDataset(inputs, columns, fetchAddress, { onProgress, signal }),
      })),

    loadSaved: (embeddings, dataset, onProgress) =>
      data.load(async (signal) => {
        const storage = await environment.storage;
        return {
          vectors: embeddings === null ? data.get().vectors : await restoreEmbeddings(storage, embeddings, { onProgress, signal }),
          dataset: dataset === null ? data.get().dataset : await restoreDataset(storage, dataset, { onProgress, signal }),
        };
      }),

    async cancelLoad() {
      data.cancelLoad();
    },
  };
}
