import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatTime } from '../../charts/format';
import type { KeptSweep } from '../../protocol/sweep';
import { isActive } from '../../store/run';
import { useLabStore, write } from '../../store/store';
import { sweepDifferences } from '../../store/sweep/differences';
import { sameSpecification } from '../../store/sweep/selectors';
import { Dialog } from '../../ui/dialog';
import { DropZone } from '../../ui/drop-zone';
import { Aside, entryTool, ForgetQuestion, KeptEntry, KeptList, KeptName, useDoing } from '../../ui/kept-list';
import { FailureNotice } from '../../ui/widgets';
import { NothingOnDisk } from '../nothing-on-disk';
import { Hint } from '../room/settings';
import { useSession } from '../session-context';
import { useLabFiles } from '../shell/use-lab-files';
import { DifferencesTable } from './differences-table';
import { sweepWords, useNames } from './names';
import { saveSweepResults } from './save-results';
import classes from './sweep-room.module.css';

/** What the browser keeps of sweeps: open one, go on with it, set two against each other, forget them; a file of results is as good. */
export function KeptSweeps() {
  const session = useSession();
  const openLabFiles = useLabFiles();
  const kept = useLabStore((state) => state.sweep.kept);
  const onDisk = useLabStore((state) => state.sweep.onDisk);
  const hasCells = useLabStore(({ sweep }) => (sweep.run.results?.cells.length ?? 0) > 0);
  const failure = useLabStore((state) => state.sweep.keptFailure);
  const active = useLabStore((state) => isActive(state.sweep.run.status));
  const compared = useLabStore((state) => state.sweep.view.compared);
  const [showsDifferences, setShowsDifferences] = useState(false);
  const names = useNames();
  const [first, second] = compared.map((id) => kept?.find((one) => one.id === id)?.specification ?? null);
  return (
    <section className={classes.kept} aria-label="Kept sweeps">
      <h2 className={classes.subtitle}>Kept in this {onDisk ? 'browser' : 'window'}</h2>
      {!onDisk && (hasCells || (kept?.length ?? 0) > 0) && (
        <NothingOnDisk onSave={hasCells ? () => void saveSweepResults(session) : null} />
      )}
      <KeptList
        label="Kept sweeps"
        empty={<Hint>Nothing yet. What a sweep has finished is kept here until you {onDisk ? 'forget it' : 'close the window'}.</Hint>}
      >
        {kept?.map((one) => (
          <Kept key={one.id} kept={one} active={active} />
        ))}
      </KeptList>
      {first && second && (
        <Button size="compact-sm" variant="default" onClick={() => setShowsDifferences(true)}>
          Show what differs
        </Button>
      )}
      {showsDifferences && first && second && (
        <Dialog title="What differs between two sweeps" size="lg" onClose={() => setShowsDifferences(false)}>
          <DifferencesTable
            names={[sweepWords(first, names), sweepWords(second, names)]}
            differences={sweepDifferences(first, second, names)}
          />
        </Dialog>
      )}
      <DropZone
        label="Open results"
        multiple={false}
        disabled={active}
        onFiles={(files) => void openLabFiles(files, ([file]) => void session.importSweepFile(file))}
      >
        A results.json of a sweep, of this page or of the command line: choose it, or drop it anywhere on the page.
      </DropZone>
      {failure && <FailureNotice {...failure} />}
    </section>
  );
}

function Kept({ kept: { id, specification, cells, plannedCells, damage, changedAt }, active }: { kept: KeptSweep; active: boolean }) {
  const session = useSession();
  const names = useNames();
  const compared = useLabStore((state) => state.sweep.view.compared);
  const shown = useLabStore(({ sweep }) =>
    sweep.run.results && specification ? sameSpecification(sweep.run.results.specification, specification) : false,
  );
  const words = specification ? sweepWords(specification, names) : 'A sweep that can’t be read any more';
  const toggle = () =>
    // The third takes the place of the first.
    write.sweepView({ compared: compared.includes(id) ? compared.filter((one) => one !== id) : [...compared, id].slice(-2) });
  const { does, begin, end, opener } = useDoing<'forget'>();
  if (does === 'forget') {
    return (
      <ForgetQuestion name={words} onKeep={() => end()} onForget={() => void session.forgetKeptSweep(id)}>
        Forget <b>{words}</b>? Its {cells} finished cells are gone then.
      </ForgetQuestion>
    );
  }
  return (
    <KeptEntry
      tools={
        <>
          {specification && (
            <>
              <label className={classes.tick}>
                <input type="checkbox" checked={compared.includes(id)} onChange={toggle} aria-label={`Set against another: ${words}`} />
                Set against
              </label>
              <Button {...entryTool} aria-label={`Open ${words}`} disabled={active || shown} onClick={() => void session.openKeptSweep(id)}>
                Open
              </Button>
            </>
          )}
          <Button
            {...entryTool}
            aria-label={`Forget ${words}`}
            disabled={active && shown}
            ref={opener('forget')}
            onClick={() => begin('forget')}
          >
            Forget
          </Button>
        </>
      }
    >
      <KeptName role={shown ? 'on the page' : null}>{words}</KeptName>
      <Aside>
        {cells} of {plannedCells} cells, {formatTime(changedAt)}. {damage}
      </Aside>
    </KeptEntry>
  );
}
