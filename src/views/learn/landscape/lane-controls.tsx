import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { formatRate } from '../../../charts/format';
import type { ScheduleDescription } from '../../../protocol/catalogue';
import { write } from '../../../store/store';
import { NumberField, RangeField, SelectField } from '../../../ui/inputs';
import { Panel } from '../../../ui/widgets';
import classes from './landscape.module.css';
import { LaneBall } from './lane-ball';
import { type DrawnLane, type LandscapeLane, laneIds } from './lanes';

/** The peak on a logarithmic slider: 40 places a decade from 0.001 to 10. */
const places = 160;
const peakAt = (place: number) => Number((10 ** (place / 40 - 3)).toPrecision(2));
const placeOf = (peak: number) => Math.round(40 * (Math.log10(peak) + 3));

interface Props {
  lanes: readonly LandscapeLane[];
  drawn: readonly DrawnLane[];
  schedules: readonly ScheduleDescription[];
}

/** A card for each lane: its schedule, its peak, and the schedule's own parameters. */
export function LaneControls({ lanes, drawn, schedules }: Props) {
  const set = (next: LandscapeLane[]) => write.learn('landscape', { lanes: next });
  const change = (id: string, patch: Partial<LandscapeLane>) => set(lanes.map((lane) => (lane.id === id ? { ...lane, ...patch } : lane)));
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
        {lanes.map((lane, i) => {
          const description = schedules.find(({ id }) => id === lane.schedule.id);
          const letter = lane.id.toUpperCase();
          return (
            <fieldset key={lane.id} className={classes.card} aria-label={`Lane ${letter}`}>
              <div className={classes.cardHead}>
                {drawn[i] && <LaneBall lane={drawn[i]} />}
                <Tooltip label={`Takes lane ${letter} away.`}>
                  <ActionIcon
                    aria-label={`Remove lane ${letter}`}
                    disabled={lanes.length === 1}
                    onClick={() => set(lanes.filter(({ id }) => id !== lane.id))}
                  >
                    <Trash2 size={16} />
                  </ActionIcon>
                </Tooltip>
              </div>
              <SelectField
                label="Schedule"
                help={description?.help ?? 'How the learning rate moves from the first step to the last.'}
                value={lane.schedule.id}
                options={schedules.map(({ id, label }) => ({ value: id, label }))}
                onChange={(id) => change(lane.id, { schedule: { id, parameters: {} } })}
              />
              <RangeField
                label="Peak rate"
                help="The highest rate of the schedule: a step is the rate times the slope."
                value={placeOf(lane.peak)}
                minimum={0}
                maximum={places}
                step={1}
                text={formatRate(lane.peak)}
                onChange={(place) => change(lane.id, { peak: peakAt(place) })}
              />
              {description && (
                <details className={classes.parameters}>
                  <summary>
                    {description.parameters.length === 1 ? 'One setting more' : `${description.parameters.length} settings more`}
                  </summary>
                  <div className={classes.pairs}>
                    {description.parameters.map((parameter) => (
                      <NumberField
                        key={`${lane.schedule.id}-${parameter.name}`}
                        {...parameter}
                        value={lane.schedule.parameters[parameter.name] ?? parameter.default}
                        onChange={(value) =>
                          change(lane.id, {
                            schedule: { ...lane.schedule, parameters: { ...lane.schedule.parameters, [parameter.name]: value } },
                          })
                        }
                      />
                    ))}
                  </div>
                </details>
              )}
            </fieldset>
          );
        })}
      </div>
    </Panel>
  );
}
