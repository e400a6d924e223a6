import { matrix } from '../matrix';
import { Random, streamSeed, streams } from '../random';
import type { CompressionMethod, TransformPhase } from './method';
import { preCompressed } from './pre-compressed';
import { numberOf, tableOf } from './setting';

/** Standard deviation of a vector's numbers, as of the words without a pretrained vector. */
const deviation = 0.1;

const drawTable: TransformPhase = {
  kind: 'transform',
  timedAs: 'load',
  apply: async (embedding, setting, { seed }) => {
    const rank = numberOf(setting, 'rank');
    const random = new Random(streamSeed(seed, streams.randomTable));
    const drawn = matrix(tableOf(embedding).rows, rank);
    // The row of padding (id 0) stays zero.
    for (let at = rank; at < drawn.values.length; at++) drawn.values[at] = deviation * random.normal();
    return { embedding: { kind: 'table', table: drawn } };
  },
  operations: ({ rows }, setting) => 40 * rows * numberOf(setting, 'rank'),
};

/** The control: an r-dimensional table that knows nothing of the pretrained one. */
export const random: CompressionMethod = {
  ...preCompressed,
  id: 'random',
  label: 'Random (control)',
  help: 'A table of fewer dimensions that starts at random and learns everything from the training sentences: what pretraining is worth.',
  family: 'random',
  standing: 'control',
  byDefault: false,
  phases: [drawTable, { kind: 'train', epochs: 'all' }],
};
