import { codedFactorStorage, codedRank, quantizeFactors } from './factor-codes';
import { lowRankWeighted } from './low-rank-weighted';
import type { CompressionMethod } from './method';

/** Task-weighted factors in a few bits: validation chooses between more ranks and finer levels. */
export const lowRankWeightedQuantized: CompressionMethod = {
  ...lowRankWeighted,
  id: 'low-rank-weighted-quantized',
  label: 'Task-weighted, few bits',
  help: 'Task-weighted factors rounded to 8 bits or fewer after the retraining; validation chooses between more ranks and finer levels.',
  setting: codedRank([4, 5, 6, 8]),
  phases: [...lowRankWeighted.phases, quantizeFactors],
  storage: codedFactorStorage,
};
