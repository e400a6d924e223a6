import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../session-context';
import { labFileKind } from './lab-file';

/**
 * Opens a run's file, or a sweep's results, in the room of its own, wherever on the page it was given; files of any other kind go to `others`, who asked
 * for them.
 */
export function useLabFiles(): (files: readonly File[], others: (files: readonly File[]) => unknown) => Promise<void> {
  const session = useSession();
  const [, navigate] = useLocation();
  return useCallback(
    async (files, others) => {
      const [file] = files;
      const kind = files.length === 1 ? await labFileKind(file).catch(() => null) : null;
      if (kind === 'run') {
        navigate('/compare');
        await session.openRun({ kind: 'file', file, name: file.name });
      } else if (kind === 'sweep') {
        navigate('/compare/sweeps');
        await session.importSweepFile(file);
      } else {
        await others(files);
      }
    },
    [session, navigate],
  );
}
