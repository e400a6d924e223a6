import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device/device';
import { excess, openTestDevices } from '../device/testing';
import { BatchEncoder } from '../kernels/batch/encoder';
import { gradientOnly } from '../kernels/optimizer/gradient';
import { dense, embeddingBag, meanCrossEntropy, registerGradients } from '../kernels/tfjs/ops';
import { allKernels, registerKernels, tfjsName } from '../kernels/tfjs/register';
import { matrix } from '../matrix';
import { dan } from '../models/dan';
import { Random } from '../random';
import type { Sentences } from '../sentences';
import { Network } from './network';

/** A random network and batch: lengths from 0, repeated words, sizes that are no multiples of 4. */
interface RandomCase {
  seed: number;
  rows: number;
  columns: number;
  rank: number | null;
  hidden: number;
  classes: number;
  sentences: number;
  longest: number;
}

const cases: RandomCase[] = [
  { seed: 1, rows: 30, columns: 7, rank: null, hidden: 5, classes: 2, sentences: 9, longest: 6 },
  { seed: 2, rows: 101, columns: 50, rank: 3, hidden: 33, classes: 7, sentences: 64, longest: 40 },
  { seed: 3, rows: 3, columns: 1, rank: 1, hidden: 1, classes: 2, sentences: 1, longest: 40 },
  { seed: 4, rows: 500, columns: 100, rank: 10, hidden: 100, classes: 3, sentences: 65, longest: 14 },
];

function build({ seed, rows, columns, rank, hidden, classes, sentences, longest }: RandomCase) {
  const random = new Random(seed);
  const normals = (count: number, scale: number) => Float32Array.from({ length: count }, () => scale * random.normal());
  const lengths = Array.from({ length: sentences }, (_, s) => (s === 1 ? 0 : random.integer(longest + 1)));
  const offsets = new Uint32Array(sentences + 1);
  lengths.forEach((length, s) => {
    offsets[s + 1] = offsets[s] + length;
  });
  const ids = Uint32Array.from({ length: offsets[sentences] }, () => 1 + random.integer(rows - 1));
  const data: Sentences = { offsets, ids, labels: Uint32Array.from({ length: sentences }, () => random.integer(classes)) };
  return {
    data,
    bottom: normals(rows * (rank ?? columns), 1),
    projection: rank === null ? null : normals(rank * columns, 0.5),
    hiddenWeights: normals((columns + 1) * hidden, 0.4),
    outputWeights: normals((hidden + 1) * classes, 0.4),
  };
}

const devices = await openTestDevices();
/** The suite's device, and tfjs's backend of that name. */
const backends = devices.map((device) => ({ backend: device.report.backend, device }));

