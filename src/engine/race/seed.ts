import type { LaneRate, LaneSpecification, RaceEvent, RaceRow } from '../../protocol/race';
import { LabError } from '../errors';
import type { RunControl } from '../training/control';
import { Pace } from '../training/pace';
import { Course } from './course';
import { Lane } from './lane';
import type { RaceSetup } from './setup';

export interface SeedOptions {
  setup: RaceSetup;
  control: RunControl;
  emit(event: RaceEvent): void;
  /** Called with the steps of the race that were done since the last call. */
  onProgress(steps: number): void;
  /** Milliseconds that the race takes at least, for whoever watches it; null for as fast as it goes. Asked again and again. */
  watchedMs(): number | null;
}

/** Of a race that is watched: so many times does something move. */
const watchedParts = 150;

/**
 * A race of one seed: all lanes on the same batches, chunk by chunk in lockstep. Between two chunks lanes may be changed and forked. It owns its
 * lanes; `free` releases them.
 */
export class SeedRace {
  private readonly lanes: Lane[] = [];
  private readonly course: Course;
  private readonly pace = new Pace();
  /** Steps submitted, and steps read. */
  private step = 0;
  private readTo = 0;
  /** On the clock that stands still in pauses. */
  private startedAt: number;
  private readAt: number;

  constructor(private readonly options: SeedOptions) {
    this.course = new Course(options.setup);
    this.startedAt = this.readAt = options.control.activeNow();
  }

  /** Trains all lanes to the end and reads the test split of each, once. */
  async run(lanes: readonly LaneSpecification[]): Promise<RaceRow[]> {
    const { setup, control } = this.options;
    for (const lane of lanes) {
      this.lanes.push(await Lane.create(setup, lane));
    }
    this.startedAt = this.readAt = control.activeNow();
    while (this.step < setup.totalSteps) {
      await control.turn(() => this.settle());
      if (this.running.length === 0) {
        break;
      }
      const watched = this.options.watchedMs() !== null;
      const begunAt = control.activeNow();
      const steps = this.trainChunk(watched ? Math.ceil(setup.totalSteps / watchedParts) : Number.POSITIVE_INFINITY);
      const epochEnds = this.step % setup.stepsPerEpoch === 0;
      if (epochEnds || watched || this.freeSlots === 0 || this.step - this.readTo >= this.pace.stepsPerRead) {
        await this.settle();
      }
      if (epochEnds) {
        await this.evaluate();
      }
      // Whoever was told of the steps may have asked for another pace.
      const watchedMs = this.options.watchedMs();
      if (watched && watchedMs !== null) {
        await control.linger((watchedMs * steps) / setup.totalSteps - (control.activeNow() - begunAt));
        this.readAt = control.activeNow();
      }
    }
    await control.turn(() => this.settle());
    // What broken lanes left over is done as well.
    this.options.onProgress(setup.totalSteps - this.step);
    const rows: RaceRow[] = [];
    for (const lane of this.lanes) {
      rows.push(await this.row(lane));
    }
    return rows;
  }

  /** From the next step on. To be called between two chunks. */
  async change(id: string, rate: LaneRate): Promise<LaneSpecification> {
    this.refuseAtEnd();
    const lane = this.find(id);
    lane.change(rate, this.step);
    this.options.emit({ kind: 'lane', lane: lane.specification, fromStep: this.step, forkedFrom: null });
    return lane.specification;
  }

  /** To be called between two chunks, with all losses read. */
  async fork(from: string, id: string, rate: LaneRate): Promise<LaneSpecification> {
    this.refuseAtEnd();
    const parent = this.find(from);
    if (parent.broken) {
      throw new LabError('diverged', `Lane ${from} broke at step ${parent.brokenAt}: its weights are lost.`, 'Fork another one.');
    }
    const lane = await parent.fork(id);
    try {
      lane.change(rate, this.step);
    } catch (error) {
      lane.free();
      throw error;
    }
    this.lanes.push(lane);
    this.options.emit({ kind: 'lane', lane: lane.specification, fromStep: this.step, forkedFrom: from });
    return lane.specification;
  }

