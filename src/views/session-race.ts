import { toFailure } from '../client/failure';
import type { Lab } from '../protocol/lab';
import { laneLetters } from '../protocol/lanes';
import type { LaneRate, RaceEvent, RaceSpecification } from '../protocol/race';
import { firstFreeLane, rateOf, watchSeconds } from '../store/race/race';
import { selectLaneRates, selectRaceSteps, selectRaceWaits, takesChanges } from '../store/race/selectors';
import { isActive } from '../store/run';
import { type LabState, useLabStore, write } from '../store/store';
import { settled } from './settled';

/** A slider that is dragged makes one change of a lane, not one a pixel. */
const CHANGE_DELAY_MS = 200;
const PREVIEW_DELAY_MS = 50;

/** What a person can ask of the race. */
export interface RaceVerbs {
  startRace(): void;
  pauseRace(): void;
  resumeRace(): void;
  stopRace(): void;
  /** A lane's controls: of the next race, and from the next step on of the one that goes on. */
  setLane(id: string, rate: LaneRate): void;
  /** One more lane for the next race: a schedule that none has yet, at the last lane's peak. */
  addLane(): void;
  removeLane(id: string): void;
  /** One more lane in the race that goes on, from the weights and the optimizer's state of this one. */
  forkLane(from: string): Promise<void>;
  runRangeTest(): Promise<void>;
  /** The proposed bounds for a lane, or for all of them. */
  takeBounds(lane: string | null): void;
}

