import type { DatasetReport, EmbeddingsReport, TaskReport } from '../../protocol/data';
import { Random } from '../random';
import type { Dataset, Task, WordVectors } from './dataset';

const sampleWords = 12;
const sampleSentences = 6;
const mostBins = 24;
/** A report is for the screen: what a file holds may be of any length. */
const longestSample = 300;

/** What there is to say of a loaded table; `sizeBytes` are those of its float32 values. */
export function reportEmbeddings(vectors: WordVectors): EmbeddingsReport {
  const { source, format, words, warnings, licence } = vectors;
  return {
    source,
    format,
    words: words.length,
    dimension: vectors.vectors.columns,
    sizeBytes: vectors.vectors.sizeBytes,
    sample: words.slice(0, sampleWords).map(shortened),
    warnings,
    licence,
  };
}

/** What there is to say of a loaded data set, beside the loaded table: coverage counts the words that have a vector there. */
export function reportDataset(dataset: Dataset, vectors: WordVectors): DatasetReport {
  const { source, format, texts, tasks, warnings, licence } = dataset;
  return {
    source,
    format,
    sentences: texts.length,
    tasks: tasks.map(reportTask),
    ownSplit: countSplits(dataset.ownSplit),
    duplicateTexts: countDuplicates(texts),
    leakedTexts: dataset.ownSplit && countLeaks(texts, dataset.ownSplit),
    lengthHistogram: histogram(dataset.tokens.map(({ length }) => length)),
    ...coverage(dataset.tokens, vectors.index),
    sample: spread(texts.length).map((sentence) => ({
      text: shortened(texts[sentence]),
      labels: Object.fromEntries(tasks.map(({ id, classes, labels }) => [id, classes[labels[sentence]]])),
    })),
    warnings,
    licence,
  };
}

function shortened(text: string): string {
  return text.length > longestSample ? `${text.slice(0, longestSample)}…` : text;
}

function reportTask({ id, label, classes, labels }: Task): TaskReport {
  const counts = new Array<number>(classes.length).fill(0);
  for (const c of labels) counts[c]++;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const least = counts.reduce((a, b) => Math.min(a, b), most);
  return {
    id,
    label,
    classes: classes.map((name, c) => ({ name, count: counts[c] })),
    majorityShare: most / Math.max(1, labels.length),
    imbalance: most / Math.max(1, least),
  };
}

function countSplits(split: Uint8Array | null): DatasetReport['ownSplit'] {
  if (split === null) return null;
  const counts = [0, 0, 0];
  for (const part of split) counts[part]++;
  return { train: counts[0], validation: counts[1], test: counts[2] };
}

/** Sentences whose text another one has too. */
function countDuplicates(texts: string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let duplicates = 0;
  for (const n of counts.values()) if (n > 1) duplicates += n;
  return duplicates;
}

/** Distinct texts that stand in more than one split: what a test on them measures is memory. */
export function countLeaks(texts: readonly string[], split: Uint8Array): number {
  // The splits of each text as bits.
  const seen = new Map<string, number>();
  for (const [row, text] of texts.entries()) seen.set(text, (seen.get(text) ?? 0) | (1 << split[row]));
  let leaks = 0;
  for (const bits of seen.values()) if ((bits & (bits - 1)) !== 0) leaks++;
  return leaks;
}

/** Bins of a round width, so many that they are no more than `mostBins`. */
function histogram(lengths: number[]): DatasetReport['lengthHistogram'] {
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const needed = (longest + 1) / mostBins;
  let binWidth = 1;
  for (let i = 0; binWidth < needed; i++) binWidth = [2, 5, 10][i % 3] * 10 ** Math.floor(i / 3);
  const counts = new Array<number>(Math.floor(longest / binWidth) + 1).fill(0);
  for (const length of lengths) counts[Math.floor(length / binWidth)]++;
  return { binWidth, counts };
}

function coverage(sentences: string[][], index: Map<string, number>) {
  const types = new Set<string>();
  let tokens = 0;
  let covered = 0;
  for (const sentence of sentences) {
    tokens += sentence.length;
    for (const token of sentence) {
      types.add(token);
      if (index.has(token)) covered++;
    }
  }
  let coveredTypes = 0;
  for (const type of types) if (index.has(type)) coveredTypes++;
  return {
    tokens,
    types: types.size,
    coveredTokens: covered / Math.max(1, tokens),
    coveredTypes: coveredTypes / Math.max(1, types.size),
  };
}

/**
 * A few places spread over all, so that a sorted file shows more than its first class: one from each of as many equal parts, drawn, for classes may also come
 * in turn.
 */
function spread(length: number): number[] {
  const n = Math.min(sampleSentences, length);
  const random = new Random(0);
  const edge = (i: number) => Math.floor((i * length) / n);
  return Array.from({ length: n }, (_, i) => edge(i) + random.integer(edge(i + 1) - edge(i)));
}
