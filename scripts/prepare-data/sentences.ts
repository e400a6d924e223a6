import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SentencesFile, sentenceSources, sentimentClasses } from '../../src/engine/data/bundled-format';

/**
 * The UCI Sentiment Labelled Sentences, from the fixtures of npm `sentiment`. Each of its three files ends with an entry that has no class; it is dropped.
 *
 * @param folder of the package
 */
export function readSentences(folder: string): SentencesFile {
  const sentences: SentencesFile['sentences'][number][] = [];
  for (const source of sentenceSources) {
    const path = join(folder, 'test', 'fixtures', `${source}.json`);
    const entries: { text: string; class: 0 | 1 | null }[] = JSON.parse(readFileSync(path, 'utf8'));
    for (const { text, class: sentiment } of entries) {
      if (sentiment !== null) sentences.push({ text, sentiment: sentimentClasses[sentiment], source });
    }
  }
  const [first, ...others] = sentences;
  return { sentences: [first, ...others] };
}
