import type { LabEvent, TrialKey } from '../../protocol/events';
import type { ResultRow } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { CompressionMethod, MethodSetting, Phase, TransformPhase } from '../compression/method';
import { storedSize } from '../compression/stored';
import type { PreparedData } from '../data/dataset';
import type { Device } from '../device/device';
import { during } from '../device/recorder';
import { LabError } from '../errors';
import { findOptimizer } from '../kernels/optimizer/registry';
import { initialWeights } from '../models/initial-weights';
import { createSchedule } from '../schedules/registry';
import type { RunControl } from '../training/control';
import { majorityAccuracy } from '../training/metrics';
import { type Checkpoint, evaluateState, isBetter, type NetworkState, stepsPerEpoch, trainTrial } from '../training/trial';
import type { ExperimentCost } from './cost';
import {
  dataShape,
  type MethodAtRate,
  methodsAtRates,
  networkLayers,
  networkSize,
  phaseEpochs,
  settingNumbers,
  trainedEpochs,
} from './plan';
import type { WorkMeter } from './progress';
import { referenceMethod } from './specification';

export interface SeedRunOptions {
  /** Validated. */
  specification: ExperimentSpecification;
  device: Device;
  control: RunControl;
  emit(event: LabEvent): void;
}

/** A method at a rate that was run to its end. */
export interface FinishedMethod {
  row: ResultRow;
  state: NetworkState;
  /** For each test item, in the split's order: 1 where it was classified rightly, else 0. */
  correct: Uint8Array;
}

export interface SeedRunReports {
  /** Finished before. */
  skip?(at: MethodAtRate): boolean;
  /** Also before a `full` that was skipped and is trained again. */
  onStarted?(at: MethodAtRate): void;
  onFinished(at: MethodAtRate, finished: FinishedMethod): void | Promise<void>;
  /** Its training broke: there is no row. */
  onFailed(at: MethodAtRate, message: string): void | Promise<void>;
}

/** Does a method begin with what `full` has trained? */
export function buildsOnFull(method: CompressionMethod): boolean {
  return method.phases.some(({ kind }) => kind === 'reuse-full');
}

/** Where a method's phases have got to. */
interface Progress {
  state: NetworkState | null;
  /** Chosen peak of the last training phase. */
  learningRate: number | null;
  steps: number;
  epochs: number;
  /** The state right after a transformation of a trained table, while a training phase is still to come. */
  beforeRetraining: NetworkState | null;
}

interface RunPhases {
  progress: Progress;
  setting: MethodSetting;
  /** On the clock that stands still while the run is paused. */
  startedAt: number;
}

/** What `full` leaves to the methods that build on it: its best states of the first 2N/3 and of all N epochs. */
type FullCheckpoints = Record<'first' | 'all', ChosenCheckpoint>;

type ChosenCheckpoint = Checkpoint & { learningRate: number };

const smallerRates = 'Take smaller learning rates, or a schedule with a warm-up.';

/** The runs of one seed: same split, initial weights, batch order and dropout for every method. */
export class SeedRun {
  private readonly layers;
  private readonly epochs;
  private full: FullCheckpoints | null = null;

  /** @param meter told of the cost of what is done, by method */
  constructor(
    private readonly options: SeedRunOptions,
    private readonly seed: number,
    private readonly data: PreparedData,
    private readonly meter: WorkMeter,
    private readonly cost: ExperimentCost,
  ) {
    this.layers = networkLayers(options.specification, data.classes.length);
    this.epochs = phaseEpochs(options.specification.epochs);
  }

  /** Every method at every rate, on this seed's table. */
  methods(): MethodAtRate[] {
    return methodsAtRates(this.options.specification, dataShape(this.data));
  }

  /**
   * Every method at every rate in turn, save those that can't reach it and those that are skipped. A skipped `full` is trained all the same where
   * another one builds on it: the same bits come of it.
   */
  async run({ skip = () => false, onStarted = () => {}, onFinished, onFailed }: SeedRunReports): Promise<void> {
    const reachable = this.methods().filter(({ settings }) => settings.length > 0);
    const wanted = new Set(reachable.filter((at) => !skip(at)));
    const reusesFull = [...wanted].some(({ method }) => buildsOnFull(method));
    for (const at of reachable) {
      const again = at.method.id === referenceMethod && reusesFull;
      if (!wanted.has(at) && !again) {
        continue;
      }
      onStarted(at);
      try {
        const phases = await this.phases(at);
        if (wanted.has(at)) {
          await onFinished(at, await this.tested(at, phases));
        }
      } catch (error) {
        // A method whose training broke has no row; that is a finding of its own, and no reason to end the others.
        if (!(error instanceof LabError) || error.code !== 'diverged') {
          throw error;
        }
        if (wanted.has(at)) {
          await onFailed(at, error.message);
        }
      }
      this.meter.over(at.method.id, this.cost.method(at));
    }
  }

