import type { RangeTestResult } from '../../protocol/race';
import { proposeBounds } from './range-proposal';

/** Of the test's steps, those that the exponential average looks back over: so its lag is the same share of the range, however long the test. */
const lookBack = 0.1;
/** A smoothed loss this many times the best one has left the valley for good. */
const blowUp = 4;

/** A learning rate that rises by the same factor at each step, from `from` to `to` inclusive. */
export function risingRate(from: number, to: number, steps: number): (step: number) => number {
  return (step) => (step === steps - 1 ? to : from * (to / from) ** (step / (steps - 1)));
}

/** The curve of a range test as its steps come in: finite losses, smoothed by an exponential average that is corrected for its start. */
export class RangeCurve {
  readonly learningRates: number[] = [];
  readonly losses: number[] = [];
  readonly smoothedLosses: number[] = [];
  dropped = 0;
  /** The loss has left for good: the rest of the steps would show nothing. */
  ended = false;
  private average = 0;
  private weight = 0;
  private best = Number.POSITIVE_INFINITY;
  private readonly memory: number;

  /** @param steps of the whole test, at least 20 */
  constructor(steps: number) {
    this.memory = 1 - 1 / (lookBack * steps);
  }

  /** A step's rate and loss; what comes after the end is not part of the curve. */
  add(learningRate: number, loss: number): void {
    if (this.ended) {
      return;
    }
    if (!Number.isFinite(loss)) {
      this.dropped++;
      return;
    }
    const { memory } = this;
    this.average = memory * this.average + (1 - memory) * loss;
    this.weight = memory * this.weight + (1 - memory);
    const smoothed = this.average / this.weight;
    this.learningRates.push(learningRate);
    this.losses.push(loss);
    this.smoothedLosses.push(smoothed);
    this.best = Math.min(this.best, smoothed);
    this.ended = smoothed > blowUp * this.best;
  }

  result(): RangeTestResult {
    const { learningRates, losses, smoothedLosses, dropped } = this;
    return { learningRates, losses, smoothedLosses, dropped, ...proposeBounds(learningRates, losses, smoothedLosses, this.memory) };
  }
}
