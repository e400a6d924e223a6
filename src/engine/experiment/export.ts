import type { ModelExport, TestPrediction } from '../../protocol/export';
import type { Device } from '../device/device';
import { LabError } from '../errors';
import type { ExportableModel } from '../export/format';
import { findExportFormat } from '../export/registry';
import { Network } from '../plan/network';
import { softmax } from '../training/metrics';
import { type LastRun, modelId, preparedOf } from './last-run';
import { networkLayers } from './plan';

/** A model of a run in one format, with lines that use it. @throws LabError as the lab's verb */
export async function exportModel(run: LastRun, id: string, formatId: string): Promise<ModelExport> {
  const format = findExportFormat(formatId);
  const model = exportableModel(run, id);
  return {
    format: format.id,
    files: await format.write(model),
    examples: format.examples(model),
    embeddingBytes: model.row.bytes,
    networkBytes: model.row.networkBytes,
  };
}

/** A model of a run with all that its files say. @throws LabError `no-data` where there is none of this id */
export function exportableModel(run: LastRun, id: string): ExportableModel {
  const { specification, data, results } = run;
  const { state, method, requestedRate } = finishedModel(run, id);
  const rows = results.results.filter((row) => row.method === method && row.requestedRate === requestedRate);
  return {
    id,
    state,
    layers: networkLayers(specification, data.classes.length),
    words: data.words,
    classes: data.classes,
    tokenizer: data.tokenizer,
    row: rows[0],
    rows,
    specification,
    adapter: results.adapter,
    versions: results.versions,
    licences: run.licences,
  };
}

/** What a model says of each test sentence. @throws LabError `no-data` where there is none of this id, or its data are not loaded */
export async function testPredictions(run: LastRun, id: string, device: Device): Promise<TestPrediction[]> {
  const data = preparedOf(run);
  const { specification } = run;
  const { embedding, weights } = finishedModel(run, id).state;
  const layers = networkLayers(specification, data.classes.length);
  const network = await Network.compile(device, { layers, embedding, weights, training: null });
  try {
    const set = await network.evaluationSet(data.test);
    try {
      const { ids, offsets } = data.test;
      const classes = data.classes.length;
      const logits = await set.logits();
      return data.testTexts.map((text, s) => ({
        text,
        ids: [...ids.subarray(offsets[s], offsets[s + 1])],
        probabilities: softmax(logits.subarray(s * classes, (s + 1) * classes)),
      }));
    } finally {
      set.free();
    }
  } finally {
    network.free();
  }
}

function finishedModel({ models }: LastRun, id: string) {
  const model = models.find((candidate) => modelId(candidate) === id);
  if (model) return model;
  throw new LabError('no-data', `The last run has no model "${id}".`, `It has ${models.map(modelId).join(', ')}.`);
}
