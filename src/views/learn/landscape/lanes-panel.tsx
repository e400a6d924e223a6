import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ScheduleDescription } from '../../../protocol/catalogue';
import { laneIds } from '../../../protocol/lanes';
import { write } from '../../../store/store';
import { Panel } from '../../../ui/widgets';
import { LaneControls } from '../../lanes/lane-controls';
import { walkingPeaks } from '../../lanes/peaks';
import classes from './landscape.module.css';
import { Ball } from './lane-ball';
import type { DrawnLane, LandscapeLane } from './lanes';

interface Props {
  lanes: readonly LandscapeLane[];
  drawn: readonly DrawnLane[];
  schedules: readonly ScheduleDescription[];
}

/** Each lane's controls; lanes come and go. */
export function LanesPanel({ lanes, drawn, schedules }: Props) {
  const set = (next: LandscapeLane[]) => write.learn('landscape', { lanes: next });
  const free = laneIds.find((id) => lanes.every((lane) => lane.id !== id));
  const add = () => {
    const unused = schedules.find(({ id }) => lanes.every(({ schedule }) => schedule.id !== id)) ?? schedules[0];
    if (!free || !unused) return;
    const added = { id: free, schedule: { id: unused.id, parameters: {} }, peak: lanes.at(-1)?.peak ?? 0.1 };
    set([...lanes, added].sort((a, b) => a.id.localeCompare(b.id)));
  };
  return (
    <Panel
      title="Lanes"
      note="Each ball has a schedule of its own; start, surface and noise are the same for all."
      aside={
        <Button variant="default" size="xs" leftSection={<Plus size={15} />} disabled={!free} onClick={add}>
          Add a lane
        </Button>
      }
    >
      <div className={classes.cards}>
        {lanes.map((lane, i) => (
          <LaneControls
            key={lane.id}
            id={lane.id}
            mark={drawn[i] && <Ball lane={drawn[i]} />}
            rate={lane}
            schedules={schedules}
            peaks={walkingPeaks}
            peakHelp="The highest rate of the schedule: a step is the rate times the slope."
            onChange={(rate) => set(lanes.map((one) => (one.id === lane.id ? { ...one, ...rate } : one)))}
            actions={
              <Tooltip label={`Takes lane ${drawn[i].letter} away.`}>
                <ActionIcon
                  size={24}
                  aria-label={`Remove lane ${drawn[i].letter}`}
                  disabled={lanes.length === 1}
                  onClick={() => set(lanes.filter(({ id }) => id !== lane.id))}
                >
                  <X size={14} />
                </ActionIcon>
              </Tooltip>
            }
          />
        ))}
      </div>
    </Panel>
  );
}
