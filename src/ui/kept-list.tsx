import { Button } from '@mantine/core';
import { Children, type ReactNode, useId, useRef, useState } from 'react';
import classes from './kept-list.module.css';

/** The look of a button in an entry. */
export const entryTool = { size: 'compact-sm', variant: 'default' } as const;

/**
 * What is kept from earlier visits, an entry each.
 *
 * @param empty in its place where there is nothing
 */
export function KeptList({ label, empty, children }: { label: string; empty: ReactNode; children: ReactNode }) {
  if (Children.count(children) === 0) return empty;
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

interface ForgetQuestionProps {
  name: string;
  /** The question. */
  children: ReactNode;
  onKeep(): void;
  onForget(): void;
}

/** In an entry's place, before it goes for good. The answer that loses nothing has the focus, and stands last, where the button was that asked. */
export function ForgetQuestion({ name, children, onKeep, onForget }: ForgetQuestionProps) {
  const question = useId();
  const [forgets, setForgets] = useState(false);
  return (
    <KeptEntry
      tools={
        <>
          <Button
            {...entryTool}
            className={classes.danger}
            aria-label={`Forget ${name} for good`}
            aria-describedby={question}
            disabled={forgets}
            onClick={(event) => {
              focusAround(event.currentTarget);
              setForgets(true);
              onForget();
            }}
          >
            Forget for good
          </Button>
          <Button
            {...entryTool}
            data-autofocus
            autoFocus
            aria-describedby={question}
            onClick={onKeep}
            onKeyDown={(event) => event.key === 'Escape' && onKeep()}
          >
            Keep it
          </Button>
        </>
      }
    >
      <p id={question}>{children}</p>
    </KeptEntry>
  );
}

/** An entry goes, and with it the focus would be lost; the list itself goes with its last one. So the section around it has it, by whose name one knows where one is. */
function focusAround(button: HTMLElement): void {
  const section = button.closest('section');
  if (!section) return;
  section.tabIndex = -1;
  section.focus({ preventScroll: true });
}

/**
 * What an entry is in the middle of, in place of its usual look: being renamed, being asked about. Whoever goes by the keyboard goes on where they were:
 * the button that began it has the focus when it is over.
 */
export function useDoing<Doing extends string>() {
  const [does, setDoes] = useState<Doing | null>(null);
  const opener = useRef<Doing | null>(null);
  return {
    does,
    begin(doing: Doing) {
      opener.current = doing;
      setDoes(doing);
    },
    /** @param byKey whoever left by the mouse has the focus elsewhere */
    end(byKey = true) {
      if (!byKey) opener.current = null;
      setDoes(null);
    },
    /** Of the button that begins it. */
    opener: (doing: Doing) => (button: HTMLButtonElement | null) => {
      if (!button || does !== null || opener.current !== doing) return;
      opener.current = null;
      button.focus();
    },
  };
}

/** What is said beside something, in smaller words. */
export function Aside({ children }: { children: ReactNode }) {
  return <p className={classes.aside}>{children}</p>;
}
