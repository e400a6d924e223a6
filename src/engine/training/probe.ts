import type { Device } from '../device/device';
import type { ProbedWork } from '../device/probe';
import { adam } from '../kernels/optimizer/adam';
import { matrix } from '../matrix';
import { dan } from '../models/dan';
import { initialWeights } from '../models/initial-weights';
import type { Model } from '../models/model';
import { type StepCost, trainingStepCost } from '../plan/cost';
import { Network } from '../plan/network';
import { Random } from '../random';
import type { Sentences } from '../sentences';

/**
 * The default experiment's step with the full table, on made-up data: 64 sentences of 14 words over 5,000 x 100, a DAN. Of the lab's networks
 * the one with the least work for a GPU: where WebGPU is faster on it, it is so on the others all the more, and a software GPU that loses
 * here loses by more there (measured: 6 times behind the CPU backend with the DAN, 18 with the LSTM, 40 with the CNN).
 */
const size = { rows: 5000, columns: 100, hidden: 100, classes: 2, batch: 64, words: 14 };

/** What one of its steps costs by count, or of another network over the same sentences: with the time that it takes, a device's pace. */
export function probeStepCost(model: Model = dan): StepCost {
  const { rows, columns, hidden, classes, batch, words } = size;
  const tokens = batch * words;
  const distinctRows = rows * (1 - (1 - 1 / rows) ** tokens);
  return trainingStepCost({ layers: model.layers({ hidden, classes, dropout: 0.5 }), embedding: { rows, columns, rank: null } }, adam, {
    sentences: batch,
    tokens,
    distinctRows,
  });
}

/** Steps of the default experiment, or of another network, ready to be timed. As a side effect its kernels are compiled; the compilation is not timed. */
export async function prepareProbe(device: Device, now: () => number, model: Model = dan): Promise<ProbedWork> {
  const random = new Random(1);
  const total = size.batch * size.words;
  const sentences: Sentences = {
    offsets: Uint32Array.from({ length: size.batch + 1 }, (_, s) => s * size.words),
    ids: Uint32Array.from({ length: total }, () => 2 + random.integer(size.rows - 2)),
    labels: Uint32Array.from({ length: size.batch }, (_, s) => s % size.classes),
  };
  const layers = model.layers({ hidden: size.hidden, classes: size.classes, dropout: 0.5 });
  const network = await Network.compile(device, {
    layers,
    embedding: { kind: 'table', table: matrix(size.rows, size.columns) },
    weights: initialWeights(layers, size.columns, 1),
    training: { optimizer: adam, sentences, batchSize: size.batch, frozenEmbedding: false, dropoutSeed: 1 },
  });
  const order = Uint32Array.from({ length: size.batch }, (_, s) => s);
  let done = 0;
  return {
    time: async (steps) => {
      const startedAt = now();
      if (steps > 0) {
        const batches = Array.from({ length: steps }, () => ({ from: 0, to: size.batch }));
        network.train(
          order,
          batches,
          batches.map(() => 1e-3),
          done,
          null,
        );
        done += steps;
        await network.readLosses();
      } else {
        await network.readLogits(1);
      }
      return now() - startedAt;
    },
    free: () => network.free(),
  };
}
