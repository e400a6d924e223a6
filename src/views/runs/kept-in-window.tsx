import { selectCanKeep } from '../../store/runs/selectors';
import { useLabStore } from '../../store/store';
import { NothingOnDisk } from '../nothing-on-disk';
import { useSession } from '../session-context';

/** That a kept run lasts as long as the window, and the file of the one on the page. */
export function KeptInWindow() {
  const session = useSession();
  const canSave = useLabStore(selectCanKeep);
  const name = useLabStore((state) => state.runs.shown?.name ?? 'run');
  const keepsSome = useLabStore((state) => (state.runs.kept?.length ?? 0) > 0);
  if (!canSave && !keepsSome) return null;
  return <NothingOnDisk onSave={canSave ? () => void session.downloadRun(null, name) : null} />;
}
