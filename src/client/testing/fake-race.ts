import type { LabFailure } from '../../protocol/failure';
import type {
  LaneRate,
  LaneSpecification,
  RaceEvent,
  RaceResults,
  RaceRow,
  RaceSpecification,
  RangeTestResult,
  RangeTestSpecification,
} from '../../protocol/race';
import { fakeDevice } from './fake-catalogue';
import { fakeRate } from './fake-schedules';

const TRAINING_SENTENCES = 2100;
const TEST_SENTENCES = 450;
const STEPS_A_TICK = 6;
/** From this rate on Adam leaves the road. */
const BREAKING_RATE = 0.4;

interface Walker {
  spec: LaneSpecification;
  /** What is left to learn, 1 at first. */
  left: number;
  heat: number;
  broken: boolean;
  best: { step: number; accuracy: number } | null;
  random: () => number;
}

/** A race that learns as lanes do: too low a rate is slow, a high one noisy, a still higher one breaks; annealing quiets the noise. */
export class FakeRace {
  private walkers: Walker[] = [];
  private step = 0;
  private seed = 0;
  private gate: { promise: Promise<void>; open: () => void } | null = null;
  private stopped = false;
  private readonly perEpoch: number;
  private readonly totalSteps: number;

  constructor(
    private readonly specification: RaceSpecification,
    private readonly emit: (events: RaceEvent[]) => void,
    private readonly wait: () => Promise<void>,
  ) {
    this.perEpoch = Math.ceil(TRAINING_SENTENCES / specification.batchSize);
    this.totalSteps = this.perEpoch * specification.epochs;
  }

  get paused(): boolean {
    return this.gate !== null;
  }

  pause(): void {
    let open = () => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.gate = { promise, open };
    this.emit([{ kind: 'paused' }]);
  }

  resume(): void {
    this.gate?.open();
    this.gate = null;
    this.emit([{ kind: 'resumed' }]);
  }

  stop(): void {
    this.stopped = true;
    this.gate?.open();
    this.gate = null;
  }

  change(id: string, rate: LaneRate): void {
    const walker = this.walker(id);
    const segments = [...walker.spec.segments.filter(({ fromStep }) => fromStep < this.step), { fromStep: this.step, ...rate }];
    walker.spec = { id, segments };
    this.emit([{ kind: 'lane', lane: walker.spec, fromStep: this.step, forkedFrom: null }]);
  }

  fork(from: string, id: string, rate: LaneRate): void {
    const parent = this.walker(from);
    const spec = { id, segments: [...parent.spec.segments, { fromStep: this.step, ...rate }] };
    this.walkers.push({ ...parent, spec, random: generator(this.seed * 100 + id.charCodeAt(0)) });
    this.emit([{ kind: 'lane', lane: spec, fromStep: this.step, forkedFrom: from }]);
  }

  async run(): Promise<RaceResults> {
    const { specification, totalSteps, perEpoch } = this;
    this.emit([{ kind: 'started', totalSteps, stepsPerEpoch: perEpoch, rank: 9, rate: 0.9083 }]);
    let lanes = specification.lanes;
    const rows: RaceRow[] = [];
    for (const [index, seed] of specification.seeds.entries()) {
      this.seed = seed;
      this.step = 0;
      this.walkers = lanes.map((spec) => ({
        spec,
        left: 1,
        heat: 0,
        broken: false,
        best: null,
        random: generator(seed * 100 + spec.id.charCodeAt(0)),
      }));
      this.emit([{ kind: 'seed-started', seed }]);
      await this.runSeed(index);
      lanes = this.walkers.map(({ spec }) => spec);
      if (this.stopped) break;
      const done = this.walkers.map((walker) => this.rowOf(walker));
      rows.push(...done);
      this.emit(done.map((row) => ({ kind: 'row', row })));
    }
    const results: RaceResults = {
      specification: { ...specification, lanes },
      adapter: fakeDevice,
      versions: { 'lowrank-lab': '0.1.0', fake: '1' },
      rows,
      comparisons: comparisonsOf(
        rows,
        lanes.map(({ id }) => id),
      ),
    };
    this.emit([
      {
        kind: 'finished',
        outcome: this.stopped ? 'stopped' : 'complete',
        results,
        conclusion: {
          claim: rows.length === 0 ? 'No seed ended: there is nothing to compare.' : 'The best lane is ahead by less than chance explains.',
          caution: `${specification.seeds.length} seeds, ${TEST_SENTENCES} test sentences: one accuracy of 84 % has a sampling error of 1.7 points.`,
        },
      },
    ]);
    return results;
  }

