import { LabError } from '../../errors';
import { referenceValues } from './codebook';
import { minMax } from './min-max';
import { leastSquares } from './mse';
import type { Quantizer } from './quantizer';

/** Every way to choose levels, in the order in which the screen lists them. */
export const quantizers: readonly Quantizer[] = [minMax, leastSquares, referenceValues];

/** @throws LabError `bad-specification` where no quantizer has this id. */
export function findQuantizer(id: string): Quantizer {
  const quantizer = quantizers.find((candidate) => candidate.id === id);
  if (quantizer) return quantizer;
  throw new LabError(
    'bad-specification',
    `There is no quantizer named “${id}”.`,
    `Choose one of ${quantizers.map((candidate) => candidate.id).join(', ')}.`,
  );
}
