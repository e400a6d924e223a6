import { Button, Tooltip } from '@mantine/core';
import { Plus } from 'lucide-react';
import { firstFreeLane, LANE_IDS, rateOf, traceId } from '../../store/race/race';
import { selectLaneRates, selectShownSeed, takesChanges } from '../../store/race/selectors';
import { isActive } from '../../store/run';
import { type LabState, useLabStore } from '../../store/store';
import { FailureNotice } from '../../ui/widgets';
import { useSession } from '../session-context';
import { LaneCard } from './lane-card';
import classes from './race-room.module.css';

/** By lane, at which step it broke with the shown seed: a string, so that the store's answer is compared by value. */
const selectBroken = (state: LabState) => {
  const seed = selectShownSeed(state);
  if (seed === null || !isActive(state.race.run.status)) return '';
  return LANE_IDS.map((id) => state.race.run.traces[traceId(id, seed)]?.brokenAt ?? '').join();
};

/** The lanes of the race: of the one that goes on, or of the next one. */
export function Lanes() {
  const session = useSession();
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const lanes = useLabStore((state) => state.race.specification?.lanes);
  const rates = useLabStore(selectLaneRates);
  const preview = useLabStore((state) => state.race.preview);
  const status = useLabStore((state) => state.race.run.status);
  const runLanes = useLabStore((state) => state.race.run.lanes);
  const controlFailure = useLabStore((state) => state.race.controlFailure);
  const previewFailure = useLabStore((state) => state.race.previewFailure);
  const broken = useLabStore(selectBroken).split(',');
  if (!catalogue || !lanes) return <div className={classes.pendingLanes} />;
  const active = isActive(status);
  const free = firstFreeLane(active ? [...lanes, ...runLanes] : lanes);
  const failure = controlFailure ?? previewFailure;
  const whyNoAdd = active ? 'While a race goes on, a lane comes in as a fork of another one.' : free === null ? 'Six lanes at most.' : null;
  const keeps = active ? 'A lane is taken out between races.' : lanes.length < 2 ? 'A race has one lane at least.' : null;
  return (
    <>
      {failure && <FailureNotice {...failure} />}
      <div className={classes.lanes}>
        {lanes.map((lane, i) => {
          const brokenAt = broken[LANE_IDS.indexOf(lane.id)];
          // While the preview of a change is on its way, the one before it stands.
          const learningRates = preview?.learningRates[i];
          return (
            <LaneCard
              key={lane.id}
              id={lane.id}
              rate={rates[i] ?? rateOf(lane)}
              catalogue={catalogue}
              previewSteps={preview?.steps ?? null}
              previewRates={learningRates ?? null}
              canFork={takesChanges(status) && free !== null && runLanes.some(({ id }) => id === lane.id)}
              keeps={keeps}
              laterSteps={lane.segments
                .slice(1)
                .map(({ fromStep }) => fromStep)
                .join(', ')}
              brokenAt={brokenAt ? Number(brokenAt) : null}
            />
          );
        })}
      </div>
      <Tooltip label={whyNoAdd ?? 'One more lane, by the last one’s controls.'}>
        <Button
          fullWidth
          variant="default"
          leftSection={<Plus size={15} />}
          data-off={whyNoAdd !== null || undefined}
          aria-disabled={whyNoAdd !== null}
          onClick={() => whyNoAdd === null && session.addLane()}
        >
          Add a lane
        </Button>
      </Tooltip>
    </>
  );
}
