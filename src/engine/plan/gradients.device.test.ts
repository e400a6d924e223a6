import { describe, expect, it } from 'vitest';
import type { Embedding } from '../compression/method';
import { excess, openAllTestDevices } from '../device/testing';
import { adam } from '../kernels/optimizer/adam';
import { gradientOnly } from '../kernels/optimizer/gradient';
import { matrix } from '../matrix';
import { initialWeights } from '../models/initial-weights';
import { layerParameters } from '../models/model';
import { findModel, models } from '../models/registry';
import { Random, randomBits } from '../random';
import type { Sentences } from '../sentences';
import { Network } from './network';
import { type Parameters64, referenceLoss } from './testing/reference-network';

interface Sizes {
  rows: number;
  columns: number;
  hidden: number;
  classes: number;
}
/** The GPU takes rows by fours, in one load where they lie so: sizes of which none is a multiple of four, and of which each is. */
const odd: Sizes = { rows: 23, columns: 7, hidden: 5, classes: 3 };
const inFours: Sizes = { rows: 23, columns: 8, hidden: 4, classes: 4 };
const lengths = [9, 0, 1, 2, 3, 4, 5, 8];

/** Sentences shorter and longer than every filter, an empty one, padding in the middle, a word that stands everywhere. */
function makeSentences(random: Random, sizes: Sizes): Sentences {
  const offsets = Uint32Array.from([0, ...lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0))]);
  const ids = Uint32Array.from({ length: offsets[lengths.length] }, (_, t) => (t % 3 === 0 ? 4 : random.integer(sizes.rows)));
  return { offsets, ids, labels: Uint32Array.from(lengths, (_, s) => s % sizes.classes) };
}

function makeCase(model: string, rank: number | null, sizes: Sizes) {
  const random = new Random(7);
  const normals = (rows: number, columns: number) =>
    matrix(
      rows,
      columns,
      Float32Array.from({ length: rows * columns }, () => random.normal()),
    );
  const embedding: Embedding =
    rank === null
      ? { kind: 'table', table: normals(sizes.rows, sizes.columns) }
      : { kind: 'factors', a: normals(sizes.rows, rank), b: normals(rank, sizes.columns) };
  const layers = findModel(model).layers({ ...sizes, dropout: 0 });
  const weights = initialWeights(layers, sizes.columns, 3);
  // Biases that are not zero, and weights large enough to make every gate and filter matter.
  for (const values of weights.values()) for (let i = 0; i < values.length; i++) values[i] = 1.5 * values[i] + 0.1 * random.normal();
  return { embedding, layers, weights, data: makeSentences(random, sizes) };
}

/** Batches of as many sentences that a network which reads words could stumble over. */
const oddBatches: { name: string; words(s: number): number[] }[] = [
  { name: 'sentences of one word', words: (s) => [1 + (s % 3)] },
  { name: 'nothing but one word', words: (s) => new Array<number>(lengths[s]).fill(4) },
  { name: 'no word twice', words: (s) => [1 + 2 * s, 2 + 2 * s] },
  { name: 'no word at all', words: (s) => new Array<number>(lengths[s]).fill(0) },
];

function sentencesOf(words: readonly number[][], classes: number): Sentences {
  const offsets = Uint32Array.from([0, ...words.map((_, s) => words.slice(0, s + 1).flat().length)]);
  return { offsets, ids: Uint32Array.from(words.flat()), labels: Uint32Array.from(words, (_, s) => s % classes) };
}

/** All sentences of a set, and all of another after them. */
function joined(one: Sentences, other: Sentences): Sentences {
  const end = one.ids.length;
  return {
    offsets: Uint32Array.from([...one.offsets, ...[...other.offsets.subarray(1)].map((offset) => offset + end)]),
    ids: Uint32Array.from([...one.ids, ...other.ids]),
    labels: Uint32Array.from([...one.labels, ...other.labels]),
  };
}

