import type { LabEvent } from '../../protocol/events';

/** Before this share is done, an estimate of the time left would be a guess. */
const firstEstimate = 0.02;

/** Share of the work done and time left, from the cost of each training step and the time that passed while not paused. */
export class ProgressMeter {
  private done = 0;
  private activeMs = 0;
  private lastAt: number;

  /**
   * @param total cost of everything that will be run, in any unit
   * @param now milliseconds, on a clock that stands still while the run is paused
   */
  constructor(
    private readonly total: number,
    private readonly now: () => number,
    private readonly emit: (event: Extract<LabEvent, { kind: 'progress' }>) => void,
  ) {
    this.lastAt = now();
  }

  add(cost: number, label: string): void {
    const at = this.now();
    this.activeMs += at - this.lastAt;
    this.lastAt = at;
    this.done = Math.min(this.total, this.done + cost);
    const share = this.total > 0 ? this.done / this.total : 1;
    this.emit({
      kind: 'progress',
      label,
      done: share,
      secondsLeft: share < firstEstimate ? null : ((this.activeMs / 1000) * (1 - share)) / share,
    });
  }
}
