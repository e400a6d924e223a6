import type { Embedding } from '../compression/method';
import type { Device } from '../device/device';
import type { Optimizer } from '../kernels/optimizer/optimizer';
import { matrix } from '../matrix';
import type { LayerSpecification } from '../models/model';
import { Network, type Outcomes } from '../plan/network';
import { streamSeed, streams } from '../random';
import type { LearningRate } from '../schedules/schedule';
import type { Sentences } from '../sentences';
import type { RunControl } from './control';
import { batchRanges, drawEpoch } from './epoch';
import { computeMetrics, type Metrics } from './metrics';
import { Pace } from './pace';

/** The trainable state of a network on the host. */
export interface NetworkState {
  embedding: Embedding;
  /** By layer name. */
  weights: Map<string, Float32Array>;
}

/** The best state on validation until some epoch. */
export interface Checkpoint extends NetworkState {
  /** In which epoch of the phase it was best, from 1. */
  epoch: number;
  validationLoss: number;
  validationAccuracy: number;
  validationMacroF1: number;
}

export interface TrialOptions {
  device: Device;
  layers: readonly LayerSpecification[];
  initial: NetworkState;
  frozenEmbedding: boolean;
  optimizer: Optimizer;
  /** Of this phase's steps, from 0. */
  learningRate: LearningRate;
  train: Sentences;
  validation: Sentences;
  classes: number;
  batchSize: number;
  /** Share of words left out of a training sentence, 0 <= p < 1. */
  wordDropout: number;
  /** Fixes batch order and dropout, with the epoch's number over all phases. */
  seed: number;
  /** Epochs that came before this phase. */
  firstEpoch: number;
  epochs: number;
  /** Epochs of this phase, ascending, after which the best state until then is handed out; the last is the phase's end. */
  checkpointsAfter: readonly number[];
  control: RunControl;
  onSteps(firstStep: number, learningRates: number[], losses: number[]): void;
  onEpoch(epoch: {
    /** Of this phase, from 1. */
    epoch: number;
    /** Steps of this phase until then. */
    step: number;
    trainingLoss: number;
    validationLoss: number;
    validationAccuracy: number;
    validationMacroF1: number;
  }): void;
}

/** Is a state with this loss and accuracy better on validation? Accuracy first, then loss; the earlier of equal ones stays. */
export function isBetter(
  candidate: { validationAccuracy: number; validationLoss: number },
  best: { validationAccuracy: number; validationLoss: number } | null,
): boolean {
  if (best === null || candidate.validationAccuracy !== best.validationAccuracy) {
    return best === null || candidate.validationAccuracy > best.validationAccuracy;
  }
  return candidate.validationLoss < best.validationLoss;
}

/** Batches an epoch. */
export function stepsPerEpoch(sentences: number, batchSize: number): number {
  return Math.ceil(sentences / batchSize);
}

/**
 * One training phase at one learning rate: mini-batches over `epochs`, validation after each, the best state kept on the device. A phase whose
 * loss is no longer finite ends there; what was best before stays.
 *
 * @returns a checkpoint for each of `checkpointsAfter`, in order, null where no epoch until then had a finite loss; and the steps that were run
 * @throws Stopped when the control says so
 */
export async function trainTrial(options: TrialOptions): Promise<{ checkpoints: (Checkpoint | null)[]; steps: number }> {
  const { train, validation, batchSize, control } = options;
  const network = await Network.compile(options.device, {
    layers: options.layers,
    embedding: options.initial.embedding,
    weights: options.initial.weights,
    training: {
      optimizer: options.optimizer,
      sentences: train,
      batchSize,
      frozenEmbedding: options.frozenEmbedding,
      dropoutSeed: streamSeed(options.seed, streams.hiddenDropout),
    },
  });
  try {
    const validationSet = await network.evaluationSet(validation);
    try {
      const count = train.labels.length;
      const batchesPerEpoch = stepsPerEpoch(count, batchSize);
      const checkpoints: (Checkpoint | null)[] = [];
      let best: Omit<Checkpoint, keyof NetworkState> | null = null;
      let step = 0;
      let diverged = false;
      const pace = new Pace();
      for (let epoch = 1; epoch <= options.epochs; epoch++) {
        if (!diverged) {
          const trainingLoss = await trainEpoch(network, options, epoch, step, pace);
          step += batchesPerEpoch;
          const metrics = computeMetrics(await validationSet.evaluate(), validation.labels, options.classes);
          const reached = { epoch, validationLoss: metrics.loss, validationAccuracy: metrics.accuracy, validationMacroF1: metrics.macroF1 };
          options.onEpoch({ ...reached, step, trainingLoss });
          diverged = !Number.isFinite(trainingLoss) || !Number.isFinite(metrics.loss);
          if (!diverged && isBetter(reached, best)) {
            best = reached;
            network.keep();
          }
          await control.turn();
        }
        if (options.checkpointsAfter.includes(epoch)) {
          checkpoints.push(best && { ...best, ...toState(await network.read(), options.initial.embedding) });
        }
      }
      return { checkpoints, steps: step };
    } finally {
      validationSet.free();
    }
  } finally {
    network.free();
  }
}

