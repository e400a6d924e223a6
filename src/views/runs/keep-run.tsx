import { Button } from '@mantine/core';
import { Bookmark, Check } from 'lucide-react';
import { useId, useState } from 'react';
import { proposedName, selectCanKeep, selectRunsWait, selectShownKept } from '../../store/runs/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { FailureNotice } from '../../ui/widgets';
import { useSession } from '../session-context';
import { KeptInWindow } from './kept-in-window';
import classes from './runs.module.css';

const NONE: readonly string[] = [];

const selectSpecification = (state: LabState) => (selectCanKeep(state) ? (state.run.results?.specification ?? null) : null);

interface KeepRunProps {
  /** Something beside it says already under which name the run is kept. */
  told?: boolean;
  /** Nothing beside it says why a run could not be kept. */
  alone?: boolean;
}

/** Keeps the run on the page under a name; or says under which it is kept. */
export function KeepRun({ told = false, alone = false }: KeepRunProps) {
  const session = useSession();
  const id = useId();
  const specification = useLabStore(selectSpecification);
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const kept = useLabStore((state) => state.runs.kept);
  const onDisk = useLabStore((state) => state.runs.onDisk);
  const shown = useLabStore((state) => state.runs.shown);
  const shownKept = useLabStore(selectShownKept);
  const failure = useLabStore((state) => state.runs.failure);
  const waits = useLabStore(selectRunsWait);
  const [draft, setDraft] = useState<{ of: object; name: string } | null>(null);
  if (!specification) return null;
  const names = kept?.map(({ name }) => name) ?? NONE;
  if (shownKept) {
    return told ? null : (
      <>
        <p className={classes.isKept}>
          <Check size={15} aria-hidden="true" />
          Kept in this {onDisk ? 'browser' : 'window'} as “{shownKept.name}”.
        </p>
        {alone && !onDisk && <KeptInWindow />}
      </>
    );
  }
  const name = draft?.of === specification ? draft.name : (shown?.name ?? proposedName(specification, catalogue, names));
  return (
    <>
      <form
        className={classes.keep}
        onSubmit={(event) => {
          event.preventDefault();
          void session.saveRun(name);
        }}
      >
        <label htmlFor={id}>Keep this run as</label>
        <input
          id={id}
          value={name}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setDraft({ of: specification, name: event.currentTarget.value })}
        />
        <Button type="submit" variant="default" leftSection={<Bookmark size={15} />} disabled={waits || name.trim() === ''}>
          Keep
        </Button>
      </form>
      {alone && failure && <FailureNotice {...failure} />}
    </>
  );
}
