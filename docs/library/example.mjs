import { openLab } from 'lowrank-lab/engine';

// Word vectors and labelled sentences: any File or Blob of the lab's formats. Here they are made up.
const words = ['good', 'great', 'lovely', 'fine', 'bad', 'awful', 'dull', 'poor', 'the', 'film', 'food', 'was'];
const numbers = (/** @type {number} */ seed) => Array.from({ length: 16 }, (_, j) => Math.sin(seed * (j + 2)).toFixed(3));
const table = words.map((word, i) => [word, ...numbers(i + 1)].join(' ')).join('\n');
const sentences = Array.from({ length: 400 }, (_, i) => [
  `the ${words[8 + (i % 3)]} was ${words[(i * 7) % 8]}`,
  (i * 7) % 8 < 4 ? 'yes' : 'no',
]);
const csv = ['text,liked', ...sentences.map((row) => row.join(','))].join('\n');

const { lab, specification } = await openLab({
  embeddings: [new File([table], 'vectors.txt')],
  dataset: [new File([csv], 'reviews.csv')],
  backend: 'cpu',
});
const { retainedEnergy } = await lab.spectrum(specification, 'experiment', () => {});
const { results } = await lab.run({ ...specification, methods: ['full', 'low-rank'], rates: [0.5] }, () => {});
await lab.close();

export const energyOfRankFour = retainedEnergy[3];
export const accuracies = Object.fromEntries(results.map(({ method, testAccuracy }) => [method, testAccuracy]));
console.log(`rank 4 keeps ${(100 * energyOfRankFour).toFixed(1)} %; test accuracy`, accuracies);
