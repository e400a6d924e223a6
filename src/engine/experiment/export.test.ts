import { beforeAll, describe, expect, it } from 'vitest';
import { codeMatrix, decodeMatrix } from '../compression/coded';
import { referenceValues } from '../compression/quantizers/codebook';
import { methods } from '../compression/registry';
import { openCpuDevice } from '../device/cpu';
import { exportFormats } from '../export/registry';
import { softmax } from '../training/metrics';
import { exportableModel, exportModel, testPredictions } from './export';
import { type LastRun, modelId, preparedOf } from './last-run';
import { logitsByConfig } from './testing/config-network';
import { inFolder, labLogits, runExample, trainedNetworks } from './testing/exports';
import { finishedRun } from './testing/finished-run';

const tensorFormats = ['safetensors', 'npy'];
const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

describe.each(trainedNetworks)('exports of $model', ({ model, methods: wanted, rates, sentences }) => {
  let run: LastRun;
  let ids: string[];

  beforeAll(async () => {
    run = await finishedRun({ model, methods: wanted, rates, hidden: 8 });
    ids = run.models.map(modelId);
  });

  it('has every method that was wanted', () => {
    expect(new Set(run.models.map(({ method }) => method))).toEqual(new Set(['full', ...wanted]));
  });

  it('hold the bytes that the lab counts, and no others', async () => {
    for (const id of ids) {
      const { files, embeddingBytes, networkBytes } = await exportModel(run, id, 'safetensors');
      const { row } = exportableModel(run, id);
      expect({ embeddingBytes, networkBytes }).toEqual({ embeddingBytes: row.bytes, networkBytes: row.networkBytes });
      const file = files.find(({ path }) => path === 'model.safetensors')?.bytes ?? new Uint8Array();
      const headerBytes = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
      expect(file.length - headerBytes, id).toBe(networkBytes);
      const header: Record<string, { data_offsets: [number, number] }> = parse(file.subarray(8, headerBytes));
      const embedding = Object.entries(header).filter(([name]) => /^(table|A|B)(\.|$)/.test(name));
      expect(
        embedding.reduce(
          (
            sum,
            [
              ,
              {
                data_offsets: [from, to],
              },
            ],
          ) => sum + to - from,
          0,
        ),
        id,
      ).toBe(embeddingBytes);

      const arrays = (await exportModel(run, id, 'npy')).files.filter(({ path }) => path.endsWith('.npy'));
      const numbers = arrays.map(({ bytes }) => bytes.length - 10 - new DataView(bytes.buffer).getUint16(8, true));
      expect(
        numbers.reduce((sum, length) => sum + length, 0),
        id,
      ).toBe(networkBytes);
      // NumPy maps files whose numbers are aligned.
      for (const { bytes } of arrays) expect((10 + new DataView(bytes.buffer).getUint16(8, true)) % 64).toBe(0);
    }
  });

  it.each(tensorFormats)(
    'run by %s and their JavaScript as they stand, to the lab’s logits',
    async (format) => {
      for (const id of ids) {
        const written = await exportModel(run, id, format);
        const example = written.examples.find(({ language }) => language === 'javascript');
        if (!example) throw new Error('no example');
        for (const tokens of sentences) {
          const logits = await labLogits(run, id, tokens);
          const printed = inFolder(written, (folder) => runExample(folder, example, tokens));
          expect(printed.map(([name]) => name)).toEqual(run.data.classes);
          const probabilities = softmax(Float32Array.from(logits));
          for (const [c, [, logit, probability]] of printed.entries()) {
            expect(Math.abs(Number(logit) - logits[c]), `${id}: ${tokens}`).toBeLessThan(1e-4);
            expect(Math.abs(Number(probability) - probabilities[c])).toBeLessThan(1e-4);
          }
        }
      }
    },
    120_000,
  );

  it('can be run by the configuration alone', async () => {
    for (const id of ids) {
      const { files } = await exportModel(run, id, 'safetensors');
      for (const tokens of sentences) {
        const logits = await labLogits(run, id, tokens);
        const found = logitsByConfig(new Map(files.map(({ path, bytes }) => [path, bytes])), tokens);
        for (const [c, logit] of found.entries()) expect(Math.abs(logit - logits[c]), `${id}: ${tokens}`).toBeLessThan(1e-4);
      }
    }
  });

  it('name every tensor in the configuration, with its shape', async () => {
    for (const id of ids) {
      const { files } = await exportModel(run, id, 'safetensors');
      const [file, , config] = files.map(({ bytes }) => bytes);
      const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
      const header: Record<string, { shape: number[] }> = parse(file.subarray(8, 8 + headerBytes));
      const named = new Map<string, number[]>();
      JSON.stringify(parse(config), (_, value) => {
        if (typeof value?.tensor === 'string') named.set(value.tensor, value.shape);
        return value;
      });
      expect(Object.fromEntries(named)).toEqual(Object.fromEntries(Object.entries(header).map(([name, { shape }]) => [name, shape])));
    }
  });

  it('say of the test set what the lab counts', async () => {
    for (const id of ids) {
      const predictions = await testPredictions(run, id, openCpuDevice('A test asked for it.'));
      const { labels } = preparedOf(run).test;
      expect(predictions).toHaveLength(labels.length);
      const right = predictions.filter(({ probabilities }, s) => probabilities.indexOf(Math.max(...probabilities)) === labels[s]).length;
      expect(right / labels.length, id).toBeCloseTo(exportableModel(run, id).row.testAccuracy, 12);
      const { text, ids: read, probabilities } = predictions[7];
      expect(text.split(' ').map((word) => run.data.index.get(word))).toEqual(read);
      const [first] = softmax(Float32Array.from(await labLogits(run, id, text.split(' '))));
      expect(probabilities[0]).toBeCloseTo(first, 5);
    }
  });
});