  private async phases(at: MethodAtRate): Promise<RunPhases> {
    const startedAt = this.options.control.activeNow();
    const { method } = at;
    const progress: Progress = { state: null, learningRate: null, steps: 0, epochs: 0, beforeRetraining: null };
    const setting = await this.choose(at);
    for (const [i, phase] of method.phases.entries()) {
      await this.options.control.turn();
      await this.phase(phase, at, setting, progress, method.phases.slice(i + 1));
    }
    return { progress, setting, startedAt };
  }

  /** The row of a method whose phases were run. Reads the test split, once. */
  private async tested(at: MethodAtRate, { progress, setting, startedAt }: RunPhases): Promise<FinishedMethod> {
    const { method, requestedRate } = at;
    const state = progress.state as NetworkState;
    const validation = await this.evaluate(state, 'validation');
    const test = await this.evaluate(state, 'test');
    const before = progress.beforeRetraining && (await this.evaluate(progress.beforeRetraining, 'test'));
    const size = networkSize(method, setting, dataShape(this.data).table, this.layers, storedSize(state.embedding));
    const row: ResultRow = {
      method: method.id,
      requestedRate,
      rate: size.rate,
      bytes: size.embeddingBytes,
      networkBytes: size.networkBytes,
      ...settingNumbers(setting),
      validationAccuracy: validation.accuracy,
      validationMacroF1: validation.macroF1,
      testAccuracy: test.accuracy,
      beforeRetrainingAccuracy: before?.accuracy ?? null,
      beforeRetrainingMacroF1: before?.macroF1 ?? null,
      macroF1: test.macroF1,
      majorityAccuracy: majorityAccuracy(this.data.train.labels, this.data.test.labels, this.data.classes.length),
      testCount: this.data.test.labels.length,
      learningRate: progress.learningRate,
      steps: progress.steps,
      seconds: (this.options.control.activeNow() - startedAt) / 1000,
      seed: this.seed,
    };
    const { labels } = this.data.test;
    return { row, state, correct: Uint8Array.from(labels, (label, i) => (test.predictions[i] === label ? 1 : 0)) };
  }

  private async phase(phase: Phase, at: MethodAtRate, setting: MethodSetting, progress: Progress, rest: readonly Phase[]): Promise<void> {
    if (phase.kind === 'reuse-full') {
      const checkpoint = this.full?.[phase.epochs];
      if (!checkpoint) {
        throw new LabError('diverged', `${at.method.label} builds on the full table, whose training broke.`, smallerRates);
      }
      progress.state = checkpoint;
      progress.learningRate = checkpoint.learningRate;
      progress.epochs = this.epochs[phase.epochs];
      progress.steps = progress.epochs * this.perEpoch();
    } else if (phase.kind === 'transform') {
      await this.transform(phase, at, setting, progress, rest);
    } else {
      await this.train(phase, at, progress);
    }
  }

  private async transform(
    phase: TransformPhase,
    { method, requestedRate }: MethodAtRate,
    setting: MethodSetting,
    progress: Progress,
    rest: readonly Phase[],
  ): Promise<void> {
    const trained = progress.state;
    const { state, factorization } = await this.transformed(phase, trained, setting);
    progress.state = state;
    const key = { method: method.id, requestedRate: requestedRate ?? 0, seed: this.seed };
    if (factorization) {
      this.options.emit({
        kind: 'spectrum',
        ...key,
        singularValues: [...factorization.singularValues],
        rank: factorization.rank,
        retainedEnergy: factorization.retainedEnergy,
      });
    }
    if (trained && rest.some((next) => trainedEpochs(next, this.options.specification.epochs) > 0)) {
      progress.beforeRetraining = progress.state;
      const { accuracy, macroF1 } = await this.evaluate(progress.state, 'validation');
      this.options.emit({ kind: 'before-retraining', ...key, validationAccuracy: accuracy, validationMacroF1: macroF1 });
    }
  }

  private async transformed(phase: TransformPhase, trained: NetworkState | null, setting: MethodSetting) {
    const before = trained ?? this.untrained();
    const { device } = this.options;
    const context = { device, seed: this.seed, layers: this.layers, weights: before.weights };
    const { embedding, factorization } = await during(device.recorder, phase.timedAs, () =>
      phase.apply(before.embedding, setting, context),
    );
    return { state: { embedding, weights: trained?.weights ?? this.newWeights(embedding) }, factorization };
  }

