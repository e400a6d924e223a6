import type { NumberLine, NumberLineLab, NumberLineSpecification } from '../../protocol/number-line';
import type { Neighbours, WordCloud } from '../../protocol/projection';

const DIMENSION = 100;

const TOPICS = [
  { id: 'animals', label: 'Animals', words: ['dog', 'lion', 'whale', 'cat', 'horse', 'cow'], center: [2, 1, 0.5] },
  { id: 'food', label: 'Food', words: ['bread', 'coffee', 'apple', 'butter', 'milk', 'soup'], center: [-1, 2, -0.5] },
  { id: 'numbers', label: 'Numbers', words: ['one', 'seven', 'hundred', 'two', 'three', 'four'], center: [-1.5, -2, 0.2] },
];

/** Three bunches around their centres. The z axis holds least: the best plane is nearly that of x and y, and is computed as if it were. */
export function fakeWordCloud(): WordCloud {
  const words = TOPICS.flatMap(({ id, words }) => words.map((word) => ({ word, topic: id })));
  const points = TOPICS.flatMap(({ words, center }, topic) =>
    words.flatMap((_, i) => center.map((value, k) => value + 0.6 * Math.sin(7 * topic + 3 * i + 2 * k))),
  );
  const squares = [0, 1, 2].map((k) => points.reduce((sum, value, at) => (at % 3 === k ? sum + value * value : sum), 0));
  return {
    topics: TOPICS.map(({ id, label }) => ({ id, label })),
    words,
    points,
    plane: [
      [1, 0, 0],
      [0, 1, 0],
    ],
    kept: (squares[0] + squares[1]) / (squares[0] + squares[1] + squares[2]),
    keptOfAll: 0.25,
    dimension: DIMENSION,
  };
}

export function fakeCloudSpectrum() {
  const singularValues = Array.from({ length: DIMENSION }, (_, i) => 300 / (i + 1) ** 0.6);
  const total = singularValues.reduce((sum, value) => sum + value * value, 0);
  let kept = 0;
  const retainedEnergy = singularValues.map((value) => {
    kept += value * value;
    return kept / total;
  });
  return { words: 11_885, singularValues, retainedEnergy };
}

const NEAR = ['dog', 'kitten', 'pet', 'puppy', 'horse', 'mouse', 'lion', 'cow', 'bear', 'bird'];
const FAR = ['spoon', 'cloud', 'train', 'paper', 'stone', 'river', 'table', 'glass', 'clock', 'chair'];

/** The lower the rank, the more strangers among the neighbours. */
export function fakeNeighbours(word: string, ranks: number[]): Neighbours {
  if (/zz/.test(word)) return { word, known: false, ranks: [], searched: 11_885 };
  return {
    word,
    known: true,
    ranks: ranks.map((rank) => {
      const overlap = Math.max(1, Math.round((10 * Math.log(rank + 1)) / Math.log(DIMENSION + 1)));
      const words = [...NEAR.slice(0, overlap), ...FAR].slice(0, 10);
      return { rank, neighbours: words.map((neighbour, i) => ({ word: neighbour, cosine: 0.9 - 0.03 * i })), overlap };
    }),
    searched: 11_885,
  };
}

export const fakeQuantizers: Awaited<ReturnType<NumberLineLab['quantizers']>> = [
  { id: 'min-max', label: 'Even levels, min-max', help: 'Evenly spaced from the smallest value to the largest.' },
  { id: 'mse', label: 'Even levels, least squares', help: 'Evenly spaced over the range of least squared error.' },
  { id: 'codebook', label: 'Codebook', help: 'Each level where it serves best.' },
];

/** Levels spaced evenly, whatever the quantizer; the codebook's, so that it may be told apart, at whole numbers. */
export function fakeNumberLine({ values, quantizer, levels: count, probes }: NumberLineSpecification): NumberLine {
  const numbers = values === 'table' ? Array.from({ length: 200 }, (_, i) => 3 * Math.sin(i) ** 3) : values;
  const minimum = Math.min(...numbers);
  const maximum = Math.max(...numbers);
  const even = Array.from({ length: count }, (_, k) => minimum + (k * (maximum - minimum)) / (count - 1));
  const levels = quantizer === 'codebook' && values !== 'table' ? even.map(Math.round) : even;
  const nearest = (value: number) =>
    levels.reduce((best, level) => (Math.abs(level - value) < Math.abs(best - value) ? level : best), levels[0]);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const rootOf = (target: (value: number) => number) =>
    Math.sqrt(numbers.reduce((sum, value) => sum + (value - target(value)) ** 2, 0) / numbers.length);
  const rootMeanSquareError = rootOf(nearest);
  const deviation = rootOf(() => mean);
  const histogram = new Array<number>(96).fill(0);
  for (const value of numbers) histogram[Math.min(95, Math.floor((96 * (value - minimum)) / (maximum - minimum || 1)))]++;
  return {
    count: numbers.length,
    sampled: false,
    minimum,
    maximum,
    histogram,
    levels,
    rootMeanSquareError,
    relativeError: deviation === 0 ? 0 : rootMeanSquareError / deviation,
    bits: Math.log2(count),
    storedBits: 32 / Math.floor(32 / Math.log2(count)),
    probes: probes.map((value) => ({ value, becomes: nearest(value) })),
  };
}