/** The mean training loss of the epoch, over its batches. */
async function trainEpoch(network: Network, options: TrialOptions, epoch: number, firstStep: number, pace: Pace): Promise<number> {
  const { device, train, batchSize, control, seed } = options;
  const count = train.labels.length;
  const batchesPerEpoch = stepsPerEpoch(count, batchSize);
  const epochOverAll = options.firstEpoch + epoch - 1;
  const { order, wordDropout } = drawEpoch(count, options.wordDropout, seed, epochOverAll);

  let lossSum = 0;
  let rates: number[] = [];
  let firstUnread = 0;
  let readAt = control.activeNow();
  for (let batch = 0; batch < batchesPerEpoch; ) {
    await control.turn();
    const steps = Math.min(pace.stepsPerSubmit, batchesPerEpoch - batch, network.freeSlots);
    const batches = batchRanges(count, batchSize, batch, steps);
    const submitted = batches.map((_, i) => options.learningRate(firstStep + batch + i));
    network.train(order, batches, submitted, epochOverAll * batchesPerEpoch + batch, wordDropout);
    rates.push(...submitted);
    batch += steps;
    if (batch === batchesPerEpoch || network.freeSlots === 0 || network.unreadSteps >= pace.stepsPerRead) {
      const losses = await network.readLosses();
      options.onSteps(firstStep + firstUnread, rates, losses);
      // One by one: how many come with a read depends on the clock, and the sum must not.
      for (const loss of losses) {
        lossSum += loss;
      }
      const milliseconds = control.activeNow() - readAt;
      pace.measured(milliseconds, losses.length);
      device.recorder?.steps(milliseconds, losses.length);
      firstUnread = batch;
      rates = [];
      readAt = control.activeNow();
    }
  }
  return lossSum / batchesPerEpoch;
}

/** Buffers by name as the state that they are. */
export function toState(values: Map<string, Float32Array>, like: Embedding): NetworkState {
  const weights = new Map(values);
  const take = (name: string): Float32Array => {
    const taken = weights.get(name) as Float32Array;
    weights.delete(name);
    return taken;
  };
  const embedding: Embedding =
    like.kind === 'table'
      ? { kind: 'table', table: matrix(like.table.rows, like.table.columns, take('embedding')) }
      : {
          kind: 'factors',
          a: matrix(like.a.rows, like.a.columns, take('embedding')),
          b: matrix(like.b.rows, like.b.columns, take('projection')),
        };
  return { embedding, weights };
}

/** Metrics of a state on a set, and the class that it predicts for each sentence: compiled for inference, evaluated once, freed. */
export async function evaluateState(
  device: Device,
  layers: readonly LayerSpecification[],
  state: NetworkState,
  sentences: Sentences,
  classes: number,
): Promise<Metrics & { predictions: Outcomes['predictions'] }> {
  const network = await Network.compile(device, { layers, embedding: state.embedding, weights: state.weights, training: null });
  try {
    const set = await network.evaluationSet(sentences);
    try {
      const outcomes = await set.evaluate();
      return { ...computeMetrics(outcomes, sentences.labels, classes), predictions: outcomes.predictions };
    } finally {
      set.free();
    }
  } finally {
    network.free();
  }
}