  /**
   * The setting that does best on validation with all of the method's transformations and none of its own training: a choice that costs no
   * learning-rate trial, of which every method has equally many.
   */
  private async choose({ method, settings }: MethodAtRate): Promise<MethodSetting> {
    if (settings.length === 1) {
      return settings[0];
    }
    const [first] = method.phases;
    const trained = first.kind === 'reuse-full' ? (this.full?.[first.epochs] ?? null) : null;
    let best: { setting: MethodSetting; validationAccuracy: number; validationLoss: number } | null = null;
    for (const setting of settings) {
      await this.options.control.turn();
      let state: NetworkState | null = trained;
      for (const phase of method.phases) {
        if (phase.kind === 'transform') {
          ({ state } = await this.transformed(phase, state, setting));
        }
      }
      const { accuracy, loss } = await this.evaluate(state ?? this.untrained(), 'validation');
      const reached = { setting, validationAccuracy: accuracy, validationLoss: loss };
      if (isBetter(reached, best)) {
        best = reached;
      }
    }
    // Where every loss is not a number the first is as good as any.
    return best?.setting ?? settings[0];
  }

  private untrained(): NetworkState {
    const embedding = { kind: 'table', table: this.data.table } as const;
    return { embedding, weights: this.newWeights(embedding) };
  }

  /** One training phase at each learning rate of the grid, from the same state; validation chooses. */
  private async train(phase: Extract<Phase, { kind: 'train' }>, at: MethodAtRate, progress: Progress): Promise<void> {
    const epochs = this.epochs[phase.epochs];
    if (epochs === 0) {
      return;
    }
    const initial = progress.state ?? this.untrained();
    const isFull = at.method.id === referenceMethod;
    const checkpointsAfter = isFull ? [this.epochs.first, this.epochs.all] : [epochs];
    let best: (ChosenCheckpoint | null)[] = [];
    let bestSteps = 0;
    for (const learningRate of at.planned.learningRates) {
      const { checkpoints, steps } = await this.trial(phase, at, initial, learningRate, epochs, progress.epochs, checkpointsAfter);
      const last = checkpoints[checkpoints.length - 1];
      // The learning rate is chosen on the whole phase; what `full` had after 2N/3 epochs is the same run's.
      if (last && isBetter(last, best[best.length - 1] ?? null)) {
        bestSteps = steps;
        best = checkpoints.map((checkpoint) => checkpoint && { ...checkpoint, learningRate });
      }
    }
    const chosen = best[best.length - 1];
    if (!chosen) {
      throw new LabError('diverged', `${at.method.label}: training broke at every learning rate of its grid.`, smallerRates);
    }
    progress.state = chosen;
    progress.learningRate = chosen.learningRate;
    progress.epochs += epochs;
    progress.steps += bestSteps;
    if (isFull) {
      // Where all of the first epochs broke there is no last one either.
      this.full = { first: best[0] ?? chosen, all: chosen };
    }
  }

  private trial(
    phase: Extract<Phase, { kind: 'train' }>,
    at: MethodAtRate,
    initial: NetworkState,
    peak: number,
    epochs: number,
    firstEpoch: number,
    checkpointsAfter: readonly number[],
  ): ReturnType<typeof trainTrial> {
    const { specification, device, control, emit } = this.options;
    const perEpoch = this.perEpoch();
    const totalSteps = epochs * perEpoch;
    const trial: TrialKey = { method: at.method.id, requestedRate: at.requestedRate, seed: this.seed, learningRate: peak };
    const cost = this.cost.step(at, phase);
    this.meter.begin();
    const label = `Training ${at.method.label}, learning rate ${peak}`;
    emit({ kind: 'trial-started', trial, totalSteps, stepsPerEpoch: perEpoch, firstEpoch });
    return trainTrial({
      device,
      layers: this.layers,
      initial,
      frozenEmbedding: phase.frozen === true,
      optimizer: findOptimizer(specification.optimizer),
      learningRate: createSchedule(specification.schedule, { peak, totalSteps }),
      train: this.data.train,
      validation: this.data.validation,
      classes: this.data.classes.length,
      batchSize: specification.batchSize,
      wordDropout: specification.wordDropout,
      seed: this.seed,
      firstEpoch,
      epochs,
      checkpointsAfter,
      control,
      onSteps: (firstStep, learningRates, losses) => {
        emit({ kind: 'steps', trial, firstStep, learningRates, losses });
        this.meter.add(at.method.id, losses.length * cost, label);
      },
      onEpoch: (epoch) => emit({ kind: 'epoch', trial, ...epoch }),
    });
  }

  private newWeights(embedding: NetworkState['embedding']): Map<string, Float32Array> {
    const width = embedding.kind === 'table' ? embedding.table.columns : embedding.b.columns;
    return initialWeights(this.layers, width, this.seed);
  }

  private evaluate(state: NetworkState, split: 'validation' | 'test'): ReturnType<typeof evaluateState> {
    return evaluateState(this.options.device, this.layers, state, this.data[split], this.data.classes.length);
  }

  private perEpoch(): number {
    return stepsPerEpoch(this.data.train.labels.length, this.options.specification.batchSize);
  }
}
