import type { ExportFile } from '../../../protocol/export';
import { findTokenizer } from '../../data/tokenizers/registry';
import { firstWordId, maximumTokens, paddingId, unknownId } from '../../data/vocabulary';
import type { CardFile } from '../card';
import type { ExportableModel } from '../format';
import { jsonFile } from '../text-file';
import { vocabularyPath } from '../vocabulary';

/** What the model card says of the files that every graph has beside it. */
export const graphCardFiles: readonly CardFile[] = [
  { path: vocabularyPath, holds: 'The word of each row of the embedding.' },
  { path: 'config.json', holds: 'Classes in the order of the probabilities, and how a text becomes rows of the vocabulary.' },
];

/** What whoever runs the graph must know beside it: classes, and how a text becomes row numbers. */
export function graphConfig({ id, row, specification, classes, tokenizer, words }: ExportableModel): ExportFile {
  const cut = findTokenizer(tokenizer);
  return jsonFile('config.json', {
    format: 'lowrank-lab-graph',
    version: 1,
    model: id,
    network: specification.model,
    classes,
    tokenizer: { id: cut.id, rule: cut.rule, pattern: cut.pattern, maximumTokens },
    vocabulary: { file: vocabularyPath, rows: words.length + firstWordId, padding: paddingId, unknown: unknownId },
    inputs: {
      ids: 'whole numbers, batch x length (1 at least): rows of the vocabulary, filled up with 0',
      lengths: 'whole numbers, batch',
    },
    output: { probabilities: 'float32, batch x classes' },
    rate: row.rate,
    networkBytes: row.networkBytes,
  });
}
