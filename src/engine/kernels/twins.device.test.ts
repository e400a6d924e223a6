import { describe, expect, it } from 'vitest';
import type { Device, DeviceBuffer, Kernel, Params, StepValues, TypedArray } from '../device/device';
import { noStep } from '../device/device';
import { excess, openAllTestDevices } from '../device/testing';
import { Random } from '../random';
import { BatchEncoder } from './batch/encoder';
import { denseForward } from './dense/forward';
import { denseInputGradient } from './dense/input-gradient';
import { denseWeightUpdate } from './dense/weight-update';
import { embeddingBagMean } from './embedding-bag/mean';
import { embeddingBagUpdate } from './embedding-bag/update';
import { embeddingGather } from './embedding-rows/gather';
import { embeddingRowsUpdate } from './embedding-rows/update';
import { wordSums } from './embedding-rows/word-sums';
import { adam, biasCorrections } from './optimizer/adam';
import { gradientOnly } from './optimizer/gradient';
import { momentum } from './optimizer/momentum';
import { sgd } from './optimizer/sgd';
import { type BatchRows, rowKinds } from './shared/rows';
import { softmaxCrossEntropy } from './softmax-cross-entropy/softmax-cross-entropy';

/**
 * Every kernel against plain float64 formulas, on both backends: odd sizes, empty bags, a word forty times, and buffers that are full of
 * nines and longer than what the kernel may write.
 */
const dirt = 9;
/** Elements behind each output that must stay as they are. */
const margin = 37;

const devices = await openAllTestDevices();

/** Runs one kernel over copies of these arrays; returns the written ones, with their margins. */
async function runKernel(
  device: Device,
  kernel: Kernel,
  arrays: Record<string, TypedArray>,
  params: Params,
  step: Partial<StepValues>,
): Promise<Record<string, TypedArray>> {
  const buffers: Record<string, DeviceBuffer> = {};
  for (const { name, type } of kernel.bindings) {
    buffers[name] = device.createBuffer(name, type, arrays[name]);
  }
  const program = await device.compile([{ kernel, buffers, params }]);
  device.submit([{ program, step: { ...noStep, ...step } }]);
  const written: Record<string, TypedArray> = {};
  for (const { name, access } of kernel.bindings) {
    if (access === 'read_write') written[name] = await device.read(buffers[name]);
  }
  program.destroy();
  Object.values(buffers).forEach((buffer) => {
    device.destroyBuffer(buffer);
  });
  return written;
}

const dirty = (length: number) => new Float32Array(length + margin).fill(dirt);
const close = (actual: TypedArray, expected: number[], rtol = 1e-5, atol = 1e-6) => {
  expect(excess(actual.slice(0, expected.length), expected, rtol, atol)).toBeLessThanOrEqual(0);
  expect([...actual.slice(expected.length)].every((value) => value === dirt)).toBe(true);
};
const normals = (random: Random, length: number) => Float32Array.from({ length }, () => random.normal());

/** A batch with an empty sentence, a bag of one, one word forty times, and words shared between sentences. */
function oddBatch(rows: number, reads: BatchRows = 'sentences') {
  const words = [[], [3], Array.from({ length: 40 }, () => 2), [2, 3, rows - 1, 1, 3]];
  const offsets = Uint32Array.from([0, 0, 1, 41, 46]);
  const sentences = { offsets, ids: Uint32Array.from(words.flat()), labels: Uint32Array.of(0, 1, 0, 1) };
  const data = new Uint32Array(300).fill(dirt);
  const sizes = new BatchEncoder(rows, reads).encode(data, 5, sentences, Uint32Array.of(0, 1, 2, 3), 0, 4, null);
  return { words, data, sizes };
}

