import type { ExportLab } from '../../protocol/export';
import type { Lab } from '../../protocol/lab';
import { LabError } from '../errors';
import { exportModel, testPredictions } from '../experiment/export';
import { type LastRun, trainedModel } from '../experiment/last-run';
import type { FinishedModel } from '../experiment/run';
import type { StoredRun } from '../runs/file';
import { withLoaded } from '../runs/opened';
import type { LoadedData } from './data';
import type { OnDevice } from './device';
import type { Going } from './going';

/** Where the last run is, of this visit or opened from an earlier one, for whoever tries, exports or keeps it. */
export class LastRunSlot {
  private run: LastRun | null = null;

  constructor(
    private readonly going: Going,
    private readonly data: LoadedData,
  ) {}

  /** None before there was a run. */
  get models(): readonly FinishedModel[] {
    return this.run?.models ?? [];
  }

  /**
   * What the last run left, while nothing goes on: a run's device is busy, and at its end it puts its own models in their place.
   *
   * @throws LabError `no-data` before there was one, `busy` while something goes on
   */
  finished(): LastRun {
    if (!this.run) throw new LabError('no-data', 'There is no trained model yet.', 'Run the experiment first.');
    this.going.refuseWhileRunning('Wait for the end of the run, or stop it.');
    return this.run;
  }

  put(run: LastRun): void {
    this.run = run;
  }

  /** Makes a run of an earlier visit the last one. */
  adopt(run: StoredRun): LastRun {
    const opened = this.withLoaded(run);
    this.run = opened;
    return opened;
  }

  /** When other data are there: a run that was opened without its own may find them now. */
  findData(): void {
    if (this.run && !this.run.prepared) this.run = this.withLoaded(this.run);
  }

  forget(): void {
    this.run = null;
  }

  private withLoaded(run: StoredRun): LastRun {
    const { loaded } = this.data;
    const prepare = ({ specification }: StoredRun) => this.data.prepare(specification, specification.seeds[0]);
    return withLoaded(run, loaded && { ...loaded, prepare });
  }
}

/** The last run's models, and what they are written down as. */
export function lastRunVerbs(lastRun: LastRunSlot, onDevice: OnDevice): ExportLab & Pick<Lab, 'trainedModels'> {
  return {
    async trainedModels() {
      return lastRun.models.map(trainedModel);
    },

    async exportModel(model, format) {
      return exportModel(lastRun.finished(), model, format);
    },

    async testPredictions(model) {
      const run = lastRun.finished();
      return onDevice((device) => testPredictions(run, model, device));
    },
  };
}
