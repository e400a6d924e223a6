import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { selectIsBusy } from '../../store/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { PageDrop } from '../../ui/page-drop';
import { useSession } from '../session-context';
import { useLabFiles } from './use-lab-files';

/**
 * Files that are dropped on any room are the Data room's, but for the lab's own: a run or a sweep is opened where it is compared. Those that come while the
 * page is still opening wait for it, drop after drop.
 */
export function FilesAnywhere() {
  const session = useSession();
  const [, navigate] = useLocation();
  const open = useLabFiles();
  const refusal = useLabStore(refusalOf);
  const failed = useLabStore(({ lab }) => lab.status === 'failed');
  const free = useIsFree();
  const [waiting, setWaiting] = useState<readonly (readonly File[])[]>([]);
  useEffect(() => {
    if (waiting.length === 0 || !(free || failed)) return;
    setWaiting([]);
    if (failed) return;
    void (async () => {
      // One after the other: a second file that is looked into takes the place of the first.
      for (const files of waiting) {
        await open(files, (others) => {
          navigate('/data');
          return session.offer(others);
        });
      }
    })();
  }, [free, failed, waiting, open, navigate, session]);
  return (
    <PageDrop refusal={refusal} waiting={waitingInWords(waiting.flat())} onFiles={(files) => setWaiting((before) => [...before, files])}>
      Drop word vectors, labelled sentences, a kept run or a sweep’s results: the lab sees by their content which they are.
    </PageDrop>
  );
}

/** Can files be opened? Not before the first load is over, however it ended: it would take their place. */
function useIsFree(): boolean {
  const loading = useLabStore(({ data }) => data.loading !== null);
  const hasData = useLabStore(({ data }) => data.report !== null);
  const idle = useLabStore((state) => state.lab.status === 'ready' && !selectIsBusy(state));
  const [hasLoaded, setHasLoaded] = useState(false);
  useEffect(() => {
    if (loading) return () => setHasLoaded(true);
  }, [loading]);
  return idle && !loading && (hasData || hasLoaded);
}

function waitingInWords(files: readonly File[]): string | null {
  if (files.length === 0) return null;
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
