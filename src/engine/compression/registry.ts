import type { MethodDescription } from '../../protocol/catalogue';
import { LabError } from '../errors';
import { codebook } from './codebook';
import { full } from './full';
import { lowRank } from './low-rank';
import { lowRank8Bit } from './low-rank-8bit';
import { lowRankDirect } from './low-rank-direct';
import { lowRankWeighted } from './low-rank-weighted';
import { lowRankWeightedQuantized } from './low-rank-weighted-quantized';
import type { CompressionMethod } from './method';
import { preCompressed } from './pre-compressed';
import { preCompressedFrozen } from './pre-compressed-frozen';
import { productQuantized } from './product-quantized';
import { quantizedMinMax } from './quantized-min-max';
import { quantizedMse } from './quantized-mse';
import { random } from './random';

/** Every way to hold an embedding, in the order in which the screen lists them. */
export const methods: readonly CompressionMethod[] = [
  full,
  lowRank,
  lowRankWeighted,
  lowRankWeightedQuantized,
  lowRank8Bit,
  lowRankDirect,
  preCompressed,
  preCompressedFrozen,
  quantizedMinMax,
  quantizedMse,
  codebook,
  productQuantized,
  random,
];

/** @throws LabError `bad-specification` where no method has this id. */
export function findMethod(id: string): CompressionMethod {
  const method = methods.find((candidate) => candidate.id === id);
  if (method) return method;
  throw unknown(id);
}

/** The method that the paper proposes. */
export const paperMethod: CompressionMethod = lowRank;

/** Does the method train anything of its own, so that it needs a learning rate? */
export function isTrained(method: CompressionMethod): boolean {
  return method.phases.some(({ kind }) => kind === 'train');
}

/** The methods as the screen draws them. */
export function describeMethods(): MethodDescription[] {
  return methods.map((method) => ({
    id: method.id,
    label: method.label,
    help: method.help,
    setting: method.setting?.kind ?? null,
    trained: isTrained(method),
    byDefault: method.byDefault,
    family: method.family,
    standing: method.standing,
    learningRates: Object.fromEntries(Object.entries(method.learningRates).map(([optimizer, rates]) => [optimizer, [...rates]])),
  }));
}

function unknown(id: string): LabError {
  const names = [...new Set(methods.flatMap((method) => [method.id, method.family]))];
  return new LabError('bad-specification', `There is no method named “${id}”.`, `Choose among ${names.join(', ')}.`);
}