/** Central differences of the float64 loss in every parameter. */
function differences(
  layers: ReturnType<typeof makeCase>['layers'],
  parameters: Parameters64,
  columns: number,
  data: Sentences,
): Map<string, Float64Array> {
  const step = 1e-5;
  return new Map(
    [...parameters].map(([name, values]) => [
      name,
      values.map((value, i) => {
        const at = (moved: number) => {
          values[i] = moved;
          return referenceLoss(layers, parameters, columns, data);
        };
        const slope = (at(value + step) - at(value - step)) / (2 * step);
        values[i] = value;
        return slope;
      }),
    ]),
  );
}

const devices = await openAllTestDevices();
const cases = models.flatMap(({ id }) =>
  [
    { sizes: odd, ranks: [null, 3] },
    { sizes: inFours, ranks: [null, 4] },
  ].flatMap(({ sizes, ranks }) => ranks.map((rank) => ({ model: id, rank, columns: sizes.columns, sizes }))),
);

describe.each(devices.map((device) => ({ backend: device.report.name, device })))('gradients on $backend', ({ device }) => {
  it.each(cases)(
    '$model, rank $rank of $columns columns: loss and every gradient are those of central differences in float64',
    async ({ model, rank, sizes }) => {
      const { embedding, layers, weights, data } = makeCase(model, rank, sizes);
      const live = device.counters.liveBuffers;
      const network = await Network.compile(device, {
        layers,
        embedding,
        weights,
        training: { optimizer: gradientOnly, sentences: data, batchSize: lengths.length, frozenEmbedding: false, dropoutSeed: 0 },
      });
      const parameters = new Map([...(await network.read())].map(([name, values]) => [name, Float64Array.from(values)]));
      const order = Uint32Array.from(lengths, (_, s) => s);
      // Another order first: what a step left in the buffers must not show in the next one.
      const all = [{ from: 0, to: lengths.length }];
      network.train(order.slice().reverse(), all, [0], 0, null);
      network.train(order, all, [0], 1, null);
      const expected = referenceLoss(layers, parameters, sizes.columns, data);
      expect(excess(await network.readLosses(), [expected, expected], 1e-5, 1e-6)).toBeLessThanOrEqual(0);
      const slopes = differences(layers, parameters, sizes.columns, data);
      // Rows of padding and of words that are absent keep the zeros that their state began with.
      for (const { name, state } of network.parameters) {
        const gradient = await device.read(state as NonNullable<typeof state>);
        const worst = excess(gradient, slopes.get(name) as Float64Array, 1e-4, 2e-6);
        expect({ name, worst }).toMatchObject({ name, worst: expect.toSatisfy((x) => x <= 0) });
      }
      network.free();
      expect(device.counters.liveBuffers).toBe(live);
    },
  );

  it.each(
    ['lstm', 'bidirectional-lstm'].flatMap((model) => [null, 3].flatMap((rank) => oddBatches.map((odd) => ({ model, rank, ...odd })))),
  )('$model, rank $rank, on $name, after a batch that filled the buffers: every gradient is that of central differences', async (odd) => {
    const sizes = inFours;
    const { embedding, layers, weights, data } = makeCase(odd.model, odd.rank, sizes);
    const batch = sentencesOf(
      lengths.map((_, s) => odd.words(s)),
      sizes.classes,
    );
    const both = joined(data, batch);
    const network = await Network.compile(device, {
      layers,
      embedding,
      weights,
      training: { optimizer: gradientOnly, sentences: both, batchSize: lengths.length, frozenEmbedding: false, dropoutSeed: 0 },
    });
    const parameters = new Map([...(await network.read())].map(([name, values]) => [name, Float64Array.from(values)]));
    const order = Uint32Array.from(both.labels, (_, s) => s);
    const ranges = [0, 1].map((i) => ({ from: i * lengths.length, to: (i + 1) * lengths.length }));
    network.train(order, ranges.slice(0, 1), [0], 0, null);
    await network.readLosses();
    // Only what a batch names is written.
    for (const { state } of network.parameters) device.clear(state as NonNullable<typeof state>);
    network.train(order, ranges.slice(1), [0], 1, null);
    const expected = referenceLoss(layers, parameters, sizes.columns, batch);
    expect(excess(await network.readLosses(), [expected], 1e-5, 1e-6)).toBeLessThanOrEqual(0);
    const slopes = differences(layers, parameters, sizes.columns, batch);
    for (const { name, state } of network.parameters) {
      const gradient = await device.read(state as NonNullable<typeof state>);
      const worst = excess(gradient, slopes.get(name) as Float64Array, 1e-4, 2e-6);
      expect({ name, worst }).toMatchObject({ name, worst: expect.toSatisfy((x) => x <= 0) });
    }
    network.free();
  });

  it.each(['lstm', 'bidirectional-lstm'])('%s: words that are dropped are not there, up to the last one', async (model) => {
    const { embedding, layers, weights, data } = makeCase(model, null, odd);
    const order = Uint32Array.from(lengths, (_, s) => s);
    const losses = async (sentences: Sentences, threshold: number | null) => {
      const network = await Network.compile(device, {
        layers,
        embedding,
        weights,
        training: { optimizer: adam, sentences, batchSize: lengths.length, frozenEmbedding: false, dropoutSeed: 0 },
      });
      const dropout = threshold === null ? null : { threshold, seed: 5, epoch: 2 };
      for (let i = 0; i < 3; i++) network.train(order, [{ from: 0, to: lengths.length }], [0.05], i, dropout);
      const seen = await network.readLosses();
      const values = await network.read();
      network.free();
      return { seen, values };
    };
    for (const threshold of [0.5 * 2 ** 32, 2 ** 32]) {
      const kept = lengths.map((_, s) =>
        [...data.ids.keys()]
          .slice(data.offsets[s], data.offsets[s + 1])
          .filter((t) => randomBits(5, 2, t) >= threshold)
          .map((t) => data.ids[t]),
      );
      expect(kept.flat().length > 0).toBe(threshold < 2 ** 32);
      expect(await losses(data, threshold)).toEqual(await losses(sentencesOf(kept, odd.classes), null));
    }
  });

  it.each(models.map(({ id }) => id))('%s evaluates a set as the reference does, in batches of any size', async (model) => {
    const { embedding, layers, weights, data } = makeCase(model, 3, odd);
    const network = await Network.compile(device, { layers, embedding, weights, training: null });
    const parameters = new Map([...(await network.read())].map(([name, values]) => [name, Float64Array.from(values)]));
    const many: Sentences = {
      offsets: Uint32Array.from(
        { length: 40 * lengths.length + 1 },
        (_, s) => data.offsets[lengths.length] * Math.floor(s / lengths.length) + data.offsets[s % lengths.length],
      ),
      ids: Uint32Array.from({ length: 40 * data.ids.length }, (_, t) => data.ids[t % data.ids.length]),
      labels: Uint32Array.from({ length: 40 * lengths.length }, (_, s) => data.labels[s % lengths.length]),
    };
    const set = await network.evaluationSet(many);
    const { losses } = await set.evaluate();
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(mean).toBeCloseTo(referenceLoss(layers, parameters, odd.columns, data), 5);
    set.free();
    network.free();
  });
});

describe('sizes of networks', () => {
  it('are those of the textbooks', () => {
    const of = (model: string) => layerParameters(findModel(model).layers({ hidden: 100, classes: 2, dropout: 0 }), 300);
    expect(of('dan')).toBe(301 * 100 + 101 * 2);
    expect(of('lstm')).toBe(4 * 100 * (300 + 100 + 1) + 101 * 2);
    expect(of('bidirectional-lstm')).toBe(2 * 4 * 100 * (300 + 100 + 1) + 201 * 2);
    expect(of('cnn')).toBe(100 * (12 * 300 + 3) + 301 * 2);
  });
});
