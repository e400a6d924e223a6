import { Button } from '@mantine/core';
import { FileJson, FileSpreadsheet, FileText, Play } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '../../charts/format';
import { saveFile } from '../../charts/save';
import type { SweepResults } from '../../protocol/sweep';
import { isActive } from '../../store/run';
import { useLabStore, write } from '../../store/store';
import { selectShowsSpecified, selectSweepCounts, selectSweepWaits } from '../../store/sweep/selectors';
import { settingsOf } from '../../store/sweep/specification';
import { FailureNotice, RoomHead } from '../../ui/widgets';
import { useHidden } from '../hideable';
import { useSession } from '../session-context';
import { Gaps } from './gaps';
import { sweepWords, useNames } from './names';
import { saveSweepResults } from './save-results';
import classes from './sweep-room.module.css';

/** Which sweep is on the screen, how much of it there is, and what can be taken home. */
export function SweepHead() {
  const results = useLabStore((state) => state.sweep.run.results);
  const exportFailure = useLabStore((state) => state.sweep.exportFailure);
  const counts = useLabStore(selectSweepCounts);
  // Beside the button that starts it they are told of already.
  const specified = useLabStore(selectShowsSpecified);
  const names = useNames();
  const noDownloads = useHidden('downloads');
  if (!results || results.cells.length === 0) {
    return (
      <RoomHead title="Sweeps">
        Many experiments that differ in some fields only, so that a difference can be told from chance: every method at every rate, with
        several seeds, compared in pairs.
      </RoomHead>
    );
  }
  const { finished, planned } = counts;
  return (
    <div>
      <RoomHead title="Sweeps" aside={!noDownloads && <Exports />}>
        {sweepWords(results.specification, names)}.{' '}
        {planned === null || planned === finished
          ? `${formatCount(finished)} finished cells.`
          : `${formatCount(finished)} of ${formatCount(planned)} cells are finished.`}
      </RoomHead>
      <Ways unfinished={planned !== null && finished < planned} results={results} />
      {!specified && <Gaps gaps={results.gaps} />}
      {exportFailure && <FailureNotice {...exportFailure} />}
    </div>
  );
}

/** Of a sweep that was opened: go on with it, or begin another one like it. */
function Ways({ unfinished, results }: { unfinished: boolean; results: SweepResults }) {
  const session = useSession();
  const specified = useLabStore(selectShowsSpecified);
  const active = useLabStore((state) => isActive(state.sweep.run.status));
  const waits = useLabStore(selectSweepWaits);
  if (active || specified) return null;
  return (
    <div className={classes.ways}>
      {unfinished && (
        <Button size="xs" leftSection={<Play size={13} fill="currentColor" />} disabled={waits !== null} onClick={session.goOnWithSweep}>
          Go on with it
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => write.sweepSettings(settingsOf(results.specification))}>
        Take its lists
      </Button>
    </div>
  );
}

function Exports() {
  const session = useSession();
  const [reporting, setReporting] = useState(false);
  const saveCsv = async () => {
    const csv = await session.sweepCsv();
    if (csv !== null) saveFile('cells.csv', csv, 'text/csv;charset=utf-8');
  };
  const report = async () => {
    setReporting(true);
    const html = await session.sweepReport();
    setReporting(false);
    if (html !== null) saveFile('sweep-report.html', html, 'text/html;charset=utf-8');
  };
  return (
    <>
      <Button
        variant="default"
        title="Every cell, with specification, adapters and versions: to go on with, here or by the command line."
        leftSection={<FileJson size={15} />}
        onClick={() => void saveSweepResults(session)}
      >
        JSON
      </Button>
      <Button
        variant="default"
        title="Every cell, a line each: for a spreadsheet."
        leftSection={<FileSpreadsheet size={15} />}
        onClick={() => void saveCsv()}
      >
        CSV
      </Button>
      <Button
        variant="default"
        title="One page that opens without a network: figures, tables, verdicts, specification and licences."
        leftSection={<FileText size={15} />}
        loading={reporting}
        onClick={() => void report()}
      >
        Report
      </Button>
    </>
  );
}
