import { Button } from '@mantine/core';
import { formatBytes, formatPercent } from '../../charts/format';
import type { DataReport, SavedSource, StorageReport } from '../../protocol/data';
import { Aside, entryTool, KeptEntry, KeptList, KeptName } from '../../ui/kept-list';
import { Panel, ProgressBar } from '../../ui/widgets';
import { useSession } from '../session-context';
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
        <Aside>
          {quotaBytes === null
            ? 'This browser gives the page no room to keep anything in, as in a private window: what you load is gone with the page.'
            : 'Nothing yet. What you load is kept here.'}
        </Aside>
      ) : (
        <KeptList label="Kept sources">
          {saved.map((entry) => (
            <KeptEntry
              key={entry.source.id}
              tools={
                <>
                  <Button
                    {...entryTool}
                    aria-label={`Load ${entry.source.name}`}
                    disabled={busy || inUse.has(entry.source.id)}
                    onClick={() => void session.loadSaved(entry)}
                  >
                    Load
                  </Button>
                  <Button {...entryTool} aria-label={`Forget ${entry.source.name}`} onClick={() => void session.forget(entry.source.id)}>
                    Forget
                  </Button>
                </>
              }
            >
              <KeptName role={inUse.has(entry.source.id) ? 'in use' : null}>{entry.source.name}</KeptName>
              <Aside>
                {kinds[entry.kind]}: {entry.summary}
              </Aside>
              <Aside>
                {day.format(entry.savedAt)} · {formatBytes(entry.sizeBytes)}
              </Aside>
            </KeptEntry>
          ))}
        </KeptList>
      )}
      {quotaBytes !== null && saved.length > 0 && (
        <div className={classes.quota}>
          <ProgressBar label="Storage used" done={Math.min(1, usedBytes / Math.max(1, quotaBytes))} />
          <Aside>
            {formatBytes(usedBytes)} of the {formatBytes(quotaBytes)} that the browser grants this page,{' '}
            {usedBytes / quotaBytes < 0.001 ? 'under 0.1 %' : formatPercent(usedBytes / quotaBytes)}
          </Aside>
        </div>
      )}
    </Panel>
  );
}
