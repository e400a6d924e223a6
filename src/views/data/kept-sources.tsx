import { Button } from '@mantine/core';
import { formatBytes, formatPercent } from '../../charts/format';
import type { DataReport, SavedSource, StorageReport } from '../../protocol/data';
import { Panel, ProgressBar } from '../../ui/widgets';
import { useSession } from '../session-context';
import room from './data-room.module.css';
import { KeepingNotice } from './keeping-notice';
import classes from './kept-sources.module.css';

const kinds: Record<SavedSource['kind'], string> = { embeddings: 'Word vectors', dataset: 'Labelled sentences' };
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** What the browser keeps from one visit to the next, how much of its room that takes, and how to be rid of it. */
export function KeptSources({ storage, report, busy }: { storage: StorageReport; report: DataReport | null; busy: boolean }) {
  const session = useSession();
  const { saved, usedBytes, quotaBytes } = storage;
  const inUse = new Set(report ? [report.embeddings.source.id, report.dataset.source.id] : []);
  return (
    <Panel
      title="Kept in this browser"
      note={
        quotaBytes === null
          ? undefined
          : 'Your own tables and data sets stay on this device, for this page alone, until you forget them: a reload finds them.'
      }
    >
      <KeepingNotice storage={storage} />
      {saved.length === 0 ? (
        <p className={classes.none}>
          {quotaBytes === null
            ? 'This browser gives the page no room to keep anything in, as in a private window: what you load is gone with the page.'
            : 'Nothing yet. What you load is kept here.'}
        </p>
      ) : (
        <ul className={classes.list} aria-label="Kept sources">
          {saved.map((entry) => (
            <li key={entry.source.id} className={classes.entry}>
              <div className={classes.words}>
                <span className={classes.name}>
                  {entry.source.name}
                  {inUse.has(entry.source.id) && <span className={room.role}>in use</span>}
                </span>
                <span className={classes.aside}>
                  {kinds[entry.kind]}: {entry.summary}. Kept on {day.format(entry.savedAt)}.
                </span>
              </div>
              <span className={classes.size}>{formatBytes(entry.sizeBytes)}</span>
              <div className={classes.buttons}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Load ${entry.source.name}`}
                  disabled={busy || inUse.has(entry.source.id)}
                  onClick={() => void session.loadSaved(entry)}
                >
                  Load
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Forget ${entry.source.name}`}
                  onClick={() => void session.forget(entry.source.id)}
                >
                  Forget
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {quotaBytes !== null && saved.length > 0 && (
        <div className={classes.quota}>
          <ProgressBar label="Storage used" done={Math.min(1, usedBytes / Math.max(1, quotaBytes))} />
          <span className={classes.aside}>
            {formatBytes(usedBytes)} of the {formatBytes(quotaBytes)} that the browser grants this page,{' '}
            {usedBytes / quotaBytes < 0.001 ? 'under 0.1 %' : formatPercent(usedBytes / quotaBytes)}
          </span>
        </div>
      )}
    </Panel>
  );
}
