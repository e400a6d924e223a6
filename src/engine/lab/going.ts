import type { Lab } from '../../protocol/lab';
import { LabError } from '../errors';
import type { Race } from '../race/race';
import type { RunControl } from '../training/control';

/** Work that holds the lab: a run, a race, a sweep, a range test. */
export interface Work {
  /** For the refusal of another one. */
  what: string;
  control: RunControl;
  /** Tells whoever watches. */
  tell(event: { kind: 'resumed' }): void;
  /** Where it is a race, once it has begun. */
  race?: Race;
}

/** What holds the lab: one thing at a time. */
export class Going {
  private held: Work | null = null;

  /** @param makeRoom ends and frees what gives way to the work */
  constructor(private readonly makeRoom: () => Promise<void>) {}

  /** Null while nothing goes on. */
  get work(): Work | null {
    return this.held;
  }

  /** Holds the lab while the work goes on. It is held before the first wait, so that a second click finds it busy. */
  async hold<T>(work: Work, run: () => Promise<T>): Promise<T> {
    this.held = work;
    try {
      await this.makeRoom();
      return await run();
    } finally {
      this.held = null;
      work.control.end();
    }
  }

  /** @throws LabError `busy` while something goes on */
  refuseWhileRunning(remedy: string): void {
    if (this.held) {
      throw new LabError('busy', this.held.what, remedy);
    }
  }
}

export function goingVerbs(going: Going): Pick<Lab, 'pause' | 'resume' | 'stop'> {
  return {
    async pause() {
      going.work?.control.pause();
    },

    async resume() {
      if (going.work?.control.paused) {
        going.work.control.resume();
        going.work.tell({ kind: 'resumed' });
      }
    },

    async stop() {
      going.work?.control.stop();
    },
  };
}
