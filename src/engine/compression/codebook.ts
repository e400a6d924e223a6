import { levelsSetting, payloadBytes } from './levels';
import type { CompressionMethod } from './method';
import { codeWeights } from './phases';
import { referenceValues } from './quantizers/codebook';
import { wordBytes } from './rate';
import { numberOf } from './setting';

/** Each weight of the trained table becomes the nearest of K reference values: optimal one-dimensional k-means. */
export const codebook: CompressionMethod = {
  id: 'codebook',
  label: 'Codebook',
  help: 'Each weight of the trained table is replaced by the nearest of a few reference values, which are chosen to fit the weights best.',
  family: 'codebook',
  standing: 'rival',
  byDefault: true,
  setting: levelsSetting,
  phases: [{ kind: 'reuse-full', epochs: 'all' }, codeWeights(referenceValues)],
  storage: (shape, setting) => {
    const levels = numberOf(setting, 'levels');
    const weights = shape.rows * shape.columns;
    // There are never more reference values than weights.
    const values = Math.min(levels, weights);
    return { bytes: payloadBytes(shape, levels) + wordBytes * values, parameters: weights + values };
  },
  outputDimension: ({ columns }) => columns,
  learningRates: {},
};
