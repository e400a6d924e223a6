import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatBytes, formatSeconds } from '../../charts/format';
import type { LoadProgress } from '../../protocol/data';
import { type LoadPace, secondsLeft } from '../../store/pace';
import { ProgressBar } from '../../ui/widgets';
import classes from './data-room.module.css';

interface Props {
  /** Of the progress bar. */
  label: string;
  /** Said before there is progress. */
  starting: string;
  progress: LoadProgress | null;
  pace: LoadPace | null;
  /** What else the visitor wonders about. */
  children?: ReactNode;
  cancel: string;
  onCancel(): void;
}

/** How far bytes on their way are, how fast, for how long still, and the way out of it. */
export function TransferNotice({ label, starting, progress, pace, children, cancel, onCancel }: Props) {
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
        <span className={classes.name}>{progress?.stage ?? starting}</span>
        <Button size="xs" variant="default" onClick={onCancel}>
          {cancel}
        </Button>
      </div>
      <ProgressBar label={label} done={share} />
      <p className={classes.figures}>
        <span>{figures ? figures.join(' · ') : 'Starting'}</span>
        {children && <span>{children}</span>}
      </p>
    </div>
  );
}
