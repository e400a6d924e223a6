import type { CompressionMethod } from './method';
import { wordBytes } from './rate';

/** The uncompressed table, fine-tuned with the network: the reference of every accuracy drop. */
export const full: CompressionMethod = {
  id: 'full',
  label: 'Full table',
  help: 'The whole embedding table, trained with the network: the reference that every other way is measured against.',
  family: 'full',
  standing: 'reference',
  byDefault: true,
  setting: null,
  phases: [{ kind: 'train', epochs: 'all' }],
  storage: ({ rows, columns }) => ({ bytes: wordBytes * rows * columns, parameters: rows * columns }),
  outputDimension: ({ columns }) => columns,
  learningRates: { adam: [1e-3, 3e-3, 1e-2], momentum: [0.1, 0.3, 1], sgd: [0.1, 0.3, 1] },
};
