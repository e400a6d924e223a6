/** For tests only: a small task that can be learned, made from a seed. */
import type { ExperimentSpecification } from '../../protocol/specification';
import type { PreparedData } from '../data/dataset';
import { matrix } from '../matrix';
import { Random } from '../random';
import type { Sentences } from '../sentences';
import { defaultSpecification } from './specification';

const rows = 120;
const columns = 12;
const classes = ['even', 'odd'];

/** Sentences of 0 to 9 words; three words in four belong to the class, which shows in the first number of their vectors. */
export function madeUpData(seed: number): PreparedData {
  const random = new Random(1000 + seed);
  const table = matrix(rows, columns);
  for (let i = columns; i < table.values.length; i++) {
    table.values[i] = 0.4 * random.normal();
  }
  for (let row = 2; row < rows; row++) {
    table.values[row * columns] += row % 2 === 1 ? 0.5 : -0.5;
  }
  const draw = (count: number): Sentences => {
    const labels = Uint32Array.from({ length: count }, () => random.integer(2));
    const sentences = Array.from(labels, (label) =>
      Array.from({ length: random.integer(10) }, () => {
        const word = 2 + 2 * random.integer((rows - 2) / 2);
        return random.uniform() < 3 / 4 ? word + label : word + (1 - label);
      }),
    );
    const offsets = new Uint32Array(count + 1);
    sentences.forEach((words, s) => {
      offsets[s + 1] = offsets[s] + words.length;
    });
    return { offsets, ids: Uint32Array.from(sentences.flat()), labels };
  };
  const words = Array.from({ length: rows - 2 }, (_, i) => `word${i}`);
  const [train, validation, test] = [200, 60, 60].map(draw);
  return {
    words,
    index: new Map(words.map((word, i) => [word, i + 2])),
    table,
    train,
    validation,
    test,
    testTexts: Array.from(test.labels, (_, s) =>
      Array.from(test.ids.subarray(test.offsets[s], test.offsets[s + 1]), (id) => words[id - 2]).join(' '),
    ),
    classes,
    tokenizer: 'glove',
  };
}

/** A few epochs of the default experiment, small enough for a test. */
export const smallSpecification: ExperimentSpecification = {
  ...defaultSpecification,
  hidden: 16,
  batchSize: 32,
  epochs: 4,
  rates: [0.5],
  learningRates: { full: [5e-3, 3e-2], 'low-rank': [3e-3, 1e-2], 'pre-compressed': [1e-2], 'pre-compressed-frozen': [1e-2] },
};
