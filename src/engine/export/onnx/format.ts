import { modelCard } from '../card';
import type { ExportFormat } from '../format';
import { graphCardFiles, graphConfig } from '../graph/config';
import { vocabularyFile } from '../vocabulary';
import { onnxExamples } from './examples';

/** One file from token ids to probabilities, for ONNX Runtime and its like. */
export const onnx: ExportFormat = {
  id: 'onnx',
  label: 'ONNX',
  help: 'The whole network as one file, from word numbers to probabilities: ONNX Runtime runs it in Python, in Node, in pages and on phones.',
  write: async (model) => {
    // Protocol buffers weigh something, and only who exports needs them.
    const { onnxModel } = await import('./model');
    return [
      { path: 'model.onnx', bytes: onnxModel(model) },
      vocabularyFile(model.words),
      graphConfig(model),
      modelCard(
        model,
        [{ path: 'model.onnx', holds: 'The network, from `ids` and `lengths` to `probabilities`.' }, ...graphCardFiles],
        onnxExamples,
      ),
    ];
  },
  examples: () => [...onnxExamples],
};
