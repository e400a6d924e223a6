import type { ExportFile } from '../../protocol/export';
import { firstWordId } from '../data/vocabulary';
import { jsonFile } from './text-file';

export const vocabularyPath = 'vocabulary.json';

/** The word of every row, those of padding (0) and unknown (1) included: under names that no word of the vocabulary has. */
export function rowNames(words: readonly string[]): string[] {
  const taken = new Set(words);
  const special = ['pad', 'unk'].map((name) => {
    let marked = `<${name}>`;
    while (taken.has(marked)) marked = `<${marked}>`;
    return marked;
  });
  if (special.length !== firstWordId) throw new RangeError('each row before the first word needs a name');
  return [...special, ...words];
}

/** JSON, since a word may hold any character; one word a line, for people. */
export function vocabularyFile(words: readonly string[]): ExportFile {
  return jsonFile(vocabularyPath, rowNames(words), 1);
}
