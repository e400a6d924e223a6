import { Random, streamSeed, streams } from '../random';
import type { LayerSpecification } from './model';

/** Glorot, Bengio 2010: uniform in +-sqrt(6 / (inputs + outputs)); biases (the last row) zero. The same for a seed on every backend. */
export function initialWeights(layers: readonly LayerSpecification[], inputWidth: number, seed: number): Map<string, Float32Array> {
  const random = new Random(streamSeed(seed, streams.weights));
  const weights = new Map<string, Float32Array>();
  let width = inputWidth;
  for (const layer of layers) {
    if (layer.kind === 'dense') {
      const values = new Float32Array((width + 1) * layer.units);
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
