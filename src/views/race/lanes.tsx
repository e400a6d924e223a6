import { Button, Tooltip } from '@mantine/core';
import { Plus } from 'lucide-react';
import { laneIds } from '../../protocol/lanes';
import { traceId } from '../../store/race/race';
import { selectShownSeed, selectWhyNoLaneMore } from '../../store/race/selectors';
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
  return laneIds.map((id) => state.race.run.traces[traceId(id, seed)]?.brokenAt ?? '').join();
};

/** The lanes of the race: of the one that goes on, or of the next one. */
export function Lanes() {
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const lanes = useLabStore((state) => state.race.specification?.lanes);
  const preview = useLabStore((state) => state.race.preview);
  const controlFailure = useLabStore((state) => state.race.controlFailure);
  const previewFailure = useLabStore((state) => state.race.previewFailure);
  const broken = useLabStore(selectBroken).split(',');
  if (!catalogue || !lanes) return <div className={classes.pendingLanes} />;
  const failure = controlFailure ?? previewFailure;
  return (
    <>
      {failure && <FailureNotice {...failure} />}
      <div className={classes.lanes}>
        {lanes.map((lane, i) => {
          const brokenAt = broken[laneIds.indexOf(lane.id)];
          // While the preview of a change is on its way, the one before it stands.
          const learningRates = preview?.learningRates[i];
          return (
            <LaneCard
              key={lane.id}
              lane={lane}
              catalogue={catalogue}
              previewSteps={preview?.steps ?? null}
              previewRates={learningRates ?? null}
              brokenAt={brokenAt ? Number(brokenAt) : null}
            />
          );
        })}
      </div>
      <AddLane />
    </>
  );
}

function AddLane() {
  const session = useSession();
  const whyNot = useLabStore(selectWhyNoLaneMore);
  return (
    <Tooltip label={whyNot ?? 'One more lane, by the last one’s controls.'}>
      <Button
        fullWidth
        className={classes.add}
        variant="default"
        leftSection={<Plus size={15} />}
        data-off={whyNot !== null || undefined}
        aria-disabled={whyNot !== null}
        onClick={() => whyNot === null && session.addLane()}
      >
        Add a lane
      </Button>
    </Tooltip>
  );
}
