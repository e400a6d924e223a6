import { describe, expect, it, vi } from 'vitest';
import type { Device } from '../device/device';
import { openTestDevices } from '../device/testing';
import type { WebGpuDevice } from '../device/webgpu';
import { adam } from '../kernels/optimizer/adam';
import { matrix } from '../matrix';
import { initialWeights } from '../models/initial-weights';
import { findModel } from '../models/registry';
import { Random } from '../random';
import { Network } from './network';

const devices = await openTestDevices();

const total = 64;
const random = new Random(3);
const sentences = {
  offsets: Uint32Array.from({ length: total + 1 }, (_, s) => 7 * s),
  ids: Uint32Array.from({ length: 7 * total }, () => 1 + random.integer(199)),
  labels: Uint32Array.from({ length: total }, (_, s) => (s % 3 === 0 ? 1 : 0)),
};
const order = Uint32Array.from({ length: total }, (_, s) => s);
const batches = Array.from({ length: 4 }, (_, i) => ({ from: 16 * i, to: 16 * (i + 1) }));

function compile(device: Device, rank: number | null, frozenEmbedding = false, model = 'dan'): Promise<Network> {
  const layers = findModel(model).layers({ hidden: 10, classes: 2, dropout: 0.5 });
  return Network.compile(device, {
    layers,
    embedding: rank === null ? { kind: 'table', table: matrix(200, 20) } : { kind: 'factors', a: matrix(200, rank), b: matrix(rank, 20) },
    weights: initialWeights(layers, 20, 1),
    training: { optimizer: adam, sentences, batchSize: 16, frozenEmbedding, dropoutSeed: 1 },
  });
}

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('a training step on $backend', ({ device }) => {
  it.each([
    { model: 'dan', name: 'full', rank: null, frozen: false, dispatches: 9 },
    { model: 'dan', name: 'low-rank', rank: 3, frozen: false, dispatches: 13 },
    { model: 'dan', name: 'frozen', rank: null, frozen: true, dispatches: 7 },
    { model: 'lstm', name: 'full', rank: null, frozen: false, dispatches: 14 },
    { model: 'lstm', name: 'low-rank', rank: 3, frozen: false, dispatches: 18 },
    { model: 'lstm', name: 'frozen', rank: null, frozen: true, dispatches: 12 },
    { model: 'cnn', name: 'full', rank: null, frozen: false, dispatches: 15 },
    { model: 'cnn', name: 'low-rank', rank: 3, frozen: false, dispatches: 25 },
  ])(
    'of $model, $name, is $dispatches dispatches, a quarter of a submit, and nothing else',
    async ({ model, rank, frozen, dispatches }) => {
      const network = await compile(device, rank, frozen, model);
      network.train(order, batches, [1e-3, 1e-3, 1e-3, 1e-3], 0, null);
      const before = { ...device.counters };
      network.train(order, batches, [1e-3, 1e-3, 1e-3, 1e-3], 4, null);
      const spent = (key: keyof typeof before) => device.counters[key] - before[key];
      expect(network.trainingDispatches).toHaveLength(dispatches);
      expect({ dispatches: spent('dispatches'), submits: spent('submits'), maps: spent('maps'), made: spent('buffersCreated') }).toEqual({
        dispatches: 4 * dispatches,
        submits: 1,
        maps: 0,
        made: 0,
      });
      network.free();
    },
  );

  it.each([
    { model: 'dan', rank: null, frozen: false },
    { model: 'dan', rank: 3, frozen: false },
    { model: 'dan', rank: null, frozen: true },
    { model: 'lstm', rank: 3, frozen: false },
    { model: 'cnn', rank: null, frozen: false },
  ])('says what each dispatch of $model is for (rank $rank, frozen $frozen)', async ({ model, rank, frozen }) => {
    const network = await compile(device, rank, frozen, model);
    const dispatches = network.trainingDispatches;
    const loss = dispatches.findIndex(({ kernel }) => kernel.name === 'softmax-cross-entropy');
    expect(dispatches.slice(0, loss + 1).every(({ role }) => role === 'forward')).toBe(true);
    expect(dispatches.slice(loss + 1).every(({ role }) => role === 'backward' || role === 'update')).toBe(true);
    // One update a parameter that is trained: it writes the optimizer's state as well.
    const updated = dispatches.filter(({ role }) => role === 'update').map(({ buffers }) => buffers.state);
    expect(new Set(updated)).toEqual(new Set(network.parameters.flatMap(({ state }) => state ?? [])));
    network.free();
  });

  it('leaves no buffer when it is freed, nor when its compilation fails', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const network = await compile(device, 3);
    network.keep();
    const set = await network.evaluationSet(sentences);
    await set.evaluate();
    set.free();
    network.free();
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });

    const layers = findModel('dan').layers({ hidden: 10, classes: 2, dropout: 0 });
    const broken = Network.compile(device, {
      layers,
      embedding: { kind: 'table', table: matrix(200, 20) },
      weights: new Map([['hidden', new Float32Array(3)]]),
      training: null,
    });
    await expect(broken).rejects.toThrow('"hidden" takes 210 weights, not 3');
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });

  it('learns a frozen network without touching its embedding', async () => {
    const network = await compile(device, null, true);
    network.train(order, batches, [0.1, 0.1, 0.1, 0.1], 0, null);
    const values = await network.read();
    expect(values.get('embedding')?.every((value) => value === 0)).toBe(true);
    expect(
      values
        .get('output')
        ?.slice(-2)
        .some((value) => value !== 0),
    ).toBe(true);
    network.free();
  });

  it('evaluates a set of more batches than a submit holds', async () => {
    const network = await compile(device, 3);
    const many = 256 * 17 + 5;
    const set = await network.evaluationSet({
      offsets: Uint32Array.from({ length: many + 1 }, (_, s) => s),
      ids: Uint32Array.from({ length: many }, (_, s) => 1 + (s % 199)),
      labels: Uint32Array.from({ length: many }, (_, s) => s % 2),
    });
    const { losses, predictions } = await set.evaluate();
    expect(losses.length).toBe(many);
    // The table is zero: every sentence has the same logits, and each loss is log 2 or so.
    expect(losses.every((loss) => loss > 0.1 && loss < 3)).toBe(true);
    expect(new Set(predictions).size).toBe(1);
    set.free();
    network.free();
  });

  it('drops the same hidden units over a table and over factors', async () => {
    const masks = async (rank: number | null) => {
      const network = await compile(device, rank);
      const salts = network.trainingDispatches.flatMap(({ params }) => (params.dropThreshold > 0 ? [params.dropoutSalt] : []));
      network.free();
      return salts;
    };
    const [overTable, overFactors] = [await masks(null), await masks(3)];
    expect(overTable).toHaveLength(1);
    expect(overFactors).toEqual(overTable);
  });

  it('counts what the device really did', async () => {
    if (device.report.backend === 'cpu') {
      // The CPU twin has no calls to spy on: its counters are the calls.
      expect(device.counters.submits).toBeGreaterThan(0);
      return;
    }
    const { gpu } = device as WebGpuDevice;
    const network = await compile(device, 3);
    const submit = vi.spyOn(gpu.queue, 'submit');
    const createBuffer = vi.spyOn(gpu, 'createBuffer');
    const createBindGroup = vi.spyOn(gpu, 'createBindGroup');
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    network.train(order, batches, [1e-3, 1e-3, 1e-3, 1e-3], 0, null);
    expect([submit, createBuffer, createBindGroup, dispatch, map].map((spy) => spy.mock.calls.length)).toEqual([1, 0, 0, 52, 0]);
    vi.restoreAllMocks();
    network.free();
  });
});
