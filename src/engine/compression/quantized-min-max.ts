import { levelsSetting, payloadBytes } from './levels';
import type { CompressionMethod } from './method';
import { codeWeights } from './phases';
import { minMax } from './quantizers/min-max';
import { wordBytes } from './rate';
import { numberOf } from './setting';

/** Uniform fixed point over the whole range of the trained table's weights. */
export const quantizedMinMax: CompressionMethod = {
  id: 'quantized-min-max',
  label: 'Quantized, min-max',
  help: 'Each weight of the trained table is rounded to one of a few evenly spaced levels between the smallest and the largest weight.',
  family: 'quantized',
  standing: 'rival',
  byDefault: true,
  setting: levelsSetting,
  phases: [{ kind: 'reuse-full', epochs: 'all' }, codeWeights(minMax)],
  // A scale and a zero point, float32 both.
  storage: (shape, setting) => ({
    bytes: payloadBytes(shape, numberOf(setting, 'levels')) + 2 * wordBytes,
    parameters: shape.rows * shape.columns + 2,
  }),
  outputDimension: ({ columns }) => columns,
  learningRates: {},
};
