import type { Catalogue } from '../../protocol/catalogue';
import type { DataReport } from '../../protocol/data';
import type { LabFailure } from '../../protocol/failure';
import type { LaneRate, LaneSpecification, RaceEvent, RaceSpecification } from '../../protocol/race';
import type { RunStatus } from '../run';
import type { LabState } from '../store';
import { foldRace } from './fold';
import { IDLE_RACE, laneAt, type RacePreview, type RaceState, type RangeTest } from './race';
import { defaultRace, raceOn } from './specification';

/** How the store takes a change. */
export type SetState = (change: (state: LabState) => Partial<LabState>) => void;

/** The race's writes, beside those of the rest of the lab. */
export function raceWrites(set: SetState) {
  const race = (change: (race: RaceState) => Partial<RaceState>) => set((state) => ({ race: { ...state.race, ...change(state.race) } }));
  const lanes = (change: (lanes: readonly LaneSpecification[]) => LaneSpecification[]) =>
    race(({ specification }) => (specification ? { specification: { ...specification, lanes: change(specification.lanes) } } : {}));
  return {
    /** What the next race is to do; before there is data it is kept for then. */
    raceSpecification: (patch: Partial<RaceSpecification>) =>
      race(({ specification, pending }) =>
        specification ? { specification: { ...specification, ...patch } } : { pending: { ...pending, ...patch } },
      ),
    raceWatched: (watched: boolean) => race(() => ({ watched })),
    /** The race follows what is loaded. */
    raceData: (catalogue: Catalogue, report: DataReport) =>
      race(({ specification, pending }) => ({
        specification: raceOn({ ...(specification ?? defaultRace(catalogue)), ...pending }, report),
        pending: {},
      })),
    /** A lane's controls, new or changed. */
    raceLane: (id: string, rate: LaneRate) =>
      lanes((known) =>
        known.some((lane) => lane.id === id)
          ? known.map((lane) => (lane.id === id ? laneAt(id, rate) : lane))
          : [...known, laneAt(id, rate)].sort((a, b) => a.id.localeCompare(b.id)),
      ),
    raceLaneRemoved: (id: string) => lanes((known) => known.filter((lane) => lane.id !== id)),
    raceStarted: (specification: RaceSpecification) =>
      set(({ race: before, sweep }) => ({
        race: {
          ...before,
          run: { ...IDLE_RACE, status: 'starting', specification, lanes: specification.lanes },
          isLatest: true,
          controlFailure: null,
          view: { ...before.view, seed: null },
        },
        sweep: { ...sweep, isLatest: false },
      })),
    raceStatus: (status: RunStatus) => race(({ run }) => ({ run: { ...run, status } })),
    raceFailed: (failure: LabFailure) => race(({ run }) => ({ run: { ...run, status: 'failed', failure } })),
    raceEvents: (events: readonly RaceEvent[]) => race(({ run }) => ({ run: foldRace(run, events) })),
    raceControlFailure: (controlFailure: LabFailure | null) => race(() => ({ controlFailure })),
    racePreview: (preview: RacePreview) => race(() => ({ preview, previewFailure: null })),
    racePreviewFailure: (previewFailure: LabFailure) => race(() => ({ previewFailure })),
    raceRangeTest: (patch: Partial<RangeTest>) => race(({ rangeTest }) => ({ rangeTest: { ...rangeTest, ...patch } })),
    raceView: (patch: Partial<RaceState['view']>) => race(({ view }) => ({ view: { ...view, ...patch } })),
  };
}
