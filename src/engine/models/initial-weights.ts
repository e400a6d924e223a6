import { mix, Random, streamSeed, streams } from '../random';
import type { LayerSpecification } from './model';

/** Glorot, Bengio 2010: uniform in +-sqrt(6 / (inputs + outputs)); biases (the last row) zero. The same for a seed on every backend. */
export function initialWeights(layers: readonly LayerSpecification[], inputWidth: number, seed: number): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  let width = inputWidth;
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === 'dense') {
      const values = new Float32Array((width + 1) * layer.units);
      // A generator a layer: how wide one layer is changes nothing in the others.
      const random = new Random(mix((streamSeed(seed, streams.weights) + index) >>> 0));
      const bound = Math.sqrt(6 / (width + layer.units));
      for (let i = 0; i < width * layer.units; i++) {
        values[i] = (2 * random.uniform() - 1) * bound;
      }
      weights.set(layer.name, values);
      width = layer.units;
    }
  }
  return weights;
}