export function createRaceVerbs(lab: Lab): RaceVerbs & { dispose(): void } {
  const changes = new Map<string, ReturnType<typeof setTimeout>>();
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
  let previewVersion = 0;
  let disposed = false;

  const fail = (thrown: unknown) => write.raceFailed(toFailure(thrown));
  const race = () => useLabStore.getState().race;

  async function preview(rates: readonly LaneRate[], totalSteps: number): Promise<void> {
    const version = ++previewVersion;
    try {
      const answer = await lab.previewSchedules([...rates], totalSteps);
      // Answers may overtake each other; only the last question counts.
      if (version === previewVersion && !disposed) write.racePreview({ rates, totalSteps, ...answer });
    } catch (thrown) {
      if (version === previewVersion && !disposed) write.racePreviewFailure(toFailure(thrown));
    }
  }

  const stopWatching = useLabStore.subscribe((state, before) => {
    const [rates, totalSteps] = [selectLaneRates(state), selectRaceSteps(state)];
    if (state.lab.status !== 'ready' || totalSteps === null || rates.length === 0) return;
    if (rates === state.race.preview?.rates && totalSteps === state.race.preview.totalSteps) return;
    if (state.race.specification === before.race.specification && totalSteps === selectRaceSteps(before)) return;
    clearTimeout(previewTimer);
    previewTimer = setTimeout(() => void preview(rates, totalSteps), PREVIEW_DELAY_MS);
  });

  /** The speed that the race which goes on was told. */
  let told = false;

  // Whoever sets the speed, a person or a lesson's step, sets it for the race that goes on as well; what is set while it starts is told when it has.
  const stopTelling = useLabStore.subscribe(({ race: { watched, run } }) => {
    if (watched === told || !isActive(run.status) || run.status === 'starting') return;
    told = watched;
    // A race that ended meanwhile has nothing to hear.
    lab.watchRace(watched ? watchSeconds : null).catch(() => {});
  });

  async function execute(specification: RaceSpecification): Promise<void> {
    told = race().watched;
    write.raceStarted(specification);
    try {
      const onEvents = (events: RaceEvent[]) => {
        if (!disposed) write.raceEvents(events);
      };
      await lab.race(specification, onEvents, told ? watchSeconds : null);
      await settled(() => !isActive(race().run.status));
      if (!disposed && isActive(race().run.status)) write.raceStatus('complete');
    } catch (thrown) {
      if (!disposed) fail(thrown);
    }
  }

  /** What the race goes by, where it refused what the controls say. */
  function takeBack(id: string): void {
    const told = race().run.lanes.find((lane) => lane.id === id);
    if (told) write.raceLane(id, rateOf(told));
    else write.raceLaneRemoved(id);
  }

  function change(id: string, rate: LaneRate): void {
    clearTimeout(changes.get(id));
    changes.set(
      id,
      setTimeout(() => {
        changes.delete(id);
        if (disposed || !takesChanges(race().run)) return;
        lab.changeLane(id, rate).catch((thrown: unknown) => {
          write.raceControlFailure(toFailure(thrown));
          takeBack(id);
        });
      }, CHANGE_DELAY_MS),
    );
  }

  function setLane(id: string, rate: LaneRate): void {
    write.raceLane(id, rate);
    write.raceControlFailure(null);
    const { run } = race();
    if (takesChanges(run) && run.lanes.some((lane) => lane.id === id)) change(id, rate);
  }

  return {
    startRace() {
      const state = useLabStore.getState();
      if (!canRace(state)) return;
      void execute(state.race.specification!);
    },
    pauseRace() {
      write.raceStatus('pausing');
      lab.pause().catch(fail);
    },
    resumeRace() {
      lab.resume().catch(fail);
    },
    stopRace() {
      write.raceStatus('stopping');
      lab.stop().catch(fail);
    },
    setLane,
    addLane() {
      const lanes = race().specification?.lanes ?? [];
      const id = firstFreeLane(lanes);
      const last = lanes.at(-1);
      if (!id || !last) return;
      const { schedule, peak } = rateOf(last);
      // The same once more would only draw its line over the other.
      const unused = useLabStore
        .getState()
        .lab.catalogue?.schedules.find((candidate) => lanes.every((lane) => rateOf(lane).schedule.id !== candidate.id));
      write.raceLane(id, { schedule: unused ? { id: unused.id, parameters: {} } : schedule, peak });
    },
    removeLane: write.raceLaneRemoved,
    async forkLane(from) {
      const { specification, run } = race();
      const parent = specification?.lanes.find((lane) => lane.id === from) ?? run.lanes.find((lane) => lane.id === from);
      // Lanes that were in the race keep their letters to its end.
      const id = firstFreeLane([...(specification?.lanes ?? []), ...run.lanes]);
      if (!parent || !id) return;
      const rate = rateOf(parent);
      write.raceLane(id, rate);
      write.raceControlFailure(null);
      try {
        await lab.forkLane(from, id, rate);
      } catch (thrown) {
        write.raceControlFailure(toFailure(thrown));
        takeBack(id);
      }
    },
    async runRangeTest() {
      const { specification, rangeTest, run } = race();
      if (!specification || rangeTest.running) return;
      const { from, to, steps } = rangeTest;
      const paused = run.status === 'paused';
      const lane = paused ? (run.lanes.find(({ id }) => id === rangeTest.lane)?.id ?? run.lanes[0]?.id ?? null) : null;
      write.raceRangeTest({ running: true, failure: null });
      const tested = lane === null ? 'the weights that the race begins with' : `the weights of lane ${laneLetters[lane]} as they are now`;
      try {
        const asked = paused && run.specification ? { ...run.specification, lanes: [...run.lanes] } : specification;
        const result = await lab.rangeTest({ race: asked, lane, from, to, steps });
        if (!disposed) write.raceRangeTest({ running: false, result, tested });
      } catch (thrown) {
        if (!disposed) write.raceRangeTest({ running: false, failure: toFailure(thrown) });
      }
    },
    takeBounds(lane) {
      const state = useLabStore.getState();
      const proposal = state.race.rangeTest.result?.proposal;
      const { specification } = state.race;
      if (!proposal || !specification) return;
      for (const entry of specification.lanes) {
        if (lane === null || entry.id === lane) setLane(entry.id, boundsFor(rateOf(entry), proposal, state));
      }
    },
    dispose() {
      disposed = true;
      clearTimeout(previewTimer);
      for (const timer of changes.values()) clearTimeout(timer);
      stopWatching();
      stopTelling();
    },
  };
}

function canRace(state: LabState): boolean {
  return (
    state.lab.status === 'ready' &&
    state.data.report !== null &&
    state.race.specification !== null &&
    !isActive(state.race.run.status) &&
    selectRaceWaits(state) === null
  );
}

/** Peak = ub; floor = lb / ub where the schedule has a floor. */
function boundsFor({ schedule }: LaneRate, { lower, upper }: { lower: number; upper: number }, state: LabState): LaneRate {
  const peak = Math.min(10, Number(upper.toPrecision(3)));
  const floor = state.lab.catalogue?.schedules.find(({ id }) => id === schedule.id)?.parameters.find(({ name }) => name === 'floor');
  if (!floor) return { schedule, peak };
  const share = Math.min(floor.maximum, Math.max(floor.minimum, Number((lower / upper).toPrecision(3))));
  return { schedule: { ...schedule, parameters: { ...schedule.parameters, floor: share } }, peak };
}
