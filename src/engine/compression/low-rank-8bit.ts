import { codedFactorStorage, codedRank, quantizeFactors } from './factor-codes';
import { lowRank } from './low-rank';
import type { CompressionMethod } from './method';

/** As `low-rank`, its factors then rounded to 8 bits: what the two leave multiplies. */
export const lowRank8Bit: CompressionMethod = {
  ...lowRank,
  id: 'low-rank-8bit',
  label: 'Low-rank, 8 bits',
  help: 'Low-rank factors whose numbers are rounded to 8 bits after the retraining: four times the rank in the same bytes.',
  family: 'low-rank-8bit',
  standing: 'ours',
  byDefault: false,
  setting: codedRank([4]),
  phases: [...lowRank.phases, quantizeFactors],
  storage: codedFactorStorage,
};
