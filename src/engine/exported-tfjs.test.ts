import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFile } from '../protocol/export';
import { methods } from './compression/registry';
import type { PreparedData } from './data/dataset';
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
import { runExample } from './testing/run-example';
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

  it('decodes codes of every scope', async () => {
    for (const [name, model] of await oddlyCoded(data)) {
      const loaded = await loadTfjs(tfjsModel(model));
      const some = sentences.slice(0, 60);
      expect(await worstDifference(some, await labProbabilities(model, some), runTfjs(loaded, model)), name).toBeLessThan(1e-4);
      loaded.dispose();
    }
  });

  it.each(methods.map(({ id }) => id))('is as large as docs/export.md says: %s', async (method) => {
    const model = await madeModel(data, { network: 'dan', method });
    const files = tfjsModel(model);
    const more = sizeOf(files, '.bin') - model.row.networkBytes;
    const { levels } = model.row;
    expect(sizeOf(files, 'model.json')).toBeLessThan(9000);
    // A row's codes begin with a word of their own: less than two bytes a row are empty.
    expect(more).toBeLessThan(1400 + (levels === null || levels === 256 ? 0 : 2 * (data.words.length + 2)));
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
      const printed = await runExample(await tfjs.write(model), example.code, tokens);
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
