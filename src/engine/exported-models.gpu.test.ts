import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PreparedData } from './data/dataset';
import type { ExportFormat } from './export/format';
import { onnx } from './export/onnx/format';
import { onnxModel } from './export/onnx/model';
import { tfjs } from './export/tfjs/format';
import { tfjsModel } from './export/tfjs/model';
import { bundledData } from './testing/bundled';
import {
  labProbabilities,
  type MadeModel,
  madeModel,
  modelName,
  type RunBatch,
  sampleSentences,
  worstDifference,
} from './testing/exportable';
import { runPageExample } from './testing/run-page-example';
import { loadTfjs, runTfjs } from './testing/tfjs-model';

const wanted: readonly MadeModel[] = [
  { network: 'dan', method: 'low-rank' },
  { network: 'dan', method: 'quantized-mse' },
  { network: 'dan', method: 'product-quantized', rate: 0.985 },
  // Of 1,625, 84, 23, 11, 7 and 5 levels: in words over the ends of rows.
  ...[0.6, 0.8, 0.85, 0.885, 0.905, 0.92].map((rate) => ({ network: 'dan', method: 'quantized-min-max', rate })),
  { network: 'lstm', method: 'codebook' },
  { network: 'bidirectional-lstm', method: 'low-rank-weighted-quantized', candidate: 2 },
  { network: 'cnn', method: 'low-rank-weighted-quantized' },
];
const named = wanted.map((model) => [modelName(model), model] as const);

describe('an exported model in a browser', () => {
  let data: PreparedData;
  let sentences: number[][];

  beforeAll(async () => {
    data = await bundledData((path) => fetch(`/bundled/${path}`), 'source');
    sentences = sampleSentences(data, 200);
    // The page is not isolated, so there is no memory that threads could share.
    env.wasm.numThreads = 1;
    env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
  });

  it.each(named)('says in onnxruntime-web what the lab says: %s', async (_, made) => {
    const model = await madeModel(data, made);
    const session = await InferenceSession.create(onnxModel(model), { executionProviders: ['wasm'], logSeverityLevel: 4 });
    const run: RunBatch = async ({ ids, lengths, longest }) => {
      const { probabilities } = await session.run({
        ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [lengths.length, longest]),
        lengths: new Tensor('int64', BigInt64Array.from(lengths, BigInt), [lengths.length]),
      });
      return probabilities.data as Float32Array;
    };
    expect(await worstDifference(sentences, await labProbabilities(model, sentences), run)).toBeLessThan(1e-4);
    await session.release();
  });

  // On GPUs whole numbers are float32 on the way: packed codes must come out all the same.
  it.each(['webgpu', 'webgl'].flatMap((backend) => named.map(([name, model]) => [`${backend}, ${name}`, backend, model] as const)))(
    'says in TensorFlow.js what the lab says: %s',
    async (_, backend, made) => {
      expect(await tf.setBackend(backend)).toBe(true);
      const model = await madeModel(data, made);
      const loaded = await loadTfjs(tfjsModel(model));
      const some = sentences.slice(0, 60);
      expect(await worstDifference(some, await labProbabilities(model, some), runTfjs(loaded, model))).toBeLessThan(1e-4);
      loaded.dispose();
    },
  );

  it.each([
    ['onnx', 'dan', onnx],
    ['tfjs', 'dan', tfjs],
    ['tfjs', 'lstm', tfjs],
  ] as readonly [string, string, ExportFormat][])('is used by its example for a page as it stands: %s, %s', async (_, network, format) => {
    const model = await madeModel(data, { network, method: 'quantized-mse' });
    const [example] = format.examples(model).filter(({ install }) => install.startsWith('In a page'));
    const printed = await runPageExample(await format.write(model), example.code);
    const [expected] = await labProbabilities(model, [['a', 'fine', 'film'].map((token) => data.index.get(token) ?? 1)]);
    expect(printed.map(([name]) => name)).toEqual(data.classes);
    for (const [c, [, share]] of printed.entries()) expect(share).toBeCloseTo(expected[c], 4);
  });
});