  /** A lane as it is now, for whoever tests something on it and puts it back; where the race has got to. */
  at(id: string): { lane: Lane; step: number; setup: RaceSetup } {
    const lane = this.find(id);
    if (lane.broken) {
      throw new LabError('diverged', `Lane ${id} broke at step ${lane.brokenAt}: its weights are lost.`, 'Test another one.');
    }
    return { lane, step: this.step, setup: this.options.setup };
  }

  free(): void {
    for (const lane of this.lanes.splice(0)) {
      lane.free();
    }
  }

  private get running(): Lane[] {
    return this.lanes.filter(({ broken }) => !broken);
  }

  private get freeSlots(): number {
    return Math.min(...this.running.map(({ network }) => network.freeSlots));
  }

  private find(id: string): Lane {
    const lane = this.lanes.find((candidate) => candidate.id === id);
    if (lane) return lane;
    const known = this.lanes.map((candidate) => candidate.id).join(', ');
    throw new LabError('bad-specification', `The race has no lane “${id}”.`, `Its lanes are ${known}.`);
  }

  private refuseAtEnd(): void {
    if (this.step >= this.options.setup.totalSteps) {
      throw new LabError('busy', 'The race is at its end: there is no next step.', 'Begin a new race with these controls.');
    }
  }

  /** The batches are encoded once: they are the same for all lanes. Returns the steps that were submitted. */
  private trainChunk(most: number): number {
    const steps = Math.min(most, this.pace.stepsPerSubmit, this.course.leftInEpoch(this.step), this.freeSlots);
    const { running } = this;
    const encoded = this.course.encode(running[0].network, this.step, steps);
    for (const lane of running) {
      lane.train(encoded, this.step);
    }
    this.step += steps;
    return steps;
  }

  /** Reads the losses of every lane and tells of them. */
  private async settle(): Promise<void> {
    const { control, emit, setup, onProgress } = this.options;
    const firstStep = this.readTo;
    const steps = this.step - firstStep;
    if (steps === 0) {
      return;
    }
    const { running } = this;
    const read = await Promise.all(running.map((lane) => lane.read(firstStep)));
    const from = this.readAt;
    const now = control.activeNow();
    this.pace.measured(now - from, steps);
    this.readTo = this.step;
    this.readAt = now;
    for (const [i, lane] of running.entries()) {
      const { learningRates, losses } = read[i];
      if (losses.length > 0) {
        // Lanes go in lockstep, so a step is done at one time in all of them: evenly spread between two reads.
        const seconds = losses.map((_, s) => (from - this.startedAt + ((now - from) * (s + 1)) / steps) / 1000);
        emit({ kind: 'steps', seed: setup.seed, lane: lane.id, firstStep, learningRates, losses, seconds });
      }
      this.tellBroken(lane);
    }
    onProgress(steps);
  }

  private async evaluate(): Promise<void> {
    const { control, emit, setup } = this.options;
    for (const lane of this.running) {
      const metrics = await lane.evaluate(this.step);
      if (lane.broken) {
        this.tellBroken(lane);
        continue;
      }
      emit({
        kind: 'evaluated',
        seed: setup.seed,
        lane: lane.id,
        step: this.step,
        seconds: (control.activeNow() - this.startedAt) / 1000,
        validationLoss: metrics.loss,
        validationAccuracy: metrics.accuracy,
      });
    }
    this.readAt = control.activeNow();
  }

  private tellBroken(lane: Lane): void {
    if (lane.brokenAt !== null) {
      this.options.emit({ kind: 'broken', seed: this.options.setup.seed, lane: lane.id, step: lane.brokenAt });
    }
  }

  private async row(lane: Lane): Promise<RaceRow> {
    const { setup, emit } = this.options;
    const test = await lane.test();
    const row: RaceRow = {
      lane: lane.id,
      seed: setup.seed,
      finished: test !== null,
      bestStep: lane.best?.step ?? null,
      validationAccuracy: lane.best?.validationAccuracy ?? null,
      testAccuracy: test?.accuracy ?? null,
      macroF1: test?.macroF1 ?? null,
      testCount: setup.data.test.labels.length,
    };
    emit({ kind: 'row', row });
    return row;
  }
}
