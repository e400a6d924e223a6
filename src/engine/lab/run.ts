import type { LabEvent } from '../../protocol/events';
import type { Lab } from '../../protocol/lab';
import { Recorder } from '../device/recorder';
import { EventBatcher } from '../event-batcher';
import { runData } from '../experiment/last-run';
import { dataShape, planExperiment } from '../experiment/plan';
import { runExperiment } from '../experiment/run';
import { RunLog } from '../experiment/run-log';
import { validateSpecification } from '../experiment/specification';
import { RunControl } from '../training/control';
import type { LoadedData } from './data';
import type { OnDevice } from './device';
import type { LabEnvironment } from './environment';
import type { Going } from './going';
import type { LastRunSlot } from './last-run';

/** The experiment: what it comes to, and its run, which becomes the last one. */
export function runVerbs(
  { now, versions }: Pick<LabEnvironment, 'now' | 'versions'>,
  going: Going,
  data: LoadedData,
  onDevice: OnDevice,
  lastRun: LastRunSlot,
): Pick<Lab, 'plan' | 'run'> {
  return {
    async plan(specification) {
      const valid = data.validate(validateSpecification(specification));
      return planExperiment(valid, dataShape(data.prepare(valid, valid.seeds[0])));
    },

    async run(specification, onEvents, { splitSteps } = { splitSteps: false }) {
      going.refuseWhileRunning('Stop the run that is going on, or wait for its end.');
      data.refuseWhileLoading();
      const valid = data.validate(validateSpecification(specification));
      const batcher = new EventBatcher<LabEvent>(onEvents);
      const log = new RunLog();
      const emit = (event: LabEvent) => {
        batcher.add(event);
        log.add(event);
      };
      const control = new RunControl(now, () => emit({ kind: 'paused' }));
      try {
        const { results, models, outcome } = await going.hold({ what: 'An experiment is running.', control, tell: emit }, () =>
          onDevice((device) =>
            runExperiment({
              specification: valid,
              device,
              prepare: (seed) => data.prepare(valid, seed),
              control,
              recording: { recorder: new Recorder(now, data.readingMs), splitSteps },
              emit,
              versions,
            }),
          ),
        );
        // A run that was stopped at once has no models: the last ones stay.
        if (models.length > 0) {
          const { vectors, dataset } = data.get();
          const licences = [vectors, dataset].flatMap(({ licence, source }) => (licence ? [{ of: source.name, text: licence }] : []));
          const prepared = data.prepare(valid, valid.seeds[0]);
          const { events, stepsLeftOut } = log;
          const left = { models, results, outcome, events, stepsLeftOut, licences };
          lastRun.put({ specification: valid, data: runData(prepared), prepared, vectors, ...left });
        }
        return results;
      } finally {
        await batcher.flush();
      }
    },
  };
}