describe('exports', () => {
  it.each(tensorFormats)('by %s decode lists of levels that are shorter than was asked for', async (format) => {
    const run = await finishedRun({ model: 'dan', methods: ['low-rank'], rates: [0.5], hidden: 8 });
    const models = run.models.map((model) => {
      const { embedding } = model.state;
      if (embedding.kind !== 'factors') return model;
      // 120 rows have no 200 values in a column.
      const options = { levels: 200, per: 'column' as const, padding: true };
      const coded = {
        a: codeMatrix(embedding.a, referenceValues, options),
        b: codeMatrix(embedding.b, referenceValues, { ...options, padding: false }),
      };
      const factors = { kind: 'factors' as const, a: decodeMatrix(coded.a), b: decodeMatrix(coded.b), coded };
      return { ...model, state: { ...model.state, embedding: factors } };
    });
    const shortened = { ...run, models };
    const id = modelId(models.find(({ method }) => method === 'low-rank') ?? models[0]);
    const written = await exportModel(shortened, id, format);
    const [tokens] = trainedNetworks[0].sentences;
    const logits = await labLogits(shortened, id, tokens);
    for (const example of written.examples.filter(({ language }) => language === 'javascript')) {
      const printed = inFolder(written, (folder) => runExample(folder, example, tokens));
      for (const [c, [, logit]] of printed.entries()) expect(Math.abs(Number(logit) - logits[c])).toBeLessThan(1e-4);
    }
  });

  it('cover every method there is', () => {
    expect(new Set(['full', ...trainedNetworks.flatMap((of) => of.methods)])).toEqual(new Set(methods.map(({ id }) => id)));
  });

  it('keep the numbers of a method that has some', async () => {
    const run = await finishedRun({ methods: ['quantized-mse', 'low-rank-8bit'], rates: [0.75] });
    for (const { method, state } of run.models) {
      const { embedding } = state;
      if (method === 'full') expect(embedding.coded).toBeUndefined();
      else if (embedding.kind === 'table') expect(embedding.coded && decodeMatrix(embedding.coded)).toEqual(embedding.table);
      else expect(embedding.coded && decodeMatrix(embedding.coded.a)).toEqual(embedding.a);
    }
  });

  it('refuse a model or a format that is not there', async () => {
    const run = await finishedRun({ methods: [] });
    await expect(exportModel(run, 'low-rank@0.9', 'npy')).rejects.toMatchObject({ code: 'no-data', remedy: 'It has full.' });
    await expect(exportModel(run, 'full', 'pickle')).rejects.toMatchObject({ code: 'bad-specification' });
    expect(exportFormats.map(({ id }) => id)).toEqual(expect.arrayContaining(['safetensors', 'npy', 'word2vec']));
  });
});
