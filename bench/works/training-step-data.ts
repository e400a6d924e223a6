import { matrix } from '../../src/engine/matrix';
import { initialWeights } from '../../src/engine/models/initial-weights';
import type { LayerSpecification } from '../../src/engine/models/model';
import { findModel } from '../../src/engine/models/registry';
import { Random } from '../../src/engine/random';
import type { Sentences } from '../../src/engine/sentences';

/** What every training step of the bench has in common. */
export const sizes = { columns: 300, hidden: 100, classes: 2, dropout: 0.5, sentences: 64, words: 40, batches: 16, learningRate: 1e-3 };

export type StepModel = 'dan' | 'lstm' | 'cnn';

export interface StepCase {
  model: StepModel;
  /** r, or null for the full table. */
  rank: number | null;
  /** V. */
  rows: number;
  /** How often a word comes; as in text where it is left out. */
  frequencies?: Frequencies;
}

/** As in text, the k-th most frequent word 1 / k times as often as the first (Zipf); or all alike, so that hardly a word of a batch comes twice. */
export type Frequencies = 'zipf' | 'uniform';

export interface StepData {
  stepCase: StepCase;
  layers: readonly LayerSpecification[];
  /** The table's numbers, over and over. */
  pool: Float32Array;
  /** B, over factors. */
  projection: Float32Array | null;
  weights: ReadonlyMap<string, Float32Array>;
  sentences: Sentences;
}

/** Words that sentences are made of. With the same number for every V a step's work is the same, on rows that lie farther apart. */
const usedWords = 9999;
const poolLength = 2 ** 20;

function normals(random: Random, length: number, scale: number): Float32Array {
  return Float32Array.from({ length }, () => scale * random.normal());
}

/** Draws the numbers 0 .. count - 1. */
function drawn(random: Random, frequencies: Frequencies, count: number): () => number {
  if (frequencies === 'uniform') return () => random.integer(count);
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let k = 0; k < count; k++) upTo[k] = sum += 1 / (k + 1);
  return () => {
    const wanted = sum * random.uniform();
    let [first, last] = [0, count - 1];
    while (first < last) {
      const middle = (first + last) >> 1;
      if (upTo[middle] > wanted) last = middle;
      else first = middle + 1;
    }
    return first;
  };
}

/** Weights, sentences and labels, the same for ours and for every peer. */
export function stepData(stepCase: StepCase): StepData {
  const { model, rank, rows, frequencies = 'zipf' } = stepCase;
  const random = new Random(1);
  const layers = findModel(model).layers({ hidden: sizes.hidden, classes: sizes.classes, dropout: sizes.dropout });
  const total = sizes.batches * sizes.sentences;
  const stride = Math.max(1, Math.floor((rows - 1) / usedWords));
  const word = drawn(random, frequencies, Math.min(usedWords, rows - 1));
  return {
    stepCase,
    layers,
    pool: normals(random, poolLength, 0.4),
    projection: rank === null ? null : normals(random, rank * sizes.columns, 1 / Math.sqrt(rank)),
    weights: initialWeights(layers, sizes.columns, 1),
    sentences: {
      offsets: Uint32Array.from({ length: total + 1 }, (_, s) => s * sizes.words),
      ids: Uint32Array.from({ length: total * sizes.words }, () => 1 + stride * word()),
      labels: Uint32Array.from({ length: total }, () => random.integer(sizes.classes)),
    },
  };
}

/** The pool over and over: V x d, or V x r. */
export function tableOf({ pool, stepCase: { rows, rank } }: StepData) {
  const columns = rank ?? sizes.columns;
  const table = matrix(rows, columns);
  for (let at = 0; at < table.values.length; at += pool.length) {
    table.values.set(pool.subarray(0, Math.min(pool.length, table.values.length - at)), at);
  }
  return table;
}

/** Bytes of the table with Adam's two moments, as every contender holds them. */
export function stateBytes({ rows, rank }: StepCase): number {
  return 3 * 4 * rows * (rank ?? sizes.columns);
}
