import type { ReactNode } from 'react';
import { formatRate } from '../../charts/format';
import type { ScheduleDescription } from '../../protocol/catalogue';
import { laneLetters } from '../../protocol/lanes';
import type { LaneRate } from '../../protocol/race';
import { RangeField } from '../../ui/inputs';
import { ScheduleParameters, ScheduleSelect } from '../room/schedule-fields';
import { Fold } from '../room/settings';
import classes from './lane-controls.module.css';
import type { PeakScale } from './peaks';

interface Props {
  id: string;
  /** The lane as it is drawn, before its schedule. */
  mark: ReactNode;
  rate: LaneRate;
  schedules: readonly ScheduleDescription[];
  peaks: PeakScale;
  peakHelp: string;
  onChange(rate: LaneRate): void;
  /** What else can be done with it. */
  actions: ReactNode;
  /** Between its schedule and its peak. */
  children?: ReactNode;
}

/** One lane, of a race or of the landscape: its schedule, its peak, the schedule's shape. */
export function LaneControls({ id, mark, rate, schedules, peaks, peakHelp, onChange, actions, children }: Props) {
  const { schedule, peak } = rate;
  const fields = { schedules, schedule, onChange: (next: LaneRate['schedule']) => onChange({ schedule: next, peak }) };
  return (
    <fieldset className={classes.card} aria-label={`Lane ${laneLetters[id]}`}>
      <div className={classes.head}>
        {mark}
        <div className={classes.schedule}>
          <ScheduleSelect {...fields} labelHidden />
        </div>
      </div>
      {children}
      <RangeField
        label="Peak rate"
        help={peakHelp}
        text={formatRate(peak)}
        value={peaks.placeOf(peak)}
        minimum={0}
        maximum={peaks.places}
        step={1}
        onChange={(place) => onChange({ schedule, peak: peaks.peakAt(place) })}
      />
      <div className={classes.foot}>
        {schedules.some(({ id: known, parameters }) => known === schedule.id && parameters.length > 0) && (
          <Fold title="Shape" quiet>
            {() => (
              <div className={classes.shape}>
                <ScheduleParameters {...fields} />
              </div>
            )}
          </Fold>
        )}
        <div className={classes.actions}>{actions}</div>
      </div>
    </fieldset>
  );
}
