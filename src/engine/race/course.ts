import type { EncodedSteps, Network } from '../plan/network';
import { batchRanges, drawEpoch, type EpochDraws } from '../training/epoch';
import type { RaceSetup } from './setup';

/** The batches of a race, by its own step: the same for whoever trains on them, and without an end. */
export class Course {
  private epoch = -1;
  private draws: EpochDraws | null = null;

  constructor(private readonly setup: Pick<RaceSetup, 'data' | 'specification' | 'seed' | 'stepsPerEpoch'>) {}

  /** How many steps from `step` on are of the same epoch. */
  leftInEpoch(step: number): number {
    return this.setup.stepsPerEpoch - (step % this.setup.stepsPerEpoch);
  }

  /**
   * Encodes the batches of steps `first` to `first + count`, all of one epoch.
   *
   * @param network any one of those that will train on them
   */
  encode(network: Network, first: number, count: number): EncodedSteps {
    const { data, specification, seed, stepsPerEpoch } = this.setup;
    const sentences = data.train.labels.length;
    const epoch = Math.floor(first / stepsPerEpoch);
    if (this.draws === null || this.epoch !== epoch) {
      this.draws = drawEpoch(sentences, specification.wordDropout, seed, epoch);
      this.epoch = epoch;
    }
    const { order, wordDropout } = this.draws;
    return network.encode(order, batchRanges(sentences, specification.batchSize, first % stepsPerEpoch, count), wordDropout);
  }
}
