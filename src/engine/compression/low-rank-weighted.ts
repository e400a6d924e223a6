import { lowRank } from './low-rank';
import type { CompressionMethod } from './method';
import { factorizeWeighted } from './phases';

/** As `low-rank`, factorized by what the network uses of a vector instead of by what is large in it. */
export const lowRankWeighted: CompressionMethod = {
  ...lowRank,
  id: 'low-rank-weighted',
  label: 'Low-rank, task-weighted',
  help: 'Like low-rank, but the two factors keep what the layer above reads of a word vector, not what is largest in it: far fewer numbers do.',
  family: 'low-rank-weighted',
  standing: 'ours',
  byDefault: false,
  phases: [{ kind: 'reuse-full', epochs: 'first' }, factorizeWeighted, { kind: 'train', epochs: 'rest' }],
};
