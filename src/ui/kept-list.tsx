import type { ReactNode } from 'react';
import classes from './kept-list.module.css';

/** What is kept from earlier visits, an entry each. */
export function KeptList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  );
}

/** What an entry is, and beside it (below, where it is narrow) what can be done with it. */
export function KeptEntry({ children, tools }: { children: ReactNode; tools: ReactNode }) {
  return (
    <li className={classes.entry}>
      <div className={classes.words}>{children}</div>
      <div className={classes.tools}>{tools}</div>
    </li>
  );
}

/** @param role what it is at the moment: `in use` */
export function KeptName({ children, role }: { children: ReactNode; role: string | null }) {
  return (
    <span className={classes.name}>
      {children}
      {role && <span className={classes.role}>{role}</span>}
    </span>
  );
}

/** What is said beside something, in smaller words. */
export function Aside({ children }: { children: ReactNode }) {
  return <p className={classes.aside}>{children}</p>;
}
