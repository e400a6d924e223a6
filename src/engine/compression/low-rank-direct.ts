import type { CompressionMethod } from './method';
import { factorize } from './phases';
import { factorRank, factorStorage } from './rank';

/** As `low-rank`, from the pretrained table: no training before the factorization. */
export const lowRankDirect: CompressionMethod = {
  id: 'low-rank-direct',
  label: 'Low-rank, direct',
  help: 'The pretrained table is split into two thin factors at once; all of the training is theirs.',
  family: 'low-rank-direct',
  standing: 'ours',
  byDefault: false,
  setting: factorRank,
  phases: [factorize, { kind: 'train', epochs: 'all' }],
  storage: factorStorage,
  outputDimension: ({ columns }) => columns,
  learningRates: { adam: [3e-4, 1e-3, 3e-3], momentum: [0.03, 0.1, 0.3], sgd: [0.1, 0.3, 1] },
};
