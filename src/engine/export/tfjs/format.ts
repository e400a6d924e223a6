import type { ExportFormat } from '../format';
import { graphConfig } from '../graph/config';
import { vocabularyFile } from '../vocabulary';
import { tfjsExamples } from './examples';

/** A graph model, from token ids to probabilities. */
export const tfjs: ExportFormat = {
  id: 'tfjs',
  label: 'TensorFlow.js',
  help: 'The whole network as a graph model, from word numbers to probabilities: tf.loadGraphModel opens it in pages and in Node.',
  write: async (model) => {
    const { tfjsModel } = await import('./model');
    return [...tfjsModel(model), vocabularyFile(model.words), graphConfig(model)];
  },
  examples: ({ layers }) => tfjsExamples(layers.some(({ kind }) => kind === 'lstm')),
};
