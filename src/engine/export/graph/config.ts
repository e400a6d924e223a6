import type { ExportFile } from '../../../protocol/export';
import { maximumTokens, paddingId, unknownId } from '../../data/vocabulary';
import type { ExportableModel } from '../format';
import { jsonFile } from '../text-file';
import { vocabularyPath } from '../vocabulary';

/** What whoever runs the graph must know beside it: classes, and how a text becomes row numbers. */
export function graphConfig({ id, row, specification, classes, tokenizer, words }: ExportableModel): ExportFile {
  return jsonFile('config.json', {
    format: 'lowrank-lab-graph',
    version: 1,
    model: id,
    network: specification.model,
    classes,
    tokenizer: { id: tokenizer, maximumTokens },
    vocabulary: { file: vocabularyPath, rows: words.length + 2, padding: paddingId, unknown: unknownId },
    inputs: {
      ids: 'whole numbers, batch x length (1 at least): rows of the vocabulary, filled up with 0',
      lengths: 'whole numbers, batch',
    },
    output: { probabilities: 'float32, batch x classes' },
    rate: row.rate,
    networkBytes: row.networkBytes,
  });
}
