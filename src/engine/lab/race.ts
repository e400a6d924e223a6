import type { RaceEvent, RaceLab } from '../../protocol/race';
import { LabError } from '../errors';
import { EventBatcher } from '../event-batcher';
import { previewSchedules } from '../race/preview';
import { Race, testStart } from '../race/race';
import { validateLaneRate, validatePreview, validateRace, validateRangeTest, validateWatch } from '../race/specification';
import { RunControl } from '../training/control';
import type { LoadedData } from './data';
import type { OnDevice } from './device';
import type { LabEnvironment } from './environment';
import type { Going, Work } from './going';

/** Schedules in lockstep: the race, what is done to its lanes while it goes on, and the range test. */
export function raceVerbs(
  { now, versions }: Pick<LabEnvironment, 'now' | 'versions'>,
  going: Going,
  data: LoadedData,
  onDevice: OnDevice,
): RaceLab {
  function goingRace(): Race {
    if (!going.work?.race) {
      throw new LabError('no-data', 'There is no race going on.', 'Start one first.');
    }
    return going.work.race;
  }

  return {
    async race(specification, onEvents, watchSeconds = null) {
      going.refuseWhileRunning('Stop what is going on, or wait for its end.');
      data.refuseWhileLoading();
      const valid = data.validate(validateRace(specification));
      const watched = validateWatch(watchSeconds);
      const batcher = new EventBatcher<RaceEvent>(onEvents);
      const emit = (event: RaceEvent) => batcher.add(event);
      const control = new RunControl(now, () => emit({ kind: 'paused' }));
      const work: Work = { what: 'A race is running.', control, tell: emit };
      try {
        return await going.hold(work, () =>
          onDevice((device) => {
            const race = new Race({
              specification: valid,
              device,
              prepare: (seed) => data.prepare(valid, seed),
              control,
              emit,
              versions,
            });
            work.race = race;
            race.watch(watched);
            return race.run();
          }),
        );
      } finally {
        await batcher.flush();
      }
    },

    async watchRace(seconds) {
      goingRace().watch(validateWatch(seconds));
    },

    async changeLane(lane, rate) {
      await goingRace().changeLane(lane, validateLaneRate(rate));
    },

    async forkLane(from, lane, rate) {
      await goingRace().forkLane(from, lane, validateLaneRate(rate));
    },

    async rangeTest(specification) {
      const valid = validateRangeTest(specification);
      const race = data.validate(valid.race);
      if (going.work?.race && going.work.control.paused) {
        return going.work.race.rangeTest(valid);
      }
      going.refuseWhileRunning('Pause the race, or wait for the end of what is going on.');
      data.refuseWhileLoading();
      if (valid.lane !== null) {
        goingRace();
      }
      const control = new RunControl(now);
      return going.hold({ what: 'A range test is running.', control, tell: () => {} }, () =>
        onDevice((device) => testStart(device, valid, (seed) => data.prepare(race, seed), control)),
      );
    },

    async previewSchedules(rates, totalSteps) {
      const valid = validatePreview(rates, totalSteps);
      return previewSchedules(valid.rates, valid.totalSteps);
    },
  };
}
