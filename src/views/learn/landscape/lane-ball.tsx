import classes from './landscape.module.css';
import type { DrawnLane } from './lanes';

/** A lane's ball beside its name, as it is on the surface. */
export function LaneBall({ lane }: { lane: DrawnLane }) {
  return (
    <span className={classes.laneName}>
      <span className={classes.laneBall} style={{ background: lane.color }}>
        {lane.letter}
      </span>
      {lane.short}
    </span>
  );
}
