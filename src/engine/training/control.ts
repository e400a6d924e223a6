import { LabError } from '../errors';

/** Longest stretch of work between two turns of the event loop: the worker must hear pause and stop, and the page must not stutter. */
const longestStretchMs = 30;

/** Thrown through a run when it is stopped; the experiment catches it and keeps what was done. */
export class Stopped extends LabError {
  constructor() {
    super('cancelled', 'The run was stopped.', 'What was finished until then is kept.');
  }
}

/** Pause, resume and stop, as the training loop asks for them between two submits. */
export class RunControl {
  private stopped = false;
  private resumed: Promise<void> | null = null;
  private resolveResumed: (() => void) | null = null;
  private lastTurn: number;
  private pausedMs = 0;

  /**
   * @param now milliseconds, passed in since the clock is an effect
   * @param onPaused called when the work really rests: steps that were submitted before have been told of by then
   */
  constructor(
    private readonly now: () => number,
    private readonly onPaused: () => void = () => {},
  ) {
    this.lastTurn = now();
  }

  get paused(): boolean {
    return this.resumed !== null;
  }

  /** Milliseconds on a clock that stands still while the run is paused. */
  activeNow(): number {
    return this.now() - this.pausedMs;
  }

  pause(): void {
    this.resumed ??= new Promise((resolve) => {
      this.resolveResumed = resolve;
    });
  }

  resume(): void {
    this.resolveResumed?.();
    this.resumed = null;
  }

  stop(): void {
    this.stopped = true;
    this.resume();
  }

  /**
   * Between two pieces of work: lets the event loop turn when it is time, and waits while the run is paused.
   *
   * @throws Stopped
   */
  async turn(): Promise<void> {
    if (this.now() - this.lastTurn > longestStretchMs) {
      await nextTask();
      this.lastTurn = this.now();
    }
    if (this.resumed !== null) {
      const pausedAt = this.now();
      this.onPaused();
      // Resumed and paused again before this task went on: then there is a new promise to wait for.
      while (this.resumed !== null) {
        await this.resumed;
      }
      this.pausedMs += this.now() - pausedAt;
    }
    if (this.stopped) {
      throw new Stopped();
    }
  }
}

/** Resolves in a task of its own. A message, since timers are clamped to 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
