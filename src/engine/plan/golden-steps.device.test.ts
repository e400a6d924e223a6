import { describe, expect, it } from 'vitest';
import type { Embedding } from '../compression/method';
import { excess, openAllTestDevices } from '../device/testing';
import { adam } from '../kernels/optimizer/adam';
import { gradientOnly } from '../kernels/optimizer/gradient';
import { momentum } from '../kernels/optimizer/momentum';
import type { Optimizer } from '../kernels/optimizer/optimizer';
import { sgd } from '../kernels/optimizer/sgd';
import { matrix } from '../matrix';
import { findModel } from '../models/registry';
import type { Sentences } from '../sentences';
import golden from './fixtures/training-steps.json';
import { Network } from './network';

/** PyTorch's figures; conventions in the fixture's `source`. */
interface Tensor {
  shape: number[];
  values: number[];
}
type Tensors = Record<string, Tensor>;
interface Run {
  lr: number;
  losses: number[];
  parameters: Tensors;
}
interface Case {
  model: string;
  embedding: string;
  initial: Tensors;
  logits: Tensor;
  loss: number;
  gradients: Tensors;
  sgd3: Run;
  lazyMomentum3: Run;
  lazyAdam3: Run;
}

const cases = golden.cases as unknown as Case[];
const batchSize = golden.batches[0].length;

/** The three batches one after the other, padded as in the fixture. */
const sentences: Sentences = (() => {
  const all = golden.batches.flat();
  const offsets = Uint32Array.from([0, ...all.map((_, i) => (i + 1) * all[0].length)]);
  return { offsets, ids: Uint32Array.from(all.flat()), labels: Uint32Array.from(golden.labels.flat()) };
})();
const order = Uint32Array.from({ length: sentences.labels.length }, (_, i) => i);
const batches = golden.batches.map((_, i) => ({ from: i * batchSize, to: (i + 1) * batchSize }));

const toMatrix = ({ shape, values }: Tensor) => matrix(shape[0], shape[1], Float32Array.from(values));
const stacked = (weights: Tensor, bias: Tensor) => Float32Array.from([...weights.values, ...bias.values]);

/** The fixture's tensors under the network's names; a bias is its layer's last row. */
function byName(tensors: Tensors): Map<string, Float32Array> {
  const named = new Map([
    ['embedding', Float32Array.from((tensors.E ?? tensors.A).values)],
    ['output', stacked(tensors.W2, tensors.b2)],
  ]);
  if (tensors.W1) {
    named.set('hidden', stacked(tensors.W1, tensors.b1));
  } else {
    named.set('lstm/forward/input', stacked(tensors.Wx, tensors.bg));
    named.set('lstm/forward/recurrent', Float32Array.from(tensors.Wh.values));
  }
  if (tensors.B) {
    named.set('projection', Float32Array.from(tensors.B.values));
  }
  return named;
}

async function compile(device: Awaited<ReturnType<typeof openAllTestDevices>>[number], golden: Case, optimizer: Optimizer) {
  const { initial } = golden;
  const embedding: Embedding = initial.E
    ? { kind: 'table', table: toMatrix(initial.E) }
    : { kind: 'factors', a: toMatrix(initial.A), b: toMatrix(initial.B) };
  return Network.compile(device, {
    layers: findModel(golden.model).layers({ hidden: initial.W2.shape[0], classes: initial.W2.shape[1], dropout: 0 }),
    embedding,
    weights: byName(initial),
    training: { optimizer, sentences, batchSize, frozenEmbedding: false, dropoutSeed: 0 },
  });
}

const devices = await openAllTestDevices();

describe.each(devices.map((device) => ({ backend: device.report.name, device })))('a training step on $backend', ({ device }) => {
  it('is checked on all cases of the fixture', () => {
    expect(cases.map(({ model, embedding }) => `${model} ${embedding}`)).toEqual([
      'dan full',
      'dan low-rank',
      'lstm full',
      'lstm low-rank',
    ]);
  });

  it.each(cases)('$model, $embedding: logits, loss and gradients of the first batch are PyTorch’s', async (golden) => {
    const network = await compile(device, golden, gradientOnly);
    network.train(order, batches.slice(0, 1), [0], 0, null);
    expect(excess(await network.readLogits(batchSize), golden.logits.values, 1e-4, 1e-6)).toBeLessThanOrEqual(0);
    expect(excess(await network.readLosses(), [golden.loss], 1e-4, 1e-6)).toBeLessThanOrEqual(0);
    for (const [name, expected] of byName(golden.gradients)) {
      const parameter = network.parameters.find((candidate) => candidate.name === name);
      const gradient = await device.read(parameter?.state ?? (null as never));
      expect({ name, excess: excess(gradient, expected, 1e-4, 1e-6) }).toMatchObject({ name, excess: expect.toSatisfy((x) => x <= 0) });
    }
    network.free();
  });

  const runs: { optimizer: Optimizer; key: 'sgd3' | 'lazyMomentum3' | 'lazyAdam3' }[] = [
    { optimizer: sgd, key: 'sgd3' },
    { optimizer: momentum, key: 'lazyMomentum3' },
    { optimizer: adam, key: 'lazyAdam3' },
  ];
  it.each(
    cases.flatMap((golden) =>
      runs.map((run) => ({ ...run, golden, model: golden.model, embedding: golden.embedding, id: run.optimizer.id })),
    ),
  )('$model, $embedding, $id: losses and every parameter after three steps are PyTorch’s', async ({ golden, optimizer, key }) => {
    const network = await compile(device, golden, optimizer);
    network.train(order, batches, [golden[key].lr, golden[key].lr, golden[key].lr], 0, null);
    expect(excess(await network.readLosses(), golden[key].losses, 1e-4, 1e-6)).toBeLessThanOrEqual(0);
    const parameters = await network.read();
    for (const [name, expected] of byName(golden[key].parameters)) {
      const actual = parameters.get(name) ?? [];
      expect({ name, excess: excess(actual, expected, 1e-4, 1e-6) }).toMatchObject({ name, excess: expect.toSatisfy((x) => x <= 0) });
    }
    network.free();
  });
});
