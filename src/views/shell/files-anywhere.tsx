import { useLocation } from 'wouter';
import { selectIsBusy } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { PageDrop } from '../../ui/page-drop';
import { useSession } from '../session-context';
import { useLabFiles } from './use-lab-files';

/** Files that are dropped on any room are the Data room's, but for the lab's own: a run or a sweep is opened where it is compared. */
export function FilesAnywhere() {
  const session = useSession();
  const [, navigate] = useLocation();
  const open = useLabFiles();
  const disabled = useLabStore((state) => state.data.report === null || state.data.loading !== null || selectIsBusy(state));
  return (
    <PageDrop
      disabled={disabled}
      onFiles={(files) =>
        void open(files, (others) => {
          navigate('/data');
          void session.offer(others);
        })
      }
    >
      Drop word vectors, labelled sentences, a kept run or a sweep’s results: the lab sees by their content which they are.
    </PageDrop>
  );
}
