import { useLocation } from 'wouter';
import { selectIsBusy } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { PageDrop } from '../../ui/page-drop';
import { isRunFile } from '../runs/run-file';
import { useSession } from '../session-context';

/** Files that are dropped on any room are the Data room's, but for a run's file, which is opened where runs are compared. */
export function FilesAnywhere() {
  const session = useSession();
  const [, navigate] = useLocation();
  const disabled = useLabStore((state) => state.data.report === null || state.data.loading !== null || selectIsBusy(state));
  return (
    <PageDrop
      disabled={disabled}
      onFiles={async (files) => {
        const [file] = files;
        if (files.length === 1 && (await isRunFile(file).catch(() => false))) {
          navigate('/compare');
          void session.openRun({ kind: 'file', file, name: file.name });
        } else {
          navigate('/data');
          void session.offer(files);
        }
      }}
    >
      Drop word vectors, labelled sentences or a kept run: the lab sees by their content which they are.
    </PageDrop>
  );
}
