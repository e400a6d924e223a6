import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCpuDevice } from '../device/cpu';
import { type Cost, noStep } from '../device/device';
import { BatchEncoder, encodeSet } from '../kernels/batch/encoder';
import { denseForward } from '../kernels/dense/forward';
import { denseInputGradient } from '../kernels/dense/input-gradient';
import { denseWeightUpdate } from '../kernels/dense/weight-update';
import { gramKernel } from '../kernels/gram/gram';
import { adam } from '../kernels/optimizer/adam';
import { gradientOnly } from '../kernels/optimizer/gradient';
import { optimizers } from '../kernels/optimizer/registry';
import { rowKinds } from '../kernels/shared/rows';
import { allKernels } from '../kernels/tfjs/register';
import { matrix } from '../matrix';
import { initialWeights } from '../models/initial-weights';
import { findModel, models } from '../models/registry';
import { Random } from '../random';
import { evaluationCost, meanBatch, meanEvaluationBatch, trainingStepCost } from './cost';
import { Network } from './network';

const sizes = { hidden: 100, classes: 2, dropout: 0.5 };
const batch = { sentences: 64, tokens: 64 * 40, distinctRows: 2000 };
const shape = (model: string, rows: number, rank: number | null) => ({
  layers: findModel(model).layers(sizes),
  embedding: { rows, columns: 300, rank },
});

describe('the cost of a kernel', () => {
  it('of a dense product is that of the textbook', () => {
    const rows = { rowKind: rowKinds.fixed, fixedRows: 64 };
    const plain = { ...rows, inputs: 300, outputs: 100, bias: 0, relu: 0, dropThreshold: 0, masked: 0, accumulate: 0 };
    const product = { flops: 2 * 64 * 300 * 100, bytes: 4 * (64 * 300 + 300 * 100 + 64 * 100) };
    expect(denseForward.cost(plain, noStep)).toEqual(product);
    expect(denseInputGradient.cost(plain, noStep)).toEqual(product);
    expect(denseWeightUpdate(gradientOnly).cost(plain, noStep)).toEqual(product);
    // Adam moves a parameter and its two moments both ways, where the bare gradient is written once.
    expect(denseWeightUpdate(adam).cost(plain, noStep).bytes - product.bytes).toBe(300 * 100 * 20);
    expect(denseForward.cost({ ...plain, bias: 1, relu: 1 }, noStep).flops - product.flops).toBe(2 * 64 * 100);
  });

  it('of a Gram matrix is that of its upper triangle', () => {
    expect(gramKernel.cost({ rows: 1000, columns: 300, chunkRows: 1000 }, noStep)).toEqual({
      flops: 1000 * 300 * 301,
      bytes: 4 * (1000 * 300 + (300 * 301) / 2),
    });
  });

  it('is finite and not negative for every kernel, for an empty batch too', () => {
    for (const kernel of allKernels) {
      const params = Object.fromEntries(kernel.params.map(({ name }) => [name, 1]));
      for (const step of [noStep, { ...noStep, ...batch, training: 1 }]) {
        const { flops, bytes }: Cost = kernel.cost(params, step);
        expect(Number.isFinite(flops) && flops >= 0 && Number.isFinite(bytes) && bytes >= 0, kernel.name).toBe(true);
      }
    }
  });

  it('of an optimizer moves what it keeps', () => {
    for (const { cost, stateSlots } of optimizers) expect(cost.bytes).toBe(8 * (1 + stateSlots));
  });
});

