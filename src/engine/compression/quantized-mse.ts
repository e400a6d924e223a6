import type { CompressionMethod } from './method';
import { codeWeights } from './phases';
import { quantizedMinMax } from './quantized-min-max';
import { leastSquares } from './quantizers/mse';

/** Uniform fixed point over the range that minimizes the squared error: what a careful engineer would use. */
export const quantizedMse: CompressionMethod = {
  ...quantizedMinMax,
  id: 'quantized-mse',
  label: 'Quantized, least squares',
  help: 'Rounded to evenly spaced levels like min-max, over the range that makes the squared error least: rare large weights are clipped.',
  phases: [{ kind: 'reuse-full', epochs: 'all' }, codeWeights(leastSquares)],
};
