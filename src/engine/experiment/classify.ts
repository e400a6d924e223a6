import type { Classification } from '../../protocol/lab';
import type { PreparedData } from '../data/dataset';
import { findTokenizer } from '../data/tokenizers/registry';
import type { Device } from '../device/device';
import type { LayerSpecification } from '../models/model';
import { Network } from '../plan/network';
import type { FinishedModel } from './run';

/** Row of words that the table does not hold. */
const unknownId = 1;

/** Name of a finished model: its method, with the rate where it has one. */
export function modelId({ method, requestedRate }: Pick<FinishedModel, 'method' | 'requestedRate'>): string {
  return requestedRate === null ? method : `${method}@${requestedRate}`;
}

/** Class probabilities of one sentence by each model; unknown words are marked and read as the unknown row. */
export async function classifyText(
  text: string,
  models: readonly FinishedModel[],
  context: { device: Device; layers: readonly LayerSpecification[]; data: PreparedData; now(): number },
): Promise<Classification> {
  const { data } = context;
  const tokens = findTokenizer(data.tokenizer).tokenize(text);
  const ids = Uint32Array.from(tokens, (token) => data.index.get(token) ?? unknownId);
  const sentence = { offsets: Uint32Array.of(0, ids.length), ids, labels: Uint32Array.of(0) };
  const classified = [];
  for (const model of models) {
    const { probabilities, milliseconds } = await classifyOne(sentence, model, context);
    classified.push({ id: modelId(model), probabilities, milliseconds });
  }
  return {
    tokens: tokens.map((token) => ({ text: token, known: data.index.has(token) })),
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

function softmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}
