/** For tests only: a sweep of two small data sets and a small table, in files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const adjectives = { yes: ['good', 'fine', 'great', 'kind'], no: ['bad', 'poor', 'awful', 'rude'] } as const;
const nouns = ['film', 'meal', 'phone', 'room', 'book'];

/** Sentences that can be told apart by their adjectives; no two alike, so that each may be in any split. */
function reviews(count: number, first: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const answer = i % 2 ? 'no' : 'yes';
    const [a, b] = [adjectives[answer][(i >> 1) % 4], adjectives[answer][(i >> 3) % 4]];
    return `a ${a} and ${b} ${nouns[i % 5]} ${nouns[(i >> 2) % 5]} number${first + i},${answer}`;
  });
  return ['text,answer', ...lines].join('\n');
}

/** Writes `sweep.json` and what it names into a folder; paths in it are relative. */
export function writeSmallSweep(folder: string, changes: Record<string, unknown> = {}): string {
  mkdirSync(join(folder, 'data'), { recursive: true });
  const words = [...adjectives.yes, ...adjectives.no, ...nouns, 'a', 'and'];
  const vectors = words.map((word, w) => `${word} ${Array.from({ length: 8 }, (_, i) => Math.sin(1 + w * 8 + i).toFixed(4)).join(' ')}`);
  writeFileSync(join(folder, 'data', 'vectors.txt'), `${vectors.join('\n')}\n`);
  writeFileSync(join(folder, 'data', 'first.csv'), reviews(120, 0));
  writeFileSync(join(folder, 'data', 'second.csv'), reviews(90, 500));
  const file = join(folder, 'sweep.json');
  const sweep = {
    embeddings: { files: 'data/vectors.txt' },
    tasks: [
      { dataset: { files: 'data/first.csv' }, task: 'answer' },
      { dataset: { files: ['data/second.csv'], text: 'text', label: 'answer' } },
    ],
    models: ['dan'],
    schedules: ['calr', { id: 'linear', parameters: {} }],
    methods: ['low-rank', 'codebook'],
    rates: [0.5],
    hidden: 8,
    epochs: 6,
    batchSize: 16,
    learningRates: { full: [0.03], 'low-rank': [0.01] },
    seeds: [1, 2],
    ...changes,
  };
  writeFileSync(file, JSON.stringify(sweep));
  return file;
}
