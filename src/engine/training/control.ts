import { LabError } from '../errors';

/** Longest stretch of work between two turns of the event loop: the worker must hear pause and stop, and the page must not stutter. */
const longestStretchMs = 30;

/** Thrown through a run when it is stopped; the experiment catches it and keeps what was done. */
export class Stopped extends LabError {
  constructor() {
    super('cancelled', 'The run was stopped.', 'What was finished until then is kept.');
  }
}

/** Pause, resume and stop, as the training loop asks for them between two submits; and errands that others have with what is being run. */
export class RunControl {
  private stopped = false;
  private ended = false;
  private errands: (() => Promise<void>)[] = [];
  private wake: (() => void) | null = null;
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
    this.wake?.();
  }

  resume(): void {
    this.resolveResumed?.();
    this.resumed = null;
  }

  stop(): void {
    this.stopped = true;
    this.resume();
    this.wake?.();
  }

  /**
   * Work that touches what is being run: done between two steps of it, and while it is paused. Errands are done one after the other; one that
   * fails fails its caller and not the run.
   *
   * @throws LabError `cancelled` where the run ends before the errand was done
   */
  errand<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(endedBefore());
        return;
      }
      this.errands.push(async () => {
        if (this.ended) reject(endedBefore());
        else await work().then(resolve, reject);
      });
      this.wake?.();
    });
  }

  /** The run is over: errands that were not done are refused, and so are later ones. */
  end(): void {
    this.ended = true;
    void this.doErrands();
  }

  /**
   * Between two pieces of work: lets the event loop turn when it is time, does errands, and waits while the run is paused.
   *
   * @param settle called before an errand or a rest: tells of what was submitted and not yet read
   * @throws Stopped
   */
  async turn(settle: () => Promise<void> = async () => {}): Promise<void> {
    await this.breathe();
    if (this.resumed !== null || this.errands.length > 0) {
      await settle();
      if (this.resumed === null) {
        await this.doErrands();
      }
      if (this.resumed !== null) {
        await this.rest();
      }
    }
    this.throwIfStopped();
  }

  /**
   * The event loop's turn alone, when it is time: for an errand that is long.
   *
   * @throws Stopped
   */
  async breathe(): Promise<void> {
    if (this.now() - this.lastTurn > longestStretchMs) {
      await nextTask();
      this.lastTurn = this.now();
    }
    this.throwIfStopped();
  }

  /** Rests for so long, or until somebody wants something of the run: for a run that is to be watched. */
  async linger(milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || this.resumed !== null || this.stopped || this.errands.length > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
    this.lastTurn = this.now();
  }

  /** Ends a `linger` early. */
  hurry(): void {
    this.wake?.();
  }

  private async rest(): Promise<void> {
    const pausedAt = this.now();
    this.onPaused();
    // Resumed and paused again before this task went on: then there is a new promise to wait for.
    while (this.resumed !== null) {
      const called = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      if (this.errands.length === 0) {
        await Promise.race([this.resumed, called]);
      }
      this.wake = null;
      await this.doErrands();
    }
    this.pausedMs += this.now() - pausedAt;
  }

  private async doErrands(): Promise<void> {
    for (let errand = this.errands.shift(); errand; errand = this.errands.shift()) {
      await errand();
    }
  }

  private throwIfStopped(): void {
    if (this.stopped) {
      throw new Stopped();
    }
  }
}

function endedBefore(): LabError {
  return new LabError('cancelled', 'The run ended before that was done.', 'Start it again.');
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
