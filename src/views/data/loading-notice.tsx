import { Button } from '@mantine/core';
import { formatBytes, formatSeconds } from '../../charts/format';
import { secondsLeft } from '../../store/pace';
import { useLabStore } from '../../store/store';
import { ProgressBar } from '../../ui/widgets';
import { useSession } from '../session-context';
import classes from './data-room.module.css';

/** How far a load is, how fast, for how long still, and the way out of it. */
export function LoadingNotice() {
  const session = useSession();
  const loading = useLabStore((state) => state.data.loading);
  const hadData = useLabStore((state) => state.data.report !== null);
  if (!loading) return null;
  const { progress, name, pace } = loading;
  const share = progress?.totalBytes ? Math.min(1, progress.doneBytes / progress.totalBytes) : null;
  const left = progress && secondsLeft(progress, pace);
  const figures = progress && [
    `${formatBytes(progress.doneBytes)}${progress.totalBytes === null ? '' : ` of ${formatBytes(progress.totalBytes)}`}`,
    ...(pace?.bytesPerSecond ? [`${formatBytes(pace.bytesPerSecond)}/s`] : []),
    ...(left === null ? [] : [left < 1 ? 'nearly done' : `${formatSeconds(left)} left`]),
  ];
  return (
    <div className={classes.loading}>
      <div className={classes.loadingWords}>
        <span className={classes.name}>{progress?.stage ?? `Opening ${name}`}</span>
        <Button size="xs" variant="default" onClick={session.cancelLoad}>
          Cancel
        </Button>
      </div>
      <ProgressBar label={`Loading ${name}`} done={share} />
      <p className={classes.figures}>
        <span>{figures ? figures.join(' · ') : 'Starting'}</span>
        {hadData && <span>What is loaded stays until this is whole.</span>}
      </p>
    </div>
  );
}