describe.each(devices.map((device) => ({ backend: device.report.name, device })))('kernels on $backend', ({ device }) => {
  it.each([1, 3, 7, 64, 101])('embedding-bag-mean, %i columns', async (columns) => {
    const rows = 9;
    const table = normals(new Random(columns), rows * columns);
    const { words, data, sizes } = oddBatch(rows);
    const written = await runKernel(device, embeddingBagMean, { batch: data, table, output: dirty(4 * columns) }, { columns }, sizes);
    const expected = words.flatMap((bag) =>
      Array.from({ length: columns }, (_, j) => bag.reduce((sum, row) => sum + table[row * columns + j], 0) / Math.max(1, bag.length)),
    );
    close(written.output, expected);
  });

  it.each([1, 3, 7, 64, 100, 101])(
    'embedding-bag-update, %i columns: gradient of the rows that occur, the others untouched',
    async (columns) => {
      const rows = 9;
      const random = new Random(columns);
      const outputGradient = normals(random, 4 * columns);
      const { words, data, sizes } = oddBatch(rows);
      const state = dirty(rows * columns);
      const written = await runKernel(
        device,
        embeddingBagUpdate(gradientOnly),
        { batch: data, outputGradient, table: dirty(rows * columns), state },
        { rows, columns },
        sizes,
      );
      const expected = Array.from({ length: rows * columns }, (_, i) => {
        const row = Math.floor(i / columns);
        const share = words.map((bag) => bag.filter((word) => word === row).length / Math.max(1, bag.length));
        return share.every((s) => s === 0) ? dirt : share.reduce((sum, s, b) => sum + s * outputGradient[b * columns + (i % columns)], 0);
      });
      close(written.state, expected);
      expect([...written.table].every((value) => value === dirt)).toBe(true);
    },
  );

  describe.each(['tokens', 'words'] as const)('where the network reads %s', (reads) => {
    const rows = 9;
    const rowKind = { rowKind: rowKinds[reads], fixedRows: 0 };
    const { words, data, sizes } = oddBatch(rows, reads);
    const tokens = words.flat();
    /** The row of the table of each row that is gathered. */
    const gathered = reads === 'words' ? [...new Set(tokens)] : tokens;

    it.each([1, 3, 7, 64, 100, 101])('embedding-gather and its update, %i columns', async (columns) => {
      const random = new Random(columns);
      const table = normals(random, rows * columns);
      const length = gathered.length * columns;
      const { output } = await runKernel(
        device,
        embeddingGather,
        { batch: data, table, output: dirty(length) },
        { ...rowKind, columns },
        sizes,
      );
      expect([...output.slice(0, length)]).toEqual(gathered.flatMap((row) => [...table.slice(row * columns, (row + 1) * columns)]));
      close(output, [...output.slice(0, length)]);

      const outputGradient = normals(random, length);
      const written = await runKernel(
        device,
        embeddingRowsUpdate(gradientOnly),
        { batch: data, outputGradient, table: dirty(rows * columns), state: dirty(rows * columns) },
        { ...rowKind, rows, columns },
        sizes,
      );
      const sums = Array.from({ length: rows * columns }, (_, i) => {
        const own = [...gathered.keys()].filter((g) => gathered[g] === Math.floor(i / columns));
        return own.length === 0 ? dirt : own.reduce((sum, g) => sum + outputGradient[g * columns + (i % columns)], 0);
      });
      close(written.state, sums);
      expect([...written.table].every((value) => value === dirt)).toBe(true);
    });

    it.each([1, 3, 64, 101, 400])('word-sums, %i columns', async (columns) => {
      const input = normals(new Random(columns), tokens.length * columns);
      const distinct = [...new Set(tokens)];
      const arrays = { batch: data, input, output: dirty(distinct.length * columns) };
      const { output } = await runKernel(device, wordSums, arrays, { columns }, sizes);
      const expected = distinct.flatMap((word) =>
        Array.from({ length: columns }, (_, j) => tokens.reduce((sum, row, t) => sum + (row === word ? input[t * columns + j] : 0), 0)),
      );
      close(output, expected, 1e-5, 1e-5);
    });
  });

  // Of the last ones rows lie in fours: of the input, of the weights, of both.
  const shapes = [
    { sentences: 1, inputs: 1, outputs: 1 },
    { sentences: 5, inputs: 7, outputs: 3 },
    { sentences: 33, inputs: 34, outputs: 35 },
    { sentences: 64, inputs: 100, outputs: 2 },
    { sentences: 9, inputs: 9, outputs: 40 },
    { sentences: 37, inputs: 100, outputs: 72 },
  ];
  describe.each(shapes)('dense, $sentences x $inputs x $outputs', ({ sentences, inputs, outputs }) => {
    const random = new Random(inputs);
    const input = normals(random, sentences * inputs);
    const weights = normals(random, (inputs + 1) * outputs);
    const outputGradient = normals(random, sentences * outputs);
    const rows = { rowKind: rowKinds.sentences, fixedRows: 0 };
    const plain = { ...rows, inputs, outputs, bias: 1, relu: 0, dropThreshold: 0, keepScale: 1, dropoutSalt: 0 };
    const product = (s: number, j: number, bias: number) => {
      let sum = bias * weights[inputs * outputs + j];
      for (let k = 0; k < inputs; k++) sum += input[s * inputs + k] * weights[k * outputs + j];
      return sum;
    };
    const forward = (bias: number) =>
      Array.from({ length: sentences * outputs }, (_, i) => product(Math.floor(i / outputs), i % outputs, bias));

    it('forward, with and without bias, and with ReLU', async () => {
      const run = (params: Params) =>
        runKernel(device, denseForward, { input, weights, output: dirty(sentences * outputs) }, params, { sentences });
      close((await run(plain)).output, forward(1), 1e-5, 1e-5);
      close((await run({ ...plain, bias: 0 })).output, forward(0), 1e-5, 1e-5);
      close(
        (await run({ ...plain, relu: 1 })).output,
        forward(1).map((y) => Math.max(0, y)),
        1e-5,
        1e-5,
      );
    });

    it('dropout: kept values scaled, the same mask on every backend, none in evaluation', async () => {
      const params = { ...plain, dropThreshold: 0.4 * 2 ** 32, keepScale: 1 / 0.6, dropoutSalt: 2 };
      const arrays = { input, weights, output: dirty(sentences * outputs) };
      const step = { sentences, training: 1, dropoutSeed: 123, dropoutStep: 45 };
      const { output } = await runKernel(device, denseForward, arrays, params, step);
      const oracle = await runKernel(devices[0], denseForward, arrays, params, step);
      const mask = (values: TypedArray) => [...values].map((value) => value === 0);
      expect(mask(output)).toEqual(mask(oracle.output));
      close(
        output,
        forward(1).map((y, i) => (output[i] === 0 ? 0 : y / 0.6)),
        1e-5,
        1e-5,
      );
      const evaluation = await runKernel(device, denseForward, arrays, params, { ...step, training: 0 });
      close(evaluation.output, forward(1), 1e-5, 1e-5);
    });

    it('gradient towards the input, plain and through the mask of a ReLU with dropout', async () => {
      const expected = Array.from({ length: sentences * inputs }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < outputs; j++) sum += outputGradient[Math.floor(i / inputs) * outputs + j] * weights[(i % inputs) * outputs + j];
        return sum;
      });
      const arrays = { outputGradient, weights, input, inputGradient: dirty(sentences * inputs) };
      const run = (masked: number, training: number, accumulate = 0) =>
        runKernel(
          device,
          denseInputGradient,
          arrays,
          { ...rows, inputs, outputs, masked, keepScale: 2, accumulate },
          { sentences, training },
        );
      close((await run(0, 1)).inputGradient, expected, 1e-5, 1e-5);
      close(
        (await run(1, 1)).inputGradient,
        expected.map((g, i) => (input[i] > 0 ? 2 * g : 0)),
        1e-5,
        1e-5,
      );
      close(
        (await run(1, 0)).inputGradient,
        expected.map((g, i) => (input[i] > 0 ? g : 0)),
        1e-5,
        1e-5,
      );
      // Added to the nines that were there.
      close(
        (await run(0, 1, 1)).inputGradient,
        expected.map((g) => dirt + g),
        1e-5,
        1e-5,
      );
    });

    it('takes its rows from the tokens of the batch, from its words, or from a number that is fixed', async () => {
      const arrays = { input, weights, output: dirty(sentences * outputs) };
      const byTokens = await runKernel(device, denseForward, arrays, { ...plain, rowKind: rowKinds.tokens }, { tokens: sentences });
      close(byTokens.output, forward(1), 1e-5, 1e-5);
      const byWords = await runKernel(device, denseForward, arrays, { ...plain, rowKind: rowKinds.words }, { distinctRows: sentences });
      close(byWords.output, forward(1), 1e-5, 1e-5);
      const fixed = await runKernel(device, denseForward, arrays, { ...plain, rowKind: rowKinds.fixed, fixedRows: sentences }, {});
      close(fixed.output, forward(1), 1e-5, 1e-5);
    });

    it.each([
      { optimizer: sgd, slots: 0 },
      { optimizer: momentum, slots: 1 },
      { optimizer: adam, slots: 2 },
    ])('update of weights and bias by $optimizer.id', async ({ optimizer, slots }) => {
      const size = (inputs + 1) * outputs;
      const gradient = Array.from({ length: size }, (_, i) => {
        let sum = 0;
        const k = Math.floor(i / outputs);
        for (let s = 0; s < sentences; s++) sum += (k === inputs ? 1 : input[s * inputs + k]) * outputGradient[s * outputs + (i % outputs)];
        return sum;
      });
      // A state that is not zero: the moments of a step before.
      const before = Array.from({ length: size }, (_, i) => 0.1 + 0.01 * (i % 7));
      const state = new Float32Array(Math.max(1, slots * size) + margin).fill(dirt);
      for (let slot = 0; slot < slots; slot++) state.set(before, slot * size);
      const padded = dirty(size);
      padded.set(weights);
      const learningRate = 0.01;
      const corrections = biasCorrections(7);
      const written = await runKernel(
        device,
        denseWeightUpdate(optimizer),
        { input, outputGradient, weights: padded, state },
        { ...rows, inputs, outputs, bias: 1 },
        { sentences, learningRate, ...corrections },
      );
      const rules: Record<string, (g: number, i: number) => number> = {
        sgd: (g) => g,
        momentum: (g, i) => 0.9 * before[i] + g,
        adam: (g, i) => {
          const m = 0.9 * before[i] + 0.1 * g;
          const v = 0.999 * before[i] + 0.001 * g * g;
          return m / corrections.biasCorrection1 / (Math.sqrt(v / corrections.biasCorrection2) + 1e-8);
        },
      };
      close(
        written.weights,
        gradient.map((g, i) => weights[i] - learningRate * rules[optimizer.id](g, i)),
        1e-5,
        1e-5,
      );
    });
  });

  it.each([2, 3, 77, 500])('softmax-cross-entropy, %i classes: also where exp overflows', async (classes) => {
    const random = new Random(classes);
    const { data, sizes } = oddBatch(9);
    const logits = Float32Array.from({ length: 4 * classes }, () => 30 * random.normal());
    logits[0] = 200;
    logits[classes] = -200;
    const written = await runKernel(
      device,
      softmaxCrossEntropy,
      { batch: data, logits, logitsGradient: dirty(4 * classes), outcomes: dirty(20) },
      { classes },
      { ...sizes, sentenceOffset: 3 },
    );
    const labels = [0, 1, 0, 1];
    const rows = labels.map((_, s) => Array.from(logits.slice(s * classes, (s + 1) * classes)));
    const softmax = rows.map((row) => {
      const largest = Math.max(...row);
      const total = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
      return row.map((x) => Math.exp(x - largest) / total);
    });
    close(
      written.logitsGradient,
      softmax.flatMap((p, s) => p.map((value, c) => (value - (c === labels[s] ? 1 : 0)) / 4)),
    );
    const outcomes = rows.flatMap((row, s) => {
      const largest = Math.max(...row);
      const total = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
      return [Math.log(total) - (row[labels[s]] - largest), row.indexOf(largest)];
    });
    // The three sentences before its offset belong to another batch.
    expect([...written.outcomes.slice(0, 6)].every((value) => value === dirt)).toBe(true);
    close(written.outcomes.slice(6), outcomes, 1e-5, 1e-5);
  });
});
