import type { CompressionMethod } from './method';
import { reduceDimension } from './phases';
import { tableRank, tableStorage } from './rank';
import { numberOf } from './setting';

/** The pretrained table is brought to r dimensions before training, and the network is built on those. */
export const preCompressed: CompressionMethod = {
  id: 'pre-compressed',
  label: 'Pre-compressed, fine-tuned',
  help: 'The pretrained vectors are cut to fewer dimensions before the training, and trained with a network of that width.',
  family: 'pre-compressed',
  standing: 'rival',
  byDefault: true,
  setting: tableRank,
  phases: [reduceDimension, { kind: 'train', epochs: 'all' }],
  storage: tableStorage,
  outputDimension: (_shape, setting) => numberOf(setting, 'rank'),
  // 5 to 10 times those of `full`: with `full`'s own it looks 3 to 7 points worse than it is.
  learningRates: { adam: [3e-3, 1e-2, 3e-2], momentum: [0.03, 0.1, 0.3], sgd: [0.3, 1, 3] },
};
