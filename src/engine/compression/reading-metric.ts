import { multiply, rowMajor, transposed } from '../kernels/wasm/product';
import { embeddingReaders, type LayerSpecification } from '../models/model';

/**
 * What is added to the diagonal of a metric of trace d: a share of every direction, since the layer above goes on learning after the
 * factorization and may come to read what it does not read yet.
 */
const ridge = 0.05;

/**
 * C, how much the layer above the lookup reads of each direction of a word vector: the sum of W W^T over the blocks of d rows of its matrices
 * (for a dense layer over the mean W1 W1^T; for filters a block a token; for an LSTM over its directions), scaled to trace d, plus 0.05 I.
 * With dx an error of a vector and W a block, dx^T C dx is the squared error of what the layer computes of it.
 *
 * @returns d x d, row-major.
 */
export function readingMetric(layers: readonly LayerSpecification[], weights: ReadonlyMap<string, Float32Array>, d: number): Float64Array {
  const metric = new Float64Array(d * d);
  for (const { name, columns, inputBlocks } of embeddingReaders(layers, d)) {
    const values = weights.get(name);
    if (!values) throw new RangeError(`there are no weights "${name}"`);
    for (let block = 0; block < inputBlocks; block++) {
      const part = Float64Array.from(values.subarray(block * d * columns, (block + 1) * d * columns));
      multiply(rowMajor(metric, d), rowMajor(part, columns), transposed(part, columns), { rows: d, columns: d, depth: columns }, true);
    }
  }
  let trace = 0;
  for (let i = 0; i < d; i++) trace += metric[i * d + i];
  // A layer that reads nothing has no preference.
  const scale = trace > 0 ? d / trace : 0;
  for (let at = 0; at < metric.length; at++) metric[at] *= scale;
  for (let i = 0; i < d; i++) metric[i * d + i] += scale > 0 ? ridge : 1;
  return metric;
}