describe('the cost of a training step', () => {
  it.each(models.flatMap(({ id }) => [null, 30].map((rank) => ({ id, rank }))))('of $id, rank $rank, is flat in V', ({ id, rank }) => {
    const small = trainingStepCost(shape(id, 10_000, rank), adam, batch);
    expect(trainingStepCost(shape(id, 10_000_000, rank), adam, batch)).toEqual(small);
    expect(small.flops).toBeGreaterThan(evaluationCost(shape(id, 10_000, rank), batch).flops);
  });

  it('of a DAN is mostly three products of its hidden layer', () => {
    const { flops } = trainingStepCost(shape('dan', 10_000, null), gradientOnly, batch);
    const products = 3 * 2 * 64 * 300 * 100 + 3 * 2 * 64 * 100 * 2;
    // Averaging and its way back: an addition and, back, a division a token and column.
    const bag = (3 * 64 * 40 + 64) * 300;
    expect(flops).toBeGreaterThan(products + bag);
    expect(flops).toBeLessThan(1.02 * (products + bag));
  });

  it('of an LSTM is that of the textbook, but of the input once a word: 8 H d a word and 8 H H a token forward, twice that backward', () => {
    for (const distinctRows of [700, batch.distinctRows, batch.tokens]) {
      const { flops } = trainingStepCost(shape('lstm', 10_000, null), gradientOnly, { ...batch, distinctRows });
      const products = 3 * 8 * 100 * (distinctRows * 300 + 64 * 40 * 100);
      expect(flops).toBeGreaterThan(products);
      expect(flops).toBeLessThan(1.02 * products);
    }
  });

  it('of an LSTM counts the input’s products of each direction by the words, and its weights’ once a batch', () => {
    const cost = (model: string, distinctRows: number) =>
      trainingStepCost(shape(model, 10_000, null), gradientOnly, { ...batch, distinctRows });
    for (const [model, directions] of [
      ['lstm', 1],
      ['bidirectional-lstm', 2],
    ] as const) {
      const [few, many] = [cost(model, 1000), cost(model, 2000)];
      // Forward, towards the words (two directions are added) and towards the weights with their bias, which comes in again.
      expect(many.flops - few.flops).toBe(1000 * (directions * (3 * 8 * 100 * 300 + 2 * 400) + (directions - 1) * 300));
      expect(many.dispatches).toBe(few.dispatches);
    }
  });

  it('of a CNN forward is 2 w d F a window', () => {
    const { flops } = evaluationCost(shape('cnn', 10_000, null), batch);
    const products = [3, 4, 5].reduce((sum, span) => sum + 64 * (40 - span + 1) * 2 * span * 300 * 100, 0);
    expect(flops).toBeGreaterThan(products);
    expect(flops).toBeLessThan(1.02 * products);
  });

  it('leaves out what a frozen table does not need', () => {
    const trained = trainingStepCost(shape('dan', 10_000, null), adam, batch);
    const frozen = trainingStepCost({ ...shape('dan', 10_000, null), frozenEmbedding: true }, adam, batch);
    expect(frozen.dispatches).toBe(trained.dispatches - 2);
    expect(frozen.flops).toBeLessThan(trained.flops);
    expect(frozen.bytes).toBeLessThan(trained.bytes);
  });

  it('goes up with each of its sizes', () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(fc.constantFrom(...models), size(200), size(40), size(60), size(300), (model, sentences, words, hidden, columns) => {
        const cost = (s: number, h: number, d: number) =>
          trainingStepCost({ layers: model.layers({ ...sizes, hidden: h }), embedding: { rows: 1000, columns: d, rank: null } }, adam, {
            sentences: s,
            tokens: s * words,
            distinctRows: Math.min(s * words, 900),
          });
        const base = cost(sentences, hidden, columns);
        for (const larger of [
          cost(sentences + 1, hidden, columns),
          cost(sentences, hidden + 1, columns),
          cost(sentences, hidden, columns + 1),
        ]) {
          expect(larger.flops).toBeGreaterThan(base.flops);
          expect(larger.bytes).toBeGreaterThan(base.bytes);
        }
      }),
    );
  });

  it.each(models.flatMap(({ id }) => [null, 3].map((rank) => ({ id, rank }))))(
    'of $id, rank $rank, has the dispatches and uploads of the network itself',
    async ({ id, rank }) => {
      const random = new Random(3);
      const sentences = {
        offsets: Uint32Array.from({ length: 17 }, (_, s) => 7 * s),
        ids: Uint32Array.from({ length: 7 * 16 }, () => 1 + random.integer(199)),
        labels: new Uint32Array(16),
      };
      const layers = findModel(id).layers({ ...sizes, hidden: 10 });
      const device = openCpuDevice('A test asked for it.');
      const network = await Network.compile(device, {
        layers,
        embedding:
          rank === null ? { kind: 'table', table: matrix(200, 20) } : { kind: 'factors', a: matrix(200, rank), b: matrix(rank, 20) },
        weights: initialWeights(layers, 20, 1),
        training: { optimizer: adam, sentences, batchSize: 16, frozenEmbedding: false, dropoutSeed: 1 },
      });
      const before = { ...device.counters };
      network.train(
        Uint32Array.from({ length: 16 }, (_, s) => s),
        [{ from: 0, to: 16 }],
        [1e-3],
        0,
        null,
      );
      const cost = trainingStepCost({ layers, embedding: { rows: 200, columns: 20, rank } }, adam, meanBatch(sentences, 16));
      expect(device.counters.dispatches - before.dispatches).toBe(cost.dispatches);
      expect(device.counters.uploadedBytes - before.uploadedBytes).toBe(cost.uploadedBytes);
      network.free();
    },
  );
});

