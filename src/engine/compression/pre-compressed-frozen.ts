import type { CompressionMethod } from './method';
import { reduceDimension } from './phases';
import { preCompressed } from './pre-compressed';

/** As `pre-compressed`, with the vectors left as they are: only the network is trained. */
export const preCompressedFrozen: CompressionMethod = {
  ...preCompressed,
  id: 'pre-compressed-frozen',
  label: 'Pre-compressed, frozen',
  help: 'The pretrained vectors are cut to fewer dimensions and stay as they are; only the network is trained.',
  phases: [reduceDimension, { kind: 'train', epochs: 'all', frozen: true }],
};
