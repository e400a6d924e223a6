import type { ReactNode } from 'react';
import classes from './sketches.module.css';

export const WIDTH = 300;
export const HEIGHT = 120;
export const PAD = 14;

/** A drawing that says nothing that the card's words don't: hidden from a screen reader. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.sketch} aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** A line through these points, in the frame's units. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