describe('the mean batch', () => {
  it('is what random batches come to on average', () => {
    const random = new Random(5);
    const total = 50;
    const lengths = Array.from({ length: total }, () => random.integer(9));
    const offsets = Uint32Array.from({ length: total + 1 }, (_, s) => lengths.slice(0, s).reduce((sum, n) => sum + n, 0));
    // Padding among them, and words of very different frequency.
    const ids = Uint32Array.from({ length: offsets[total] }, () => Math.floor(40 * random.uniform() ** 3));
    const sentences = { offsets, ids, labels: new Uint32Array(total) };
    const encoder = new BatchEncoder(40);
    const target = new Uint32Array(2000);
    const order = Uint32Array.from({ length: total }, (_, s) => s);
    const draws = 4000;
    let tokens = 0;
    let distinctRows = 0;
    for (let draw = 0; draw < draws; draw++) {
      for (let i = 0; i < 8; i++) {
        const j = i + random.integer(total - i);
        [order[i], order[j]] = [order[j], order[i]];
      }
      const encoded = encoder.encode(target, 0, sentences, order, 0, 8, null);
      tokens += encoded.tokens / draws;
      distinctRows += encoded.distinctRows / draws;
    }
    const mean = meanBatch(sentences, 8);
    expect(mean.sentences).toBe(8);
    expect(mean.tokens).toBeCloseTo(tokens, 0);
    expect(Math.abs(mean.distinctRows - distinctRows)).toBeLessThan(0.1);
    expect(meanBatch(sentences, 500).distinctRows).toBe(new Set(ids.filter((id) => id !== 0)).size);
  });

  it.each([
    { words: 12, count: 1024, longest: 'its sentences' },
    { words: 60, count: 1024, longest: 'its tokens' },
    { words: 12, count: 90, longest: 'the set' },
  ])('of an evaluation holds what $longest let it: so many rows as the sets that are uploaded come to', ({ words, count }) => {
    const random = new Random(6);
    const draw = (total: number) => {
      const offsets = Uint32Array.from({ length: total + 1 }, (_, s) => s * words);
      const ids = Uint32Array.from({ length: total * words }, () => 1 + Math.floor(2000 * random.uniform() ** 3));
      return { offsets, ids, labels: new Uint32Array(total) };
    };
    const { batches } = encodeSet(draw(count), 2001, { sentences: 256, tokens: 4096 });
    const mean = meanEvaluationBatch(draw(3000), count);
    // All but the last are full.
    expect(mean.sentences).toBe(batches[0].sentences);
    expect(mean.tokens).toBeCloseTo(batches[0].tokens, 6);
    expect(Math.abs(mean.distinctRows / batches[0].distinctRows - 1)).toBeLessThan(0.05);
  });

  it('of no sentences is empty', () => {
    expect(meanBatch({ offsets: Uint32Array.of(0), ids: new Uint32Array(0), labels: new Uint32Array(0) }, 64)).toEqual({
      sentences: 0,
      tokens: 0,
      distinctRows: 0,
    });
  });
});
