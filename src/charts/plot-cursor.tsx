import type { ReactNode, Ref } from 'react';
import classes from './plot-cursor.module.css';

/**
 * A line figure with an upright cursor over it. The cursor is moved by whoever holds `cursor`, by its style's `--share` (0 to 1 of the x
 * axis), so that it can follow every frame while the figure below stays as it is.
 */
export function PlotCursor({ cursor, children }: { cursor: Ref<HTMLDivElement>; children: ReactNode }) {
  return (
    <div className={classes.plot}>
      {children}
      <div ref={cursor} className={classes.cursor} aria-hidden="true" />
    </div>
  );
}
