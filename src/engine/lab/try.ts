import type { TryLab } from '../../protocol/try';
import type { LastRun } from '../experiment/last-run';
import { Tryout } from '../trying/tryout';
import type { OnDevice } from './device';
import type { LabEnvironment } from './environment';
import type { LastRunSlot } from './last-run';

/** The models of the last run that was tried out; their networks stay on the device until something else needs it. */
export class CurrentTryout {
  private tryout: Tryout | null = null;

  constructor(
    private readonly environment: Pick<LabEnvironment, 'now'>,
    private readonly onDevice: OnDevice,
  ) {}

  /** A run's models, ready to be tried; those of another run give way. */
  of(run: LastRun): Tryout {
    if (this.tryout?.run === run) return this.tryout;
    void this.tryout?.release();
    this.tryout = new Tryout(run, { onDevice: this.onDevice, now: this.environment.now });
    return this.tryout;
  }

  stopNeighbourOverlap(): void {
    this.tryout?.stopNeighbourOverlap();
  }

  /** Gives up what is being answered, and frees the networks. */
  async release(): Promise<void> {
    await this.tryout?.release();
  }

  forget(): void {
    this.tryout = null;
  }
}

/** Questions to the last run's models. */
export function tryVerbs(lastRun: LastRunSlot, current: CurrentTryout): TryLab {
  const tryout = () => current.of(lastRun.finished());
  return {
    classify: async (texts) => tryout().classify(texts),
    contributions: async (text) => tryout().contributions(text),
    disagreements: async (options) => tryout().disagreements(options),
    tableNeighbours: async (word) => tryout().tableNeighbours(word),
    neighbourOverlap: async (onProgress) => tryout().neighbourOverlap(onProgress),
    stopNeighbourOverlap: async () => current.stopNeighbourOverlap(),
  };
}
