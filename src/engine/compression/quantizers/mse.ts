import { fitLeastSquares, searchOperations } from '../quantize';
import { sortingOperations } from '../sorted-values';
import type { Quantizer } from './quantizer';
import { uniformLevels, uniformOperations } from './uniform';

export const leastSquares: Quantizer = {
  id: 'mse',
  label: 'Even levels, least squares',
  help: 'Evenly spaced over the range that makes the squared error least: the few values outside go to the outermost level.',
  fit: (values, levels, sorted) => uniformLevels(fitLeastSquares(values, levels, sorted)),
  operations: (count, levels) => sortingOperations(count) + searchOperations(levels) + uniformOperations * count,
};
