import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { selectIsBusy } from '../../store/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { PageDrop } from '../../ui/page-drop';
import { useSession } from '../session-context';
import { useLabFiles } from './use-lab-files';

/**
 * Files that are dropped on any room are the Data room's, but for the lab's own: a run or a sweep is opened where it is compared. Those that come while the
 * page is still opening wait for it.
 */
export function FilesAnywhere() {
  const session = useSession();
  const [, navigate] = useLocation();
  const open = useLabFiles();
  const refusal = useLabStore(refusalOf);
  const opening = useLabStore(({ data }) => data.report === null);
  const failed = useLabStore(({ lab }) => lab.status === 'failed');
  const [waiting, setWaiting] = useState<readonly File[] | null>(null);
  useEffect(() => {
    if (waiting === null) return;
    if (failed) setWaiting(null);
    if (opening || refusal !== null) return;
    setWaiting(null);
    void open(waiting, (others) => {
      navigate('/data');
      void session.offer(others);
    });
  }, [opening, failed, refusal, waiting, open, navigate, session]);
  return (
    <PageDrop refusal={refusal} waiting={waiting && opening ? waitingInWords(waiting) : null} onFiles={setWaiting}>
      Drop word vectors, labelled sentences, a kept run or a sweep’s results: the lab sees by their content which they are.
    </PageDrop>
  );
}

function waitingInWords(files: readonly File[]): string {
  return files.length === 1
    ? `“${files[0].name}” is taken: it will be opened as soon as the lab is ready.`
    : `${files.length} files are taken: they will be opened as soon as the lab is ready.`;
}

function refusalOf(state: LabState): string | null {
  if (state.lab.status === 'failed') return 'The lab could not open here, so it takes no files: the page says why.';
  if (selectIsBusy(state)) return 'A run is using the data: files can be dropped when it has ended or is stopped.';
  if (state.data.report !== null && state.data.loading)
    return 'Other data is being loaded: files can be dropped when that is done or cancelled.';
  return null;
}
