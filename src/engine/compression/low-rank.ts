import type { CompressionMethod } from './method';
import { factorize } from './phases';
import { factorRank, factorStorage } from './rank';

/** The paper's way: the trained table is factorized, and its two factors go on training (Acharya et al., AAAI 2019). */
export const lowRank: CompressionMethod = {
  id: 'low-rank',
  label: 'Low-rank, retrained',
  help: 'The trained table is split into two thin factors, which are then trained on together with the network: the way of the paper.',
  family: 'low-rank',
  standing: 'paper',
  byDefault: true,
  setting: factorRank,
  phases: [{ kind: 'reuse-full', epochs: 'first' }, factorize, { kind: 'train', epochs: 'rest' }],
  storage: factorStorage,
  outputDimension: ({ columns }) => columns,
  learningRates: { adam: [3e-4, 1e-3, 3e-3], momentum: [0.03, 0.1, 0.3], sgd: [0.3, 1, 3] },
};
