import classes from './landscape.module.css';
import type { DrawnLane } from './lanes';

/** A lane's ball, as it is on the surface. */
export function Ball({ lane }: { lane: DrawnLane }) {
  return (
    <span className={classes.laneBall} style={{ background: lane.color }}>
      {lane.letter}
    </span>
  );
}

/** The ball, and what its schedule is called for short. */
export function LaneBall({ lane }: { lane: DrawnLane }) {
  return (
    <span className={classes.laneName}>
      <Ball lane={lane} />
      {lane.short}
    </span>
  );
}
