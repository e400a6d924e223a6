import { laneStyle } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import { selectScheduleLabel } from '../../store/race/selectors';
import { useLabStore } from '../../store/store';

/** A lane's letter, as the screen writes it. */
export function letterOf(lane: string): string {
  return lane.toUpperCase();
}

/** How a lane is drawn and named, wherever it is. */
export function useLaneStyle(): (lane: string, schedule: string) => { color: string; dash: string; label: string } {
  const scheme = useScheme();
  const labelOf = useLabStore(selectScheduleLabel);
  return (lane, schedule) => {
    const style = laneStyle(lane, schedule);
    return { color: style[scheme], dash: style.dash, label: `${letterOf(lane)}  ${labelOf(schedule)}` };
  };
}
