import { fitMinMax } from '../quantize';
import type { Quantizer } from './quantizer';
import { uniformLevels, uniformOperations } from './uniform';

export const minMax: Quantizer = {
  id: 'min-max',
  label: 'Even levels, min-max',
  help: 'Evenly spaced from the smallest value to the largest: one far value stretches all the steps.',
  fit: (values, levels) => uniformLevels(fitMinMax(values, levels)),
  operations: (count) => uniformOperations * count,
};
