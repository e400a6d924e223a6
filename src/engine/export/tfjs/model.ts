import type { ExportFile } from '../../../protocol/export';
import type { ExportableModel } from '../format';
import { writeNetwork } from '../graph/network';
import { storedModel } from '../stored';
import { jsonFile } from '../text-file';
import { TfjsBuilder } from './builder';
import { weightEntry, weightFiles } from './weights';

/** The graph's version, as TensorFlow's converter writes it for the operations that are used here. */
const producer = 175;

/**
 * The network as a TensorFlow.js graph model: `ids` (int32, batch x length, 0 is padding) and `lengths` (int32, batch) to `probabilities` (float32,
 * batch x classes). model.json holds the graph and lists the weights, which lie beside it.
 */
export function tfjsModel(model: ExportableModel): ExportFile[] {
  const graph = new TfjsBuilder();
  writeNetwork(graph, model, storedModel(model));
  const { weights, nodes, functions } = graph;
  const files = weightFiles(weights);
  const tensor = (name: string, dtype: string, sizes: readonly number[]) => ({
    name: `${name}:0`,
    dtype,
    tensorShape: { dim: sizes.map((size) => ({ size: String(size) })) },
  });
  const description = {
    format: 'graph-model',
    generatedBy: 'Lowrank Lab',
    convertedBy: null,
    signature: {
      inputs: { ids: tensor('ids', 'DT_INT32', [-1, -1]), lengths: tensor('lengths', 'DT_INT32', [-1]) },
      outputs: { probabilities: tensor('probabilities', 'DT_FLOAT', [-1, model.classes.length]) },
    },
    userDefinedMetadata: { model: model.id, network: model.specification.model, tokenizer: model.tokenizer },
    modelTopology: { node: nodes, library: { function: functions }, versions: { producer } },
    weightsManifest: [{ paths: files.map(({ path }) => path), weights: weights.map(weightEntry) }],
  };
  return [jsonFile('model.json', description, 0), ...files];
}
