import type { Embedding } from '../compression/method';
import type { Device } from '../device/device';
import { adam } from '../kernels/optimizer/adam';
import { matrix } from '../matrix';
import { dan } from '../models/dan';
import { initialWeights } from '../models/initial-weights';
import type { Model } from '../models/model';
import { models } from '../models/registry';
import { Network } from '../plan/network';
import { truncatedSvd } from '../svd/svd';

/**
 * Sizes of the networks that are compiled and thrown away. A pipeline doesn't depend on sizes, only on which of them are multiples of four
 * (`alignmentOf`): word vectors and hidden layers nearly always are, ranks as it comes.
 */
const size = { rows: 8, columns: 8, hidden: 8, classes: 2 };
const ranks = [4, 3];

const table: Embedding = { kind: 'table', table: matrix(size.rows, size.columns) };
const factors = ranks.map((rank): Embedding => ({ kind: 'factors', a: matrix(size.rows, rank), b: matrix(rank, size.columns) }));

/**
 * Compiles, while the page is read, the pipelines that runs will ask for: of the default experiment first, its factorization included, then of
 * the other networks, one network at a time, so that a run that starts meanwhile waits for no long queue. What is not among them (another
 * optimizer, vectors of an odd length) is compiled before the first step of the network that needs it.
 *
 * Stops without a word where the device is lost or closed: the next run says so.
 */
export async function compileAhead(device: Device): Promise<void> {
  try {
    await compileNetworks(device, dan);
    const values = Float32Array.from({ length: 4 * size.rows * size.columns }, (_, i) => Math.cos(i * i));
    await truncatedSvd(matrix(4 * size.rows, size.columns, values), device, { rank: ranks[0] });
    for (const model of models) {
      if (model !== dan) await compileNetworks(device, model);
    }
  } catch (error) {
    // Only a device that is gone explains it; anything else is a bug to be heard of.
    if (device.failure === null) throw error;
  }
}

async function compileNetworks(device: Device, model: Model): Promise<void> {
  const layers = model.layers({ hidden: size.hidden, classes: size.classes, dropout: 0.5 });
  const weights = initialWeights(layers, size.columns, 1);
  const sentences = { offsets: Uint32Array.of(0, 1), ids: Uint32Array.of(1), labels: Uint32Array.of(0) };
  for (const embedding of [table, ...factors]) {
    const training = { optimizer: adam, sentences, batchSize: 1, frozenEmbedding: false, dropoutSeed: 1 };
    const network = await Network.compile(device, { layers, embedding, weights, training });
    try {
      // A driver may put off a part of its work until a pipeline is first used.
      network.train(Uint32Array.of(0), [{ from: 0, to: 1 }], [1e-3], 0, null);
      await network.readLosses();
    } finally {
      network.free();
    }
  }
}
