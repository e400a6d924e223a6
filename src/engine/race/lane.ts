import type { LaneRate, LaneSegment, LaneSpecification } from '../../protocol/race';
import { LabError } from '../errors';
import type { EncodedSteps, EvaluationSet, Network } from '../plan/network';
import type { LearningRate } from '../schedules/schedule';
import { computeMetrics, type Metrics } from '../training/metrics';
import { evaluateState, isBetter, toState } from '../training/trial';
import { laneLearningRate, withChange } from './segments';
import { compileRaced, type RaceSetup } from './setup';
import { largestSegments } from './specification';

interface Best {
  /** Steps done. */
  step: number;
  validationLoss: number;
  validationAccuracy: number;
}

/** One lane of a race: a network of its own, and the learning rates that it goes by. */
export class Lane {
  /** The checkpoint that the network keeps; null before the first evaluation. */
  best: Best | null = null;
  /** The step whose loss was not finite. */
  brokenAt: number | null = null;
  private learningRate: LearningRate;
  /** Of the steps that were submitted and not read. */
  private unread: number[] = [];

  private constructor(
    readonly id: string,
    private segments: LaneSegment[],
    readonly network: Network,
    private readonly validation: EvaluationSet,
    private readonly setup: RaceSetup,
  ) {
    this.learningRate = laneLearningRate(segments, setup.totalSteps);
  }

  /** At the race's first weights; on failure nothing is left behind. */
  static async create(setup: RaceSetup, { id, segments }: LaneSpecification): Promise<Lane> {
    const network = await compileRaced(setup);
    try {
      return new Lane(id, segments, network, await network.evaluationSet(setup.data.validation), setup);
    } catch (error) {
      network.free();
      throw error;
    }
  }

  /** A lane that is, bit for bit, what this one is: weights, optimizer state, best checkpoint. Its losses must have been read. */
  async fork(id: string): Promise<Lane> {
    const fork = await Lane.create(this.setup, { id, segments: this.segments });
    try {
      fork.network.copyFrom(this.network);
      fork.best = this.best;
      return fork;
    } catch (error) {
      fork.free();
      throw error;
    }
  }

  get specification(): LaneSpecification {
    return { id: this.id, segments: this.segments };
  }

  get broken(): boolean {
    return this.brokenAt !== null;
  }

  /**
   * Goes by another rate from a step on, which must not have been submitted.
   *
   * @throws LabError `diverged` where the lane has stopped; `bad-specification` for one change too many, or a rate that can't be
   */
  change(rate: LaneRate, fromStep: number): void {
    if (this.broken) {
      throw new LabError('diverged', `Lane ${this.id} broke at step ${this.brokenAt}: it has stopped.`, 'Change or fork another one.');
    }
    const segments = withChange(this.segments, fromStep, rate);
    if (segments.length > largestSegments) {
      throw new LabError(
        'bad-specification',
        `Lane ${this.id} was changed ${largestSegments.toLocaleString('en')} times.`,
        'Begin a new race with what it goes by now.',
      );
    }
    this.learningRate = laneLearningRate(segments, this.setup.totalSteps);
    this.segments = segments;
  }

  train(steps: EncodedSteps, firstStep: number): void {
    const rates = steps.batches.map((_, i) => this.learningRate(firstStep + i));
    this.network.trainEncoded(steps, rates, firstStep);
    this.unread.push(...rates);
  }

  /** The rates and losses of the steps since the last call, up to the first loss that is not finite: there the lane is broken. */
  async read(firstStep: number): Promise<{ learningRates: number[]; losses: number[] }> {
    const learningRates = this.unread;
    this.unread = [];
    const losses = await this.network.readLosses();
    const broken = losses.findIndex((loss) => !Number.isFinite(loss));
    if (broken < 0) {
      return { learningRates, losses };
    }
    this.brokenAt = firstStep + broken;
    return { learningRates: learningRates.slice(0, broken), losses: losses.slice(0, broken) };
  }

  /** Validates, and keeps the weights where they are the best until now. A loss that is not finite breaks the lane. */
  async evaluate(step: number): Promise<Metrics> {
    const { validation, classes } = this.setup.data;
    const metrics = computeMetrics(await this.validation.evaluate(), validation.labels, classes.length);
    if (!Number.isFinite(metrics.loss)) {
      this.brokenAt = step;
      return metrics;
    }
    const reached = { step, validationLoss: metrics.loss, validationAccuracy: metrics.accuracy };
    if (isBetter(reached, this.best)) {
      this.best = reached;
      this.network.keep();
    }
    return metrics;
  }

  /** The test split at the best checkpoint; null where there is none. */
  async test(): Promise<Metrics | null> {
    const { device, layers, initial, data } = this.setup;
    if (!this.best) {
      return null;
    }
    const state = toState(await this.network.read(), initial.embedding);
    return evaluateState(device, layers, state, data.test, data.classes.length);
  }

  free(): void {
    this.validation.free();
    this.network.free();
  }
}
