import type { Classification } from '../../protocol/lab';
import type { PreparedData, WordVectors } from '../data/dataset';
import { findTokenizer } from '../data/tokenizers/registry';
import { firstWordId, unknownId } from '../data/vocabulary';
import type { Device } from '../device/device';
import type { LayerSpecification } from '../models/model';
import { Network } from '../plan/network';
import type { FinishedModel } from './run';

/** Name of a finished model: its method, with the rate where it has one. */
export function modelId({ method, requestedRate }: Pick<FinishedModel, 'method' | 'requestedRate'>): string {
  return requestedRate === null ? method : `${method}@${requestedRate}`;
}

/**
 * Class probabilities of one sentence by each model. A word outside of the experiment's vocabulary that the loaded table knows is read as its
 * nearest neighbour in the vocabulary, by the cosine of the pretrained vectors; any other is read as the unknown row.
 */
export async function classifyText(
  text: string,
  models: readonly FinishedModel[],
  context: { device: Device; layers: readonly LayerSpecification[]; data: PreparedData; vectors: WordVectors; now(): number },
): Promise<Classification> {
  const { data, vectors } = context;
  const tokens = findTokenizer(data.tokenizer).tokenize(text);
  const ids = Uint32Array.from(tokens, (token) => data.index.get(token) ?? nearestRow(token, vectors, data) ?? unknownId);
  const sentence = { offsets: Uint32Array.of(0, ids.length), ids, labels: Uint32Array.of(0) };
  const classified = [];
  for (const model of models) {
    const { probabilities, milliseconds } = await classifyOne(sentence, model, context);
    classified.push({ id: modelId(model), probabilities, milliseconds });
  }
  return {
    tokens: tokens.map((token, t) => {
      const known = data.index.has(token);
      return { text: token, known, readAs: known || ids[t] === unknownId ? null : data.words[ids[t] - firstWordId] };
    }),
    models: classified,
    classes: data.classes,
  };
}

async function classifyOne(
  sentence: Parameters<Network['evaluationSet']>[0],
  { state }: FinishedModel,
  { device, layers, now }: { device: Device; layers: readonly LayerSpecification[]; now(): number },
): Promise<{ probabilities: number[]; milliseconds: number }> {
  const network = await Network.compile(device, { layers, embedding: state.embedding, weights: state.weights, training: null });
  try {
    const set = await network.evaluationSet(sentence);
    try {
      const startedAt = now();
      await set.evaluate();
      const logits = await network.readLogits(1);
      return { probabilities: softmax(logits), milliseconds: now() - startedAt };
    } finally {
      set.free();
    }
  } finally {
    network.free();
  }
}

/** The row of the vocabulary whose pretrained vector is nearest to a word's own; undefined where the table does not know the word. */
function nearestRow(token: string, vectors: WordVectors, { table, words }: PreparedData): number | undefined {
  const row = vectors.index.get(token);
  if (row === undefined) {
    return undefined;
  }
  const own = vectors.vectors.row(row);
  const { columns } = table;
  let nearest: number | undefined;
  let best = Number.NEGATIVE_INFINITY;
  for (let id = firstWordId; id < words.length + firstWordId; id++) {
    // A row that was seeded has no meaning before it is trained.
    if (!vectors.index.has(words[id - firstWordId])) continue;
    let product = 0;
    let squares = 0;
    for (let j = 0; j < columns; j++) {
      const value = table.values[id * columns + j];
      product += value * own[j];
      squares += value * value;
    }
    const cosine = squares > 0 ? product / Math.sqrt(squares) : 0;
    if (cosine > best) {
      best = cosine;
      nearest = id;
    }
  }
  return nearest;
}

/** Class probabilities of logits. */
export function softmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}
