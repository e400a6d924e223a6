import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFile } from '../protocol/export';
import { methods } from './compression/registry';
import type { PreparedData } from './data/dataset';
import { openCpuDevice } from './device/cpu';
import { exportableModel, exportModel, testPredictions } from './experiment/export';
import { modelId } from './experiment/last-run';
import { trainedNetworks } from './experiment/testing/exports';
import { finishedRun } from './experiment/testing/finished-run';
import { tfjs } from './export/tfjs/format';
import { tfjsModel } from './export/tfjs/model';
import { bundledData } from './testing/bundled';
import { bundledFiles } from './testing/bundled-files';
import {
  exportedModels,
  labProbabilities,
  madeModel,
  modelName,
  oddlyCoded,
  sampleSentences,
  spreadOf,
  worstDifference,
} from './testing/exportable';
import { runPackagedExample } from './testing/run-packaged-example';
import { loadTfjs, runTfjs } from './testing/tfjs-model';

const sizeOf = (files: readonly ExportFile[], ending: string) =>
  files.filter(({ path }) => path.endsWith(ending)).reduce((sum, { bytes }) => sum + bytes.length, 0);

describe('a model as a TensorFlow.js graph', () => {
  let data: PreparedData;
  let sentences: number[][];

  beforeAll(async () => {
    await tf.setBackend('cpu');
    data = await bundledData(bundledFiles, 'source');
    sentences = sampleSentences(data, 200);
  });

  it.each(exportedModels.map((model) => [modelName(model), model] as const))('says what the lab says: %s', async (_, wanted) => {
    const model = await madeModel(data, wanted);
    const loaded = await loadTfjs(tfjsModel(model));
    const lab = await labProbabilities(model, sentences);
    expect(spreadOf(lab)).toBeGreaterThan(0.05);
    const before = tf.memory().numTensors;
    expect(await worstDifference(sentences, lab, runTfjs(loaded, model))).toBeLessThan(1e-4);
    expect(tf.memory().numTensors).toBe(before);
    loaded.dispose();
  });

  describe.each(trainedNetworks)('of a trained $model', ({ model, methods: wanted, rates }) => {
    it('says of the test set what the lab says, in the lab’s own export', async () => {
      const run = await finishedRun({ model, methods: wanted, rates, hidden: 8 });
      for (const id of run.models.map(modelId)) {
        const { files } = await exportModel(run, id, 'tfjs');
        const predictions = await testPredictions(run, id, openCpuDevice('A test asked for it.'));
        const texts = predictions.map(({ ids }) => ids);
        const lab = predictions.map(({ probabilities }) => probabilities);
        const loaded = await loadTfjs(files);
        expect(await worstDifference(texts, lab, runTfjs(loaded, exportableModel(run, id))), id).toBeLessThan(1e-4);
        loaded.dispose();
      }
    });
  });

  it('decodes codes of every scope', async () => {
    for (const [name, model] of await oddlyCoded(data)) {
      const loaded = await loadTfjs(tfjsModel(model));
      const some = sentences.slice(0, 60);
      expect(await worstDifference(some, await labProbabilities(model, some), runTfjs(loaded, model)), name).toBeLessThan(1e-4);
      loaded.dispose();
    }
  });

  it.each([
    ...methods.map(({ id }): [string, number] => [id, 0.96]),
    // 1,625, 84, 23, 11, 7 and 5 levels, of which rows of bytes would hold fewer.
    ...[0.6, 0.8, 0.85, 0.885, 0.905, 0.92].map((rate): [string, number] => ['quantized-min-max', rate]),
    ...[0.7, 0.9].map((rate): [string, number] => ['low-rank-weighted-quantized', rate]),
  ])('is as large as the lab says, but for its header: %s at %f', async (method, rate) => {
    const model = await madeModel(data, { network: 'dan', method, rate });
    const files = tfjsModel(model);
    const more = sizeOf(files, '.bin') - model.row.networkBytes;
    expect(more).toBeGreaterThanOrEqual(0);
    expect(more).toBeLessThan(1400);
    expect(sizeOf(files, 'model.json')).toBeLessThan(40_000);
  });

  it('opens from an address, as a page does it', async () => {
    const model = await madeModel(data, { network: 'bidirectional-lstm', method: 'full' });
    const files = await tfjs.write(model);
    expect(files.filter(({ path }) => path.endsWith('.bin'))).toHaveLength(1);
    const loaded = await tf.loadGraphModel(`${await serve(files)}/model.json`);
    const lab = await labProbabilities(model, sentences.slice(0, 20));
    expect(await worstDifference(sentences.slice(0, 20), lab, runTfjs(loaded, model))).toBeLessThan(1e-4);
    loaded.dispose();
  });

  it('is used by its example for Node as it stands', async () => {
    for (const [network, method] of [
      ['dan', 'low-rank-weighted-quantized'],
      ['lstm', 'codebook'],
    ]) {
      const model = await madeModel(data, { network, method });
      const [example] = tfjs.examples(model).filter(({ install }) => install === 'npm install @tensorflow/tfjs');
      const tokens = ['an', 'unheard-of', 'film', '.'];
      const printed = runPackagedExample(await tfjs.write(model), example, tokens);
      const [expected] = await labProbabilities(model, [tokens.map((token) => data.index.get(token) ?? 1)]);
      expect(printed.map(([name]) => name)).toEqual(data.classes);
      for (const [c, [, share]] of printed.entries()) expect(share).toBeCloseTo(expected[c], 4);
    }
  });

  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  async function serve(files: readonly ExportFile[]): Promise<string> {
    const server = createServer((request, response) => {
      const file = files.find(({ path }) => `/${path}` === request.url);
      response.statusCode = file ? 200 : 404;
      response.end(file?.bytes);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
