import type { Lab } from '../../protocol/lab';
import { catalogue } from '../experiment/catalogue';
import { analysisVerbs } from './analysis';
import { LoadedData } from './data';
import { LabDevice, type OnDevice } from './device';
import type { LabEnvironment } from './environment';
import { Going, goingVerbs } from './going';
import { keptRunVerbs } from './kept-runs';
import { LastRunSlot, lastRunVerbs } from './last-run';
import { loadVerbs } from './load';
import { landscapeVerbs, numberLineVerbs, projectionVerbs } from './pieces';
import { raceVerbs } from './race';
import { runVerbs } from './run';
import { spectrumVerbs } from './spectrum';
import { openKept, storageVerbs } from './storage';
import { SweepLayout } from './sweep-layout';
import { sweepVerbs } from './sweeps';
import { CurrentTryout, tryVerbs } from './try';

/**
 * Opens a laboratory: the few verbs that the rest of the house may call. Each part has its file in this folder, and is given the parts that it
 * needs; what has to happen in a later part when an earlier one changes is given to the earlier one here, as a function.
 */
export function createLab(environment: LabEnvironment): Lab {
  const device = new LabDevice(environment, () => tryout.release());
  const onDevice: OnDevice = (work) => device.onDevice(work);
  const going = new Going(async () => {
    // Two on one device would time each other.
    await spectrum.stopSpectrum();
    await tryout.release();
  });
  const data = new LoadedData(environment, going, () => {
    layout.forgetTasks();
    lastRun.findData();
  });
  const kept = openKept(environment);
  const layout = new SweepLayout(environment, data, kept);
  const lastRun = new LastRunSlot(going, data);
  const tryout = new CurrentTryout(environment, onDevice);

  const controls = goingVerbs(going);
  const load = loadVerbs(environment, data);
  const storage = storageVerbs(environment, data, kept);
  const spectrum = spectrumVerbs(environment, going, data, onDevice);

  return {
    ...controls,
    ...load,
    ...storage,
    ...spectrum,
    ...runVerbs(environment, going, data, onDevice, lastRun),
    ...lastRunVerbs(lastRun, onDevice),
    ...tryVerbs(lastRun, tryout),
    ...keptRunVerbs(going, onDevice, lastRun, tryout, kept),
    ...raceVerbs(environment, going, data, onDevice),
    ...sweepVerbs(environment, going, data, onDevice, layout, kept),
    ...analysisVerbs(environment, data),
    ...landscapeVerbs(environment),
    ...projectionVerbs(data, onDevice),
    ...numberLineVerbs(data),

    async open(choice, known = []) {
      going.refuseWhileRunning('The backend can be changed when the run has ended.');
      await spectrum.stopSpectrum();
      const { report } = await device.change(choice, known);
      return { catalogue: catalogue(), device: report };
    },

    async close() {
      // All are told before the first wait.
      await Promise.all([load.cancelLoad(), storage.cancelKeep(), controls.stop(), spectrum.stopSpectrum()]);
      await device.close();
      data.forget();
      lastRun.forget();
      tryout.forget();
    },
  };
}
