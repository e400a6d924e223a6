import { useLocation } from 'wouter';
import { isActive } from '../../store/run';
import { useLabStore } from '../../store/store';
import { PageDrop } from '../../ui/page-drop';
import { useSession } from '../session-context';

/** Files that are dropped on any room are the Data room's. */
export function FilesAnywhere() {
  const session = useSession();
  const [, navigate] = useLocation();
  const disabled = useLabStore(({ data, run }) => data.report === null || data.loading !== null || isActive(run.status));
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