  private async runSeed(index: number): Promise<void> {
    const { totalSteps, perEpoch } = this;
    while (this.step < totalSteps) {
      await this.wait();
      if (this.gate) await this.gate.promise;
      if (this.stopped) return;
      const first = this.step;
      const last = Math.min(totalSteps, first + STEPS_A_TICK);
      const events: RaceEvent[] = [];
      for (const walker of this.walkers) {
        if (!walker.broken) events.push(...this.advance(walker, first, last));
      }
      this.step = last;
      if (Math.floor(last / perEpoch) > Math.floor(first / perEpoch)) {
        for (const walker of this.walkers) if (!walker.broken) events.push(this.evaluate(walker));
      }
      const done = (index + last / totalSteps) / this.specification.seeds.length;
      events.push({
        kind: 'progress',
        label: `Racing ${this.walkers.length} lanes, seed ${index + 1} of ${this.specification.seeds.length}`,
        done,
        secondsLeft: (1 - done) * 24,
      });
      this.emit(events);
    }
  }

  private advance(walker: Walker, first: number, last: number): RaceEvent[] {
    const lane = walker.spec.id;
    const learningRates: number[] = [];
    const losses: number[] = [];
    const seconds: number[] = [];
    for (let step = first; step < last; step++) {
      const { schedule, peak } = walker.spec.segments.findLast(({ fromStep }) => fromStep <= step) ?? walker.spec.segments[0];
      const rate = peak * fakeRate(schedule, this.totalSteps)(step);
      learningRates.push(rate);
      seconds.push((step + 1) * 0.011);
      if (rate > BREAKING_RATE && step > 20) {
        walker.broken = true;
        losses.push(Number.NaN);
        break;
      }
      walker.left *= 1 - Math.min(0.25, 9 * rate);
      // Noise comes with the rate, and goes slowly when it falls.
      walker.heat += 0.1 * (Math.min(1, Math.sqrt(rate) * 1.8) - walker.heat);
      losses.push((0.2 + 0.49 * walker.left + 0.35 * walker.heat) * (1 + 0.45 * (walker.random() - 0.5)));
    }
    const events: RaceEvent[] = [{ kind: 'steps', seed: this.seed, lane, firstStep: first, learningRates, losses, seconds }];
    if (walker.broken) events.push({ kind: 'broken', seed: this.seed, lane, step: first + learningRates.length - 1 });
    return events;
  }

  private evaluate(walker: Walker): RaceEvent {
    const accuracy = 0.855 - 0.33 * walker.left - 0.09 * walker.heat + 0.012 * (walker.random() - 0.5);
    const rounded = Math.round(accuracy * TEST_SENTENCES) / TEST_SENTENCES;
    if (!walker.best || rounded > walker.best.accuracy) walker.best = { step: this.step, accuracy: rounded };
    return {
      kind: 'evaluated',
      seed: this.seed,
      lane: walker.spec.id,
      step: this.step,
      seconds: this.step * 0.011,
      validationLoss: 0.36 + 0.33 * walker.left + 0.3 * walker.heat,
      validationAccuracy: rounded,
    };
  }

