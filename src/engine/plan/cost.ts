/**
 * What a network's steps cost, counted and not measured: its layers are compiled to the dispatches that it would run, over buffers that
 * have a length and no memory, and each kernel says what its formula takes. A table of any size costs nothing to ask about.
 */
import type { Cost, DeviceBuffer, Dispatch, StepValues } from '../device/device';
import { noStep } from '../device/device';
import { batchLayout } from '../kernels/batch/layout';
import { gradientOnly } from '../kernels/optimizer/gradient';
import type { Optimizer } from '../kernels/optimizer/optimizer';
import type { Workspace } from '../models/layers/layer';
import type { Sentences } from '../sentences';
import { LayerStack, type NetworkShape } from './layer-stack';
import { evaluationCapacity } from './network';

/** A batch, by its size alone. */
export type BatchShape = Pick<StepValues, 'sentences' | 'tokens' | 'distinctRows'>;

/** Of one training step, or of one batch in evaluation. */
export interface StepCost extends Cost {
  dispatches: number;
  /** The batch on its way to the device. */
  uploadedBytes: number;
}

/** Forward, loss, backward and updates over one batch. A pass over an uploaded set is `evaluationCost`. */
export function trainingStepCost(
  { layers, embedding, frozenEmbedding = false }: Omit<NetworkShape, 'training'> & { frozenEmbedding?: boolean },
  optimizer: Optimizer,
  batch: BatchShape,
): StepCost {
  const dispatches = dispatchesOf({ layers, embedding, training: { frozenEmbedding } }, optimizer, batch);
  return costOf(dispatches, { ...noStep, ...batch, training: 1 });
}

/** Forward and loss over one batch; it is uploaded once for all evaluations of its set. */
export function evaluationCost({ layers, embedding }: Omit<NetworkShape, 'training'>, batch: BatchShape): StepCost {
  return costOf(dispatchesOf({ layers, embedding, training: null }, gradientOnly, batch), { ...noStep, ...batch });
}

/**
 * The mean batch of an epoch: `batchSize` of these sentences drawn at random, without replacement. Of distinct rows it has the expected
 * number, since a row that n of N sentences name is missing from a batch with probability C(N - n, batchSize) / C(N, batchSize).
 * Padding (row 0) is left out.
 */
export function meanBatch({ offsets, ids, labels }: Sentences, batchSize: number): BatchShape {
  const total = labels.length;
  const sentences = Math.min(batchSize, total);
  const lastSeen = new Map<number, number>();
  const naming = new Map<number, number>();
  let tokens = 0;
  for (let s = 0; s < total; s++) {
    for (let t = offsets[s]; t < offsets[s + 1]; t++) {
      const id = ids[t];
      if (id === 0) continue;
      tokens++;
      if (lastSeen.get(id) === s) continue;
      lastSeen.set(id, s);
      naming.set(id, (naming.get(id) ?? 0) + 1);
    }
  }
  const missing = (n: number) => {
    let probability = 1;
    for (let i = 0; i < sentences; i++) probability *= Math.max(0, total - n - i) / (total - i);
    return probability;
  };
  const missingBy = new Map([...new Set(naming.values())].map((n) => [n, missing(n)]));
  let distinctRows = 0;
  for (const n of naming.values()) distinctRows += 1 - (missingBy.get(n) ?? 0);
  return { sentences, tokens: total === 0 ? 0 : (tokens * sentences) / total, distinctRows };
}

/**
 * The mean batch of an evaluation of `count` sentences like these: as many as the usual capacity holds (a network whose training batches are larger has
 * more). Larger than a training batch, it names fewer distinct rows a token.
 */
export function meanEvaluationBatch(sentences: Sentences, count: number): BatchShape {
  const fitting = Math.floor((evaluationCapacity.tokens * sentences.labels.length) / Math.max(1, sentences.ids.length));
  return meanBatch(sentences, Math.max(1, Math.min(evaluationCapacity.sentences, fitting, count)));
}

function dispatchesOf(shape: NetworkShape, optimizer: Optimizer, batchShape: BatchShape): Dispatch[] {
  const create = (label: string, type: 'f32' | 'u32', lengthOrData: number | Float32Array): DeviceBuffer => ({
    label,
    type,
    length: typeof lengthOrData === 'number' ? lengthOrData : lengthOrData.length,
  });
  const { sentences, tokens, distinctRows: words } = batchShape;
  const workspace: Workspace = { create, capacity: { sentences, tokens, words }, optimizer };
  const stack = new LayerStack(workspace, shape, (_name, length) => length);
  const batch = create('batches', 'u32', batchLayout({ ...batchShape, batchOffset: 0 }).end);
  const outcomes = create('outcomes', 'f32', sentences);
  return [...stack.forward(batch, outcomes), ...(shape.training === null ? [] : stack.backward(batch))];
}

function costOf(dispatches: readonly Dispatch[], step: StepValues): StepCost {
  const sum = { dispatches: dispatches.length, flops: 0, bytes: 0, uploadedBytes: 4 * batchLayout({ ...step, batchOffset: 0 }).end };
  for (const { kernel, params } of dispatches) {
    const { flops, bytes } = kernel.cost(params, step);
    sum.flops += flops;
    sum.bytes += bytes;
  }
  return sum;
}
