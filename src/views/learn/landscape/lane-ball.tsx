import { VisuallyHidden } from '@mantine/core';
import classes from './landscape.module.css';
import type { DrawnLane } from './lanes';

/** A lane's ball beside its name, as it is on the surface. */
export function LaneBall({ lane, named = true }: { lane: DrawnLane; named?: boolean }) {
  const name = lane.label.slice(lane.label.indexOf('·') + 2);
  return (
    <span className={classes.laneName}>
      <span className={classes.laneBall} style={{ background: lane.color }}>
        {lane.letter}
      </span>
      {named ? name : <VisuallyHidden>{name}</VisuallyHidden>}
    </span>
  );
}
