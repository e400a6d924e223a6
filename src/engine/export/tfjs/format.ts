import { modelCard } from '../card';
import type { ExportableModel, ExportFormat } from '../format';
import { graphCardFiles, graphConfig } from '../graph/config';
import { vocabularyFile } from '../vocabulary';
import { tfjsExamples } from './examples';

const cardFiles = [
  { path: 'model.json', holds: 'The graph, from `ids` and `lengths` to `probabilities`, and what lies where in the weights.' },
  { path: 'group1-shard1of1.bin', holds: 'The weights; larger ones are cut into files of 4 MiB.' },
];

const examplesOf = ({ layers }: ExportableModel) => tfjsExamples(layers.some(({ kind }) => kind === 'lstm'));

/** A graph model, from token ids to probabilities. */
export const tfjs: ExportFormat = {
  id: 'tfjs',
  label: 'TensorFlow.js',
  help: 'The whole network as a graph model, from word numbers to probabilities: tf.loadGraphModel opens it in pages and in Node.',
  write: async (model) => {
    const { tfjsModel } = await import('./model');
    return [
      ...tfjsModel(model),
      vocabularyFile(model.words),
      graphConfig(model),
      modelCard(model, [...cardFiles, ...graphCardFiles], examplesOf(model)),
    ];
  },
  examples: examplesOf,
};
