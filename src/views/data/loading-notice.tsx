import { Button } from '@mantine/core';
import { formatBytes } from '../../charts/format';
import { useLabStore } from '../../store/store';
import { ProgressBar } from '../../ui/widgets';
import { useSession } from '../session-context';
import classes from './data-room.module.css';

/** How far a load is, and the way out of it. */
export function LoadingNotice() {
  const session = useSession();
  const loading = useLabStore((state) => state.data.loading);
  if (!loading) return null;
  const { progress, name } = loading;
  const share = progress?.totalBytes ? progress.doneBytes / progress.totalBytes : null;
  return (
    <div className={classes.loading}>
      <div className={classes.loadingWords}>
        <span className={classes.name}>{progress?.stage ?? `Opening ${name}`}</span>
        {progress && (
          <span className={classes.figures}>
            {formatBytes(progress.doneBytes)}
            {progress.totalBytes !== null && ` of ${formatBytes(progress.totalBytes)}`}
          </span>
        )}
        <Button size="xs" variant="default" onClick={session.cancelLoad}>
          Cancel
        </Button>
      </div>
      <ProgressBar label={`Loading ${name}`} done={share} />
    </div>
  );
}