  private rowOf({ spec, best, random }: Walker): RaceRow {
    const testAccuracy = best && Math.round((best.accuracy - 0.004 + 0.03 * (random() - 0.5)) * TEST_SENTENCES) / TEST_SENTENCES;
    return {
      lane: spec.id,
      seed: this.seed,
      finished: best !== null,
      bestStep: best?.step ?? null,
      validationAccuracy: best?.accuracy ?? null,
      testAccuracy,
      macroF1: testAccuracy && testAccuracy - 0.002,
      testCount: TEST_SENTENCES,
    };
  }

  private walker(id: string): Walker {
    const walker = this.walkers.find(({ spec }) => spec.id === id);
    if (walker) return walker;
    throw {
      code: 'bad-specification',
      message: `There is no lane “${id}” in this race.`,
      remedy: 'Choose one of its lanes.',
    } satisfies LabFailure;
  }
}

/** The difference of every two lanes over their common seeds, with Student's interval for two to five of them. */
function comparisonsOf(rows: readonly RaceRow[], lanes: readonly string[]): RaceResults['comparisons'] {
  const student = [Number.NaN, 12.706, 4.303, 3.182, 2.776];
  return lanes.flatMap((first, i) =>
    lanes.slice(i + 1).map((second) => {
      const differences = rows
        .filter((row) => row.lane === first)
        .flatMap((row) => {
          const other = rows.find(({ lane, seed }) => lane === second && seed === row.seed);
          return row.testAccuracy !== null && other && other.testAccuracy !== null ? [row.testAccuracy - other.testAccuracy] : [];
        });
      const n = differences.length;
      const difference = n === 0 ? 0 : differences.reduce((sum, value) => sum + value, 0) / n;
      const spread = Math.sqrt(differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / Math.max(1, n - 1));
      const half = ((student[n - 1] ?? 2.776) * spread) / Math.sqrt(Math.max(1, n));
      const interval: [number, number] | null = n < 2 ? null : [difference - half, difference + half];
      // Of this fake: chance or no chance, by the interval.
      return { first, second, seeds: n, difference, interval, p: interval && (interval[0] * interval[1] > 0 ? 0.01 : 0.4) };
    }),
  );
}

/** A loss that falls where rates are neither too low nor too high, and rises without bound beyond. */
export function fakeRangeTest({ from, to, steps }: RangeTestSpecification): RangeTestResult {
  const random = generator(11);
  const learningRates = Array.from({ length: steps }, (_, i) => from * (to / from) ** (i / (steps - 1)));
  let left = 1;
  const clean = learningRates.map((rate) => {
    left *= 1 - Math.min(0.2, 6 * rate);
    return 0.25 + 0.44 * left + (rate > 0.05 ? 2.5 * (rate - 0.05) : 0);
  });
  const losses = clean.map((loss) => loss * (1 + 0.2 * (random() - 0.5)));
  let mean = 0;
  const smoothedLosses = losses.map((loss, i) => {
    mean = 0.9 * mean + 0.1 * loss;
    return mean / (1 - 0.9 ** (i + 1));
  });
  const finite = learningRates.filter((rate) => rate < 3).length;
  const falls = to > 1e-3;
  return {
    learningRates: learningRates.slice(0, finite),
    losses: losses.slice(0, finite),
    smoothedLosses: smoothedLosses.slice(0, finite),
    dropped: steps - finite,
    proposal: falls ? { lower: 0.0012, upper: 0.031 } : null,
    reason: falls
      ? 'lb is where the smoothed loss begins to fall; ub is a third of the rate at its lowest, before it rises.'
      : 'The loss does not fall anywhere between these rates: raise the upper end.',
  };
}

export function fakePreview(rates: readonly LaneRate[], totalSteps: number): { steps: number[]; learningRates: number[][] } {
  const count = Math.min(600, totalSteps);
  const steps = Array.from({ length: count }, (_, i) => Math.floor((i * totalSteps) / count));
  return {
    steps,
    learningRates: rates.map(({ schedule, peak }) => {
      const rate = fakeRate(schedule, totalSteps);
      return steps.map((step) => peak * rate(step));
    }),
  };
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
