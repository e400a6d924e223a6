import { Button } from '@mantine/core';
import { formatBytes, formatPercent } from '../../charts/format';
import type { DataReport, SavedSource, StorageReport } from '../../protocol/data';
import { Aside, entryTool, ForgetQuestion, KeptEntry, KeptList, KeptName, useDoing } from '../../ui/kept-list';
import { Panel, ProgressBar } from '../../ui/widgets';
import { useSession } from '../session-context';
import { KeepingNotice } from './keeping-notice';
import classes from './kept-sources.module.css';

const kinds: Record<SavedSource['kind'], string> = { embeddings: 'Word vectors', dataset: 'Labelled sentences' };
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** What the browser keeps from one visit to the next, how much of its room that takes, and how to be rid of it. */
export function KeptSources({ storage, report, busy }: { storage: StorageReport; report: DataReport | null; busy: boolean }) {
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
      <KeptList
        label="Kept sources"
        empty={
          <Aside>
            {quotaBytes === null
              ? 'This browser gives the page no room to keep anything in, as in a private window: what you load is gone with the page.'
              : 'Nothing yet. What you load is kept here.'}
          </Aside>
        }
      >
        {saved.map((entry) => (
          <Entry key={entry.source.id} entry={entry} inUse={inUse.has(entry.source.id)} busy={busy} />
        ))}
      </KeptList>
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

function Entry({ entry, inUse, busy }: { entry: SavedSource; inUse: boolean; busy: boolean }) {
  const session = useSession();
  const { does, begin, end, opener } = useDoing<'forget'>();
  const { source, kind, summary, savedAt, sizeBytes } = entry;
  if (does === 'forget') {
    return (
      <ForgetQuestion name={source.name} onKeep={() => end()} onForget={() => void session.forget(source.id)}>
        Forget <b>{source.name}</b>? {inUse ? 'It stays in use for now; after that it' : 'It'} would have to be loaded anew.
      </ForgetQuestion>
    );
  }
  return (
    <KeptEntry
      tools={
        <>
          <Button {...entryTool} aria-label={`Load ${source.name}`} disabled={busy || inUse} onClick={() => void session.loadSaved(entry)}>
            Load
          </Button>
          <Button {...entryTool} aria-label={`Forget ${source.name}`} ref={opener('forget')} onClick={() => begin('forget')}>
            Forget
          </Button>
        </>
      }
    >
      <KeptName role={inUse ? 'in use' : null}>{source.name}</KeptName>
      <Aside>
        {kinds[kind]}: {summary}
      </Aside>
      <Aside>
        {day.format(savedAt)} · {formatBytes(sizeBytes)}
      </Aside>
    </KeptEntry>
  );
}
