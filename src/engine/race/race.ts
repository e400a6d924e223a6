import type {
  LaneRate,
  RaceEvent,
  RaceResults,
  RaceRow,
  RaceSpecification,
  RangeTestResult,
  RangeTestSpecification,
} from '../../protocol/race';
import type { PreparedData } from '../data/dataset';
import type { Device } from '../device/device';
import { LabError } from '../errors';
import { ProgressMeter } from '../experiment/progress';
import { type RunControl, Stopped } from '../training/control';
import { compareLanes } from './compare';
import { concludeRace } from './conclusion';
import { testRange } from './range-test';
import { SeedRace } from './seed';
import { compileRaced, setUpRace } from './setup';
import { validateNewLane } from './specification';

export interface RaceOptions {
  /** Validated. */
  specification: RaceSpecification;
  device: Device;
  /** The three splits and the pretrained table of a seed. */
  prepare(seed: number): PreparedData;
  control: RunControl;
  emit(event: RaceEvent): void;
  versions: Record<string, string>;
}

/** The one kind of work in a race: its steps are alike. */
const steps = 'steps';

/**
 * A race: up to six lanes train the same two factors from the same weights on the same batches, in lockstep, seed after seed. In the first seed
 * lanes may be changed and forked; the specification of the results says all that was done, so that running it again gives the same bits.
 */
export class Race {
  private specification: RaceSpecification;
  private going: SeedRace | null = null;
  private watchedMs: number | null = null;
  private seed: number;

  constructor(private readonly options: RaceOptions) {
    this.specification = options.specification;
    this.seed = options.specification.seeds[0];
  }

  /** Runs all seeds. A race that is stopped gives the rows of the seeds that were finished. */
  async run(): Promise<RaceResults> {
    const { emit } = this.options;
    const rows: RaceRow[] = [];
    const finish = (outcome: 'complete' | 'stopped' | 'failed'): RaceResults => {
      const { specification } = this;
      const comparisons = compareLanes(
        rows,
        specification.lanes.map(({ id }) => id),
      );
      const results = { specification, adapter: this.options.device.report, versions: this.options.versions, rows, comparisons };
      emit({ kind: 'finished', outcome, results, conclusion: concludeRace(specification, rows, comparisons) });
      return results;
    };
    try {
      let meter: ProgressMeter | null = null;
      for (const seed of this.specification.seeds) {
        this.seed = seed;
        meter = await this.runSeed(seed, meter, rows);
      }
      return finish('complete');
    } catch (error) {
      if (error instanceof Stopped) {
        return finish('stopped');
      }
      // What was finished is handed over before the reason is.
      finish('failed');
      throw error;
    }
  }

  /**
   * A lane goes by another rate from the next step on.
   *
   * @throws LabError where there is no such lane, it has stopped, or the first seed is over
   */
  changeLane(id: string, rate: LaneRate): Promise<void> {
    return this.options.control.errand(async () => {
      const lane = await this.firstSeed().change(id, rate);
      const { lanes } = this.specification;
      this.specification = { ...this.specification, lanes: lanes.map((known) => (known.id === id ? lane : known)) };
    });
  }

  /**
   * A new lane that goes on from another one's weights and optimizer state as they are before the next step.
   *
   * @throws LabError as `changeLane`, or where the new lane's name is taken
   */
  forkLane(from: string, id: string, rate: LaneRate): Promise<void> {
    return this.options.control.errand(async () => {
      const first = this.firstSeed();
      const { lanes } = this.specification;
      const valid = validateNewLane(
        id,
        lanes.map((lane) => lane.id),
      );
      const lane = await first.fork(from, valid, rate);
      this.specification = { ...this.specification, lanes: [...lanes, lane] };
    });
  }

  /**
   * How long the first seed takes at least, to be watched: charts then move evenly, however fast the machine is. Changes no figure but the
   * time; the other seeds go as fast as they can.
   *
   * @param seconds null for as fast as it goes
   */
  watch(seconds: number | null): void {
    this.watchedMs = seconds === null ? null : 1000 * seconds;
    this.options.control.hurry();
  }

  /** A range test while the race is paused: on a lane's present weights, or on those that a race begins with. */
  rangeTest(specification: RangeTestSpecification): Promise<RangeTestResult> {
    const { control, device, prepare } = this.options;
    return control.errand(async () => {
      if (specification.lane === null) {
        return testStart(device, specification, prepare, control);
      }
      const { lane, step, setup } = this.present().at(specification.lane);
      return testRange(lane.network, setup, specification, step, control);
    });
  }

  private async runSeed(seed: number, known: ProgressMeter | null, rows: RaceRow[]): Promise<ProgressMeter> {
    const { options, specification } = this;
    const { device, control, emit } = options;
    const setup = await setUpRace(device, specification, seed, options.prepare(seed));
    const { totalSteps, stepsPerEpoch, rank, rate } = setup;
    if (known === null) {
      emit({ kind: 'started', totalSteps, stepsPerEpoch, rank, rate });
    }
    const meter = known ?? new ProgressMeter(new Map([[steps, totalSteps * specification.seeds.length]]), () => control.activeNow(), emit);
    emit({ kind: 'seed-started', seed });
    const race = new SeedRace({
      setup,
      control,
      emit,
      onProgress: (count) => meter.add(steps, count, `Racing seed ${seed}`),
      watchedMs: () => (seed === specification.seeds[0] ? this.watchedMs : null),
    });
    this.going = race;
    try {
      rows.push(...(await race.run(specification.lanes)));
    } finally {
      this.going = null;
      race.free();
    }
    return meter;
  }

  private present(): SeedRace {
    if (!this.going) {
      throw new LabError('busy', 'The race is between two seeds.', 'Try again in a moment.');
    }
    return this.going;
  }

  private firstSeed(): SeedRace {
    const [first] = this.specification.seeds;
    if (this.seed !== first) {
      throw new LabError(
        'busy',
        `Seed ${this.seed} repeats the race of seed ${first}: its lanes are as they were there.`,
        'Change lanes in the first seed, or begin a new race.',
      );
    }
    return this.present();
  }
}

/** A range test on the weights that a race begins with, in its first seed. */
export async function testStart(
  device: Device,
  specification: RangeTestSpecification,
  prepare: RaceOptions['prepare'],
  control: RunControl,
): Promise<RangeTestResult> {
  const [seed] = specification.race.seeds;
  const setup = await setUpRace(device, specification.race, seed, prepare(seed));
  const network = await compileRaced(setup);
  try {
    return await testRange(network, setup, specification, 0, control);
  } finally {
    network.free();
  }
}
