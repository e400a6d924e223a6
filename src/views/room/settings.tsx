import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import classes from './settings.module.css';

/** Settings of one subject, under its name. */
export function Section({ title, describedBy, children }: { title: string; describedBy?: string; children: ReactNode }) {
  return (
    <fieldset className={classes.section} aria-describedby={describedBy}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** Settings that are all closed to change at once. */
export function Fields({ name, disabled, children }: { name: string; disabled: boolean; children: ReactNode }) {
  return (
    <fieldset className={classes.fields} disabled={disabled} aria-label={name}>
      {children}
    </fieldset>
  );
}

interface FoldProps {
  title: ReactNode;
  /** Open on a wide page, where what comes of the settings stands beside them; on a narrow one it would be far below. */
  openWhereWide?: boolean;
  quiet?: boolean;
  className?: string;
  /** Or what gives them, once it is opened: what nobody sees is not drawn anew. */
  children: ReactNode | (() => ReactNode);
}

/** Settings that can be folded away. */
export function Fold({ title, openWhereWide = false, quiet = false, className = '', children }: FoldProps) {
  const [open, setOpen] = useState(() => openWhereWide && isWide());
  return (
    <details
      className={`${classes.fold} ${className}`}
      data-quiet={quiet || undefined}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <ChevronRight size={quiet ? 14 : 15} aria-hidden="true" />
        {title}
      </summary>
      {typeof children === 'function' ? open && children() : children}
    </details>
  );
}

function isWide(): boolean {
  return typeof window.matchMedia !== 'function' || !window.matchMedia('(max-width: 900px)').matches;
}

/** Fields two by two. */
export function Pairs({ children }: { children: ReactNode }) {
  return <div className={classes.pairs}>{children}</div>;
}

export function Hint({ children }: { children: ReactNode }) {
  return <p className={classes.hint}>{children}</p>;
}
