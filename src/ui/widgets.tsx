import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './widgets.module.css';

export function Panel({
  title,
  note,
  aside,
  children,
  className,
}: {
  title?: string;
  note?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={className ? `${classes.panel} ${className}` : classes.panel} aria-label={title}>
      {(title || aside) && (
        <header className={classes.panelHead}>
          <div className={classes.panelWords}>
            {title && <h2 className={classes.panelTitle}>{title}</h2>}
            {note && <p className={classes.panelNote}>{note}</p>}
          </div>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

/** The head of a room: what it is, in a line, and what can be done with all of it. */
export function RoomHead({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <header className={classes.roomHead}>
      <div>
        <h1 className={classes.roomTitle}>{title}</h1>
        <p className={classes.roomNote}>{children}</p>
      </div>
      {aside && <div className={classes.roomAside}>{aside}</div>}
    </header>
  );
}

export interface StatTileProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  /** A method's swatch. */
  mark?: ReactNode;
}

export function StatTile({ label, value, note, mark }: StatTileProps) {
  return (
    <div className={classes.stat}>
      <span className={classes.statLabel}>
        {mark}
        {label}
      </span>
      <span className={classes.statValue}>{value}</span>
      {note && <span className={classes.statNote}>{note}</span>}
    </div>
  );
}

export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <svg width="72" height="48" viewBox="0 0 72 48" aria-hidden="true" className={classes.emptyMark}>
        <rect x="1" y="1" width="13" height="46" rx="2" />
        <rect x="22" y="1" width="49" height="13" rx="2" />
      </svg>
      <h2 className={classes.emptyTitle}>{title}</h2>
      <p className={classes.emptyText}>{children}</p>
      {action}
    </div>
  );
}

/** What went wrong and what to do, as text: names from a visitor's files may hold anything. */
export function FailureNotice({ message, remedy, action }: { message: string; remedy: string; action?: ReactNode }) {
  return (
    <div className={classes.failure} role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div>
        <p className={classes.failureMessage}>{message}</p>
        <p>{remedy}</p>
        {action && <div className={classes.failureAction}>{action}</div>}
      </div>
    </div>
  );
}

export function WarningNotice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.warning}>
      <TriangleAlert size={16} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}

export function ProgressBar({ label, done }: { label: string /** 0 to 1, or null where the end is unknown. */; done: number | null }) {
  return (
    <div
      className={classes.progress}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done === null ? undefined : Math.round(100 * done)}
    >
      <div className={done === null ? classes.progressUnknown : classes.progressFill} style={{ transform: `scaleX(${done ?? 0.3})` }} />
    </div>
  );
}

/** Terms and their values, in one aligned grid. */
export function Facts({ entries }: { entries: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {entries.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
