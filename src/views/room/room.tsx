import type { ReactNode } from 'react';
import classes from './room.module.css';

interface Props {
  /** What the aside holds: its name to a screen reader. */
  name: string;
  /** The room's heading, where the stage begins without one. */
  title?: string;
  /** What is set before it starts, and the bar that starts it. */
  side: ReactNode;
  /** Before a class the settings stand above what comes of them; or beside it, where the class watches them as well. */
  presented?: 'above' | 'beside';
  children: ReactNode;
}

/** A room in which something is set, started and watched: the settings on the left, what comes of them on the right. */
export function Room({ name, title, side, presented = 'above', children }: Props) {
  return (
    <div className={classes.frame}>
      <div className={classes.room} data-presented={presented}>
        {title && <h1 className={classes.hidden}>{title}</h1>}
        <aside className={classes.side} aria-label={name}>
          {side}
        </aside>
        <div className={classes.stage}>{children}</div>
      </div>
    </div>
  );
}

/** Figures beside each other, as many as there is room for. */
export function Charts({ children }: { children: ReactNode }) {
  return <div className={classes.charts}>{children}</div>;
}
