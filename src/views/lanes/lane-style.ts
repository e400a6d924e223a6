import { useCallback } from 'react';
import { laneStyle } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import { laneLetters } from '../../protocol/lanes';
import { selectScheduleNames } from '../../store/schedules';
import { useLabStore } from '../../store/store';

export interface LaneStyle {
  letter: string;
  /** `C · Cyclically annealed (CALR)`. */
  label: string;
  /** `Cyclically annealed (CALR)`: what its schedule is called. */
  name: string;
  /** `CALR`: what its schedule is called for short. */
  short: string;
  color: string;
  dash: string;
}

/** How a lane is drawn and named, wherever it is. */
export function useLaneStyle(): (lane: string, schedule: string) => LaneStyle {
  const scheme = useScheme();
  const namesOf = useLabStore(selectScheduleNames);
  return useCallback(
    (lane, schedule) => {
      const style = laneStyle(lane, schedule);
      const { label, short } = namesOf(schedule);
      const letter = laneLetters[lane];
      return { letter, label: `${letter} · ${label}`, name: label, short, color: style[scheme], dash: style.dash };
    },
    [scheme, namesOf],
  );
}
