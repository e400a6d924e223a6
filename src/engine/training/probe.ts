import type { Device } from '../device/device';
import { adam } from '../kernels/optimizer/adam';
import { matrix } from '../matrix';
import { dan } from '../models/dan';
import { initialWeights } from '../models/initial-weights';
import { Network } from '../plan/network';
import { Random } from '../random';
import type { Sentences } from '../sentences';

/** The default experiment's step, on made-up data: 64 sentences of 14 words over a table of 2,000 x 100. */
const size = { rows: 2000, columns: 100, hidden: 100, classes: 2, batch: 64, words: 14 };
const timedSteps = 8;

/**
 * Milliseconds of a training step on a device, the median of a few after the kernels are compiled: what decides between software WebGPU and
 * the CPU backend. As a side effect the kernels of the default experiment are compiled.
 */
export async function probeStepMs(device: Device, now: () => number): Promise<number> {
  const random = new Random(1);
  const total = size.batch * size.words;
  const sentences: Sentences = {
    offsets: Uint32Array.from({ length: size.batch + 1 }, (_, s) => s * size.words),
    ids: Uint32Array.from({ length: total }, () => 2 + random.integer(size.rows - 2)),
    labels: Uint32Array.from({ length: size.batch }, (_, s) => s % size.classes),
  };
  const table = matrix(size.rows, size.columns);
  const layers = dan.layers({ hidden: size.hidden, classes: size.classes, dropout: 0.5 });
  const network = await Network.compile(device, {
    layers,
    embedding: { kind: 'table', table },
    weights: initialWeights(layers, size.columns, 1),
    training: { optimizer: adam, sentences, batchSize: size.batch, frozenEmbedding: false, dropoutSeed: 1 },
  });
  try {
    const order = Uint32Array.from({ length: size.batch }, (_, s) => s);
    const times: number[] = [];
    for (let i = 0; i <= timedSteps; i++) {
      const startedAt = now();
      network.train(order, [{ from: 0, to: size.batch }], [1e-3], i, null);
      await network.readLosses();
      times.push(now() - startedAt);
    }
    // The first one still pays for what compiles late.
    const sorted = times.slice(1).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  } finally {
    network.free();
  }
}
