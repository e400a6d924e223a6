import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { formatBytes, formatTime } from '../../charts/format';
import type { SavedRun } from '../../protocol/runs';
import { runSummary, selectRunsWait } from '../../store/runs/selectors';
import { useLabStore } from '../../store/store';
import { DropZone } from '../../ui/drop-zone';
import { Aside, entryTool, ForgetQuestion, KeptEntry, KeptList, KeptName, useDoing } from '../../ui/kept-list';
import { FailureNotice, Panel } from '../../ui/widgets';
import { useHidden } from '../hideable';
import { useSession } from '../session-context';
import { useLabFiles } from '../shell/use-lab-files';
import { KeepRun } from './keep-run';
import { KeptInWindow } from './kept-in-window';
import { OpenQuestion } from './open-question';
import classes from './runs.module.css';
import { ShownRun } from './shown-run';

/** Loaded when it is first opened, with what writes links. */
const RunLink = lazy(() => import('./run-link'));

/** The runs that the browser keeps: to open, rename, download, pass on as a link, and forget. */
export function KeptRuns() {
  const session = useSession();
  const openLabFiles = useLabFiles();
  const kept = useLabStore((state) => state.runs.kept);
  const onDisk = useLabStore((state) => state.runs.onDisk);
  const failure = useLabStore((state) => state.runs.failure);
  const busy = useLabStore((state) => state.runs.busy);
  const opened = useLabStore((state) => state.runs.check !== null);
  const waits = useLabStore(selectRunsWait);
  const noOwnFiles = useHidden('own-data');
  const [linked, setLinked] = useState<SavedRun | null>(null);
  useEffect(() => void session.listRuns(), [session]);
  return (
    <Panel
      className="print-hides"
      title="Kept runs"
      note={`Results, charts and models, in this ${onDisk ? 'browser alone, until you forget them' : 'window alone, until it is closed'}. The sentences and the pretrained table are not among it.`}
    >
      <div className={classes.panel}>
        {!onDisk && <KeptInWindow />}
        <ShownRun />
        <KeepRun told={opened} />
        {failure && <FailureNotice {...failure} />}
        {kept !== null && (
          <KeptList
            label="Kept runs"
            empty={<Aside>None yet. A run that is kept is here {onDisk ? 'at the next visit' : 'until the window is closed'}.</Aside>}
          >
            {kept.map((run) => (
              <Entry key={run.id} run={run} waits={waits} onLink={() => setLinked(run)} />
            ))}
          </KeptList>
        )}
        {!noOwnFiles && (
          <DropZone
            label="Open a run’s file"
            multiple={false}
            disabled={waits}
            onFiles={(files) => void openLabFiles(files, ([file]) => void session.openRun({ kind: 'file', file, name: file.name }))}
          >
            A .run.zip that this page wrote, here or elsewhere: choose it, or drop it anywhere on the page.
          </DropZone>
        )}
        <p role="status" className={classes.status}>
          {busy && `Working on “${busy}”…`}
        </p>
      </div>
      {linked && (
        <Suspense>
          <RunLink run={linked} onClose={() => setLinked(null)} />
        </Suspense>
      )}
      <OpenQuestion />
    </Panel>
  );
}

function Entry({ run, waits, onLink }: { run: SavedRun; waits: boolean; onLink: () => void }) {
  const session = useSession();
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const isShown = useLabStore((state) => state.runs.shown?.id === run.id);
  const noDownloads = useHidden('downloads');
  const { does, begin, end, opener } = useDoing<'rename' | 'forget'>();
  const { id, name, savedAt, bytes, specification, models, damage } = run;
  if (does === 'forget') {
    return (
      <ForgetQuestion name={name} onKeep={() => end()} onForget={() => void session.forgetRun(run)}>
        Forget <b>{name}</b>? Its models and charts are gone then.
      </ForgetQuestion>
    );
  }
  return (
    <KeptEntry
      tools={
        <>
          {specification && (
            <>
              <Button
                {...entryTool}
                disabled={waits}
                aria-label={`Open ${name}`}
                onClick={() => void session.openRun({ kind: 'kept', id, name })}
              >
                Open
              </Button>
              <Button {...entryTool} aria-label={`Rename ${name}`} ref={opener('rename')} onClick={() => begin('rename')}>
                Rename
              </Button>
              {!noDownloads && (
                <Button {...entryTool} aria-label={`Download ${name}`} onClick={() => void session.downloadRun(run, name)}>
                  Download
                </Button>
              )}
              <Button {...entryTool} aria-label={`Link to the experiment of ${name}`} onClick={onLink}>
                Link
              </Button>
            </>
          )}
          <Button {...entryTool} aria-label={`Forget ${name}`} ref={opener('forget')} onClick={() => begin('forget')}>
            Forget
          </Button>
        </>
      }
    >
      {does === 'rename' ? (
        <Rename
          name={name}
          onName={(wanted, byKey) => {
            end(byKey);
            if (wanted !== null && wanted.trim() !== '' && wanted !== name) void session.renameRun(id, wanted);
          }}
        />
      ) : (
        <KeptName role={isShown ? 'on the page' : null}>{name}</KeptName>
      )}
      {specification && <Aside>{runSummary(specification, catalogue)}</Aside>}
      <Aside>{damage ?? `${formatTime(savedAt)} · ${models} ${models === 1 ? 'model' : 'models'} · ${formatBytes(bytes)}`}</Aside>
    </KeptEntry>
  );
}

/** Takes a name by Enter or by leaving the field; Escape leaves it as it was. */
function Rename({ name, onName }: { name: string; onName: (wanted: string | null, byKey: boolean) => void }) {
  const id = useId();
  const [draft, setDraft] = useState(name);
  const over = useRef(false);
  // A field that goes while it has the focus is left, too.
  const end = (wanted: string | null, byKey: boolean) => {
    if (over.current) return;
    over.current = true;
    onName(wanted, byKey);
  };
  return (
    <form
      className={classes.rename}
      onSubmit={(event) => {
        event.preventDefault();
        end(draft, true);
      }}
    >
      <label htmlFor={id}>New name</label>
      <input
        id={id}
        // biome-ignore lint/a11y/noAutofocus: the visitor has just asked for it
        autoFocus
        value={draft}
        maxLength={80}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && end(null, true)}
        onBlur={() => end(draft, false)}
      />
    </form>
  );
}
