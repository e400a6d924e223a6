import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWebGpuDevice } from '../device/tfjs';
import type { WebGpuDevice } from '../device/webgpu';
import { adam } from '../kernels/optimizer/adam';
import { matrix } from '../matrix';
import { initialWeights } from '../models/initial-weights';
import type { Model } from '../models/model';
import { models } from '../models/registry';
import { Network } from '../plan/network';
import { Random } from '../random';
import { truncatedSvd } from '../svd/svd';
import { compileAhead } from './compile-ahead';

/** Counts calls of WebGPU that compile something, from now on. */
function compilations({ gpu }: WebGpuDevice) {
  const spies = [vi.spyOn(gpu, 'createComputePipeline'), vi.spyOn(gpu, 'createComputePipelineAsync'), vi.spyOn(gpu, 'createShaderModule')];
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

const total = 32;
const random = new Random(3);
const sentences = {
  offsets: Uint32Array.from({ length: total + 1 }, (_, s) => 7 * s),
  ids: Uint32Array.from({ length: 7 * total }, () => 1 + random.integer(199)),
  labels: Uint32Array.from({ length: total }, (_, s) => s % 2),
};
const order = Uint32Array.from({ length: total }, (_, s) => s);

function compile(device: WebGpuDevice, model: Model, rank: number | null, columns: number): Promise<Network> {
  const layers = model.layers({ hidden: 12, classes: 2, dropout: 0.5 });
  return Network.compile(device, {
    layers,
    embedding:
      rank === null ? { kind: 'table', table: matrix(200, columns) } : { kind: 'factors', a: matrix(200, rank), b: matrix(rank, columns) },
    weights: initialWeights(layers, columns, 1),
    training: { optimizer: adam, sentences, batchSize: 16, frozenEmbedding: false, dropoutSeed: 1 },
  });
}

async function trainAndEvaluate(network: Network): Promise<void> {
  network.train(order, [{ from: 0, to: 16 }], [1e-3], 0, { threshold: 2 ** 30, seed: 1, epoch: 0 });
  await network.readLosses();
  const set = await network.evaluationSet(sentences);
  await set.evaluate();
  set.free();
}

describe('pipelines', () => {
  let device: WebGpuDevice;
  // Each test begins with none.
  beforeEach(async () => {
    device = await openWebGpuDevice('A test asked for it.');
  });
  afterEach(() => vi.restoreAllMocks());

  // Rows that are whole vectors of four numbers have kernels of their own.
  const shapes = models.flatMap((model) => [
    { name: model.id, model, rank: null, columns: 20 },
    { name: model.id, model, rank: 3, columns: 10 },
  ]);

  it.each(shapes)('of $name, rank $rank of $columns columns: none is compiled within a training step', async ({ model, rank, columns }) => {
    const network = await compile(device, model, rank, columns);
    const count = compilations(device);
    await trainAndEvaluate(network);
    expect(count()).toBe(0);
    network.free();
  });

  it('that were compiled ahead are all that networks of any model, and a factorization, ask for', async () => {
    const { liveBuffers } = device.counters;
    await compileAhead(device);
    expect(device.counters.liveBuffers).toBe(liveBuffers);
    const count = compilations(device);
    for (const model of models) {
      for (const rank of [null, 7, 8]) {
        const network = await compile(device, model, rank, 20);
        await trainAndEvaluate(network);
        network.free();
      }
    }
    const values = Float32Array.from({ length: 300 * 20 }, () => random.normal());
    await truncatedSvd(matrix(300, 20, values), device, { rank: 5 });
    expect(count()).toBe(0);
  });

  it('are left alone where the device is gone', async () => {
    device.gpu.destroy();
    await device.lost.catch(() => {});
    await expect(compileAhead(device)).resolves.toBeUndefined();
  });
});
