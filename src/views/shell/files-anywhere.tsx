import { useLocation } from 'wouter';
import { selectIsBusy } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { PageDrop } from '../../ui/page-drop';
import { useSession } from '../session-context';

/** Files that are dropped on any room are the Data room's. */
export function FilesAnywhere() {
  const session = useSession();
  const [, navigate] = useLocation();
  const disabled = useLabStore((state) => state.data.report === null || state.data.loading !== null || selectIsBusy(state));
  return (
    <PageDrop
      disabled={disabled}
      onFiles={(files) => {
        navigate('/data');
        void session.offer(files);
      }}
    >
      Drop word vectors or labelled sentences: the lab sees by their content which they are.
    </PageDrop>
  );
}
