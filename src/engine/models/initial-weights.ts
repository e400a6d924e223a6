import { mix, Random, streamSeed, streams } from '../random';
import { type LayerSpecification, weightLength, weightSpecifications } from './model';

/** Matrices of a layer, at most: keeps their generators apart from the next layer's. */
const generatorsPerLayer = 1024;

/** The first values of every trainable matrix, by name: uniform, each within the bound of its layer's kind. The same for a seed on every backend. */
export function initialWeights(layers: readonly LayerSpecification[], inputWidth: number, seed: number): Map<string, Float32Array> {
  const initial = new Map<string, Float32Array>();
  for (const [index, matrices] of weightSpecifications(layers, inputWidth).entries()) {
    for (const [i, matrix] of matrices.entries()) {
      const values = new Float32Array(weightLength(matrix));
      // A generator a matrix: how wide one is changes nothing in the others.
      const random = new Random(mix((streamSeed(seed, streams.weights) + index + i * generatorsPerLayer) >>> 0));
      const products = matrix.rows * matrix.columns;
      for (let k = 0; k < products; k++) values[k] = (2 * random.uniform() - 1) * matrix.bound;
      for (let k = products; k < values.length; k++) values[k] = matrix.bias?.(k - products) ?? 0;
      initial.set(matrix.name, values);
    }
  }
  return initial;
}
