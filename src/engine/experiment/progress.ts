import type { LabEvent } from '../../protocol/events';

/** Before this share is done, an estimate of the time left would be a guess. */
const firstEstimate = 0.02;

/** Work of one kind: what is measured of a part of it tells of the rest. */
interface Part {
  /** Cost of all of it, and of what is done. */
  total: number;
  done: number;
  /** What the part that is done took. */
  milliseconds: number;
  /** What should be done by now. */
  over: number;
}

/** Whoever is told how far work of several kinds has come, in costs that were counted ahead. */
export interface WorkMeter {
  /** What went before is none of the work that comes. */
  begin(): void;
  /** Work was done since the last call. */
  add(kind: string, cost: number, label: string): void;
  /** So much of a kind's work is over, done or not. */
  over(kind: string, cost: number): void;
}

/**
 * Share of the work done and time left. Work of several kinds (methods) has a cost counted ahead, in one unit; how long a unit takes is
 * measured for each kind as it runs, and what has not run yet is taken to be as fast as all that has.
 */
export class ProgressMeter implements WorkMeter {
  private readonly parts: ReadonlyMap<string, Part>;
  private activeMs = 0;
  private lastAt: number;
  private share = 0;

  /**
   * @param costs of everything that will be run, by kind, in any unit
   * @param now milliseconds, on a clock that stands still while the run is paused
   */
  constructor(
    costs: ReadonlyMap<string, number>,
    private readonly now: () => number,
    private readonly emit: (event: Extract<LabEvent, { kind: 'progress' }>) => void,
  ) {
    this.parts = new Map([...costs].map(([kind, total]) => [kind, { total, done: 0, milliseconds: 0, over: 0 }]));
    this.lastAt = now();
  }

  /** What went before, such as a factorization, is none of the steps that come: it counts as time spent, and tells nothing of their speed. */
  begin(): void {
    this.pass();
  }

  /** So much of a kind's work is over, done or not: a training that breaks ends early, and what is left of it won't come. */
  over(kind: string, cost: number): void {
    const part = this.part(kind);
    part.over += cost;
    const missing = part.over - part.done;
    if (missing > 0) {
      part.total -= missing;
      part.over = part.done;
    }
  }

  /** Work was done since the last call. */
  add(kind: string, cost: number, label: string): void {
    const part = this.part(kind);
    part.milliseconds += this.pass();
    part.done = Math.min(part.total, part.done + cost);
    const left = this.millisecondsLeft();
    const share = this.activeMs + left > 0 ? this.activeMs / (this.activeMs + left) : 1;
    // A correction of the estimate does not take back what was shown.
    this.share = left === 0 ? 1 : Math.max(this.share, share);
    this.emit({
      kind: 'progress',
      label,
      done: this.share,
      secondsLeft: this.share < firstEstimate ? null : left / 1000,
    });
  }

  private part(kind: string): Part {
    const part = this.parts.get(kind);
    if (!part) throw new RangeError(`progress of "${kind}", which was not planned`);
    return part;
  }

  private pass(): number {
    const at = this.now();
    const passed = at - this.lastAt;
    this.lastAt = at;
    this.activeMs += passed;
    return passed;
  }

  private millisecondsLeft(): number {
    const parts = [...this.parts.values()];
    const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
    const done = sum((part) => part.done);
    const perUnit = done > 0 ? sum(({ milliseconds }) => milliseconds) / done : 0;
    // Another seed's table may cost a little more than was counted for it.
    return sum((part) => Math.max(0, part.total - part.done) * (part.done > 0 ? part.milliseconds / part.done : perUnit));
  }
}