describe.each(backends)('autodiff on $backend', ({ backend, device }) => {
  let before: number;
  beforeAll(async () => {
    await tf.setBackend(backend);
    registerKernels();
    registerGradients();
    before = tf.memory().numTensors;
  });
  afterAll(() => {
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has every kernel registered on both backends', () => {
    for (const kernel of allKernels) {
      expect(tf.getKernel(tfjsName(kernel), 'webgpu'), kernel.name).toBeTruthy();
      expect(tf.getKernel(tfjsName(kernel), 'cpu'), kernel.name).toBeTruthy();
    }
  });

  it.each(cases)('case $seed: gradients of the plan, of the registered kernels and of stock tfjs agree', async (randomCase) => {
    const { rows, columns, rank, hidden, classes, sentences } = randomCase;
    const made = build(randomCase);
    const width = rank ?? columns;
    const planned = await gradientsOfPlan(device, randomCase, made);

    const batchElements = new Uint32Array(4 * made.data.ids.length + 3 * sentences + 2);
    const order = Uint32Array.from({ length: sentences }, (_, s) => s);
    const sizes = new BatchEncoder(rows).encode(batchElements, 0, made.data, order, 0, sentences, null);

    const variables = [
      tf.tensor2d(made.bottom, [rows, width]),
      ...(made.projection ? [tf.tensor2d(made.projection, [width, columns])] : []),
      tf.tensor2d(made.hiddenWeights, [columns + 1, hidden]),
      tf.tensor2d(made.outputWeights, [hidden + 1, classes]),
    ];
    const batch = tf.tensor1d(new Int32Array(batchElements.buffer), 'int32');

    const ours = (...tensors: tf.Tensor[]): tf.Scalar => {
      const [table, ...rest] = tensors as tf.Tensor2D[];
      let x = embeddingBag(table, batch, sizes);
      if (made.projection) {
        x = dense(x, rest.shift() as tf.Tensor2D, { bias: false, relu: false });
      }
      x = dense(x, rest[0], { bias: true, relu: true });
      return meanCrossEntropy(dense(x, rest[1], { bias: true, relu: false }), batch, sizes);
    };
    const stock = (...tensors: tf.Tensor[]): tf.Scalar => {
      const [table, ...rest] = tensors as tf.Tensor2D[];
      const means = Array.from({ length: sentences }, (_, s) => {
        const ids = made.data.ids.subarray(made.data.offsets[s], made.data.offsets[s + 1]);
        return ids.length === 0 ? tf.zeros([width]) : tf.mean(tf.gather(table, tf.tensor1d(Int32Array.from(ids), 'int32')), 0);
      });
      let x = tf.stack(means) as tf.Tensor2D;
      if (made.projection) {
        x = tf.matMul(x, rest.shift() as tf.Tensor2D);
      }
      const layer = (input: tf.Tensor2D, weights: tf.Tensor2D) => {
        const [inputs] = [weights.shape[0] - 1];
        return tf.add(tf.matMul(input, tf.slice(weights, [0, 0], [inputs, -1])), tf.slice(weights, [inputs, 0], [1, -1])) as tf.Tensor2D;
      };
      const logits = layer(tf.relu(layer(x, rest[0])), rest[1]);
      return tf.losses.softmaxCrossEntropy(
        tf.oneHot(tf.tensor1d(Int32Array.from(made.data.labels), 'int32'), classes),
        logits,
      ) as tf.Scalar;
    };

    for (const [name, loss] of [
      ['registered kernels', ours],
      ['stock tfjs', stock],
    ] as const) {
      const gradients = tf.tidy(() => tf.grads(loss)(variables));
      const lossValue = tf.tidy(() => loss(...variables));
      expect(Math.abs((await lossValue.data())[0] - planned.loss), name).toBeLessThan(1e-4);
      for (const [i, gradient] of gradients.entries()) {
        const worst = excess(planned.gradients[i], await gradient.data(), 1e-4, 1e-6);
        expect({ name, i, worst }).toMatchObject({ worst: expect.toSatisfy((x) => x <= 0) });
      }
      tf.dispose([gradients, lossValue]);
    }
    tf.dispose([variables, batch]);
  });
});

async function gradientsOfPlan(
  device: Device,
  { rows, columns, rank, hidden, classes, sentences }: RandomCase,
  made: ReturnType<typeof build>,
): Promise<{ loss: number; gradients: Float32Array[] }> {
  const network = await Network.compile(device, {
    layers: dan.layers({ hidden, classes, dropout: 0 }),
    embedding: made.projection
      ? { kind: 'factors', a: matrix(rows, rank ?? 0, made.bottom), b: matrix(rank ?? 0, columns, made.projection) }
      : { kind: 'table', table: matrix(rows, columns, made.bottom) },
    weights: new Map([
      ['hidden', made.hiddenWeights],
      ['output', made.outputWeights],
    ]),
    training: { optimizer: gradientOnly, sentences: made.data, batchSize: sentences, frozenEmbedding: false, dropoutSeed: 0 },
  });
  const order = Uint32Array.from({ length: sentences }, (_, s) => s);
  network.train(order, [{ from: 0, to: sentences }], [0], 0, null);
  const [loss] = await network.readLosses();
  const gradients: Float32Array[] = [];
  for (const { state } of network.parameters) {
    gradients.push((await device.read(state as NonNullable<typeof state>)) as Float32Array);
  }
  network.free();
  return { loss, gradients };
}
