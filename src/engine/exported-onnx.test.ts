import { fromBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { methods } from './compression/registry';
import type { PreparedData } from './data/dataset';
import { openCpuDevice } from './device/cpu';
import { exportModel, testPredictions } from './experiment/export';
import { modelId } from './experiment/last-run';
import { trainedNetworks } from './experiment/testing/exports';
import { finishedRun } from './experiment/testing/finished-run';
import { onnx } from './export/onnx/format';
import { onnxModel } from './export/onnx/model';
import { TensorProto_DataType as DataType, ModelProtoSchema } from './export/onnx/onnx_pb';
import { bundledData } from './testing/bundled';
import { bundledFiles } from './testing/bundled-files';
import {
  exportedModels,
  labProbabilities,
  madeModel,
  modelName,
  oddlyCoded,
  type RunBatch,
  sampleSentences,
  spreadOf,
  worstDifference,
} from './testing/exportable';
import { runPackagedExample } from './testing/run-packaged-example';

const runIn =
  (session: InferenceSession): RunBatch =>
  async ({ ids, lengths, longest }) => {
    const { probabilities } = await session.run({
      ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [lengths.length, longest]),
      lengths: new Tensor('int64', BigInt64Array.from(lengths, BigInt), [lengths.length]),
    });
    return probabilities.data as Float32Array;
  };

describe('a model as ONNX', () => {
  let data: PreparedData;
  let sentences: number[][];

  beforeAll(async () => {
    data = await bundledData(bundledFiles, 'source');
    sentences = sampleSentences(data, 200);
  });

  it.each(exportedModels.map((model) => [modelName(model), model] as const))('says what the lab says: %s', async (_, wanted) => {
    const model = await madeModel(data, wanted);
    // Severity 4: nothing but a failure.
    const session = await InferenceSession.create(onnxModel(model), { logSeverityLevel: 4 });
    const lab = await labProbabilities(model, sentences);
    expect(spreadOf(lab)).toBeGreaterThan(0.05);
    expect(await worstDifference(sentences, lab, runIn(session))).toBeLessThan(1e-4);
  });

  describe.each(trainedNetworks)('of a trained $model', ({ model, methods: wanted, rates }) => {
    it('says of the test set what the lab says, in the lab’s own export', async () => {
      const run = await finishedRun({ model, methods: wanted, rates, hidden: 8 });
      for (const id of run.models.map(modelId)) {
        const { files } = await exportModel(run, id, 'onnx');
        const predictions = await testPredictions(run, id, openCpuDevice('A test asked for it.'));
        const texts = predictions.map(({ ids }) => ids);
        const lab = predictions.map(({ probabilities }) => probabilities);
        const file = files.find(({ path }) => path === 'model.onnx')?.bytes ?? new Uint8Array();
        const session = await InferenceSession.create(file, { logSeverityLevel: 4 });
        expect(await worstDifference(texts, lab, runIn(session)), id).toBeLessThan(1e-4);
      }
    });
  });

  it('decodes codes of every scope', async () => {
    for (const [name, model] of await oddlyCoded(data)) {
      const session = await InferenceSession.create(onnxModel(model), { logSeverityLevel: 4 });
      expect(await worstDifference(sentences, await labProbabilities(model, sentences), runIn(session)), name).toBeLessThan(1e-4);
    }
  });

  it.each(methods.map(({ id }) => id))('is as large as the lab says, but for its header: %s', async (method) => {
    const model = await madeModel(data, { network: 'dan', method, rate: 0.96 });
    const header = onnxModel(model).length - model.row.networkBytes;
    expect(header).toBeGreaterThan(0);
    expect(header).toBeLessThan(4096);
  });

  it('reads a sentence that is padded further, and any batch, the same way', async () => {
    for (const network of ['dan', 'bidirectional-lstm', 'cnn']) {
      const model = await madeModel(data, { network, method: 'quantized-mse' });
      const run = runIn(await InferenceSession.create(onnxModel(model), { logSeverityLevel: 4 }));
      const sentence = sentences[2];
      const alone = await run({ ids: sentence, lengths: [sentence.length], longest: sentence.length });
      const longest = sentence.length + 9;
      const ids = [...Array<number>(longest).fill(0), ...sentence, ...Array<number>(9).fill(0)];
      const among = await run({ ids, lengths: [0, sentence.length], longest });
      for (const [c, share] of [...Array.from(alone).entries()]) expect(among[data.classes.length + c]).toBeCloseTo(share, 6);
    }
  });

  it('holds two factors as two, and whole numbers as whole numbers', async () => {
    const initializers = async (method: string, candidate = 0, rate = 0.9) => {
      const model = await madeModel(data, { network: 'dan', method, candidate, rate });
      const { graph } = fromBinary(ModelProtoSchema, onnxModel(model));
      return new Map(graph?.initializer.map(({ name, dataType, dims }) => [name, [DataType[dataType], ...dims.map(Number)]]));
    };
    const rows = data.words.length + 2;
    const lowRank = await initializers('low-rank');
    const rank = Number(lowRank.get('A')?.[2]);
    expect(lowRank.get('A')).toEqual(['FLOAT', rows, rank]);
    expect(lowRank.get('B')).toEqual(['FLOAT', rank, 100]);
    const bytes = await initializers('low-rank-weighted-quantized');
    expect(bytes.get('A.codes')?.[0]).toBe('UINT8');
    expect(bytes.get('B.codes')?.[0]).toBe('UINT8');
    const packed = await initializers('low-rank-weighted-quantized', 2);
    expect(packed.get('A.codes')).toEqual(['UINT32', expect.any(Number)]);
    expect((await initializers('product-quantized', 0, 0.97)).get('table.codes')?.[0]).toBe('UINT32');
  });

  it('is used by its example for Node as it stands', async () => {
    for (const [network, method] of [
      ['dan', 'low-rank'],
      ['lstm', 'quantized-mse'],
    ]) {
      const model = await madeModel(data, { network, method });
      const [example] = onnx.examples(model).filter(({ install }) => install === 'npm install onnxruntime-node');
      const tokens = ['an', 'unheard-of', 'film', '.'];
      const printed = runPackagedExample(await onnx.write(model), example, tokens);
      const [expected] = await labProbabilities(model, [tokens.map((token) => data.index.get(token) ?? 1)]);
      expect(printed.map(([name]) => name)).toEqual(data.classes);
      for (const [c, [, share]] of printed.entries()) expect(share).toBeCloseTo(expected[c], 4);
    }
  });
});
