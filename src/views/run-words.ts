import { formatSeconds } from '../charts/format';
import type { Run } from '../store/run';

/** What the words need to know: of an experiment, a race or a sweep. */
export type Told = Pick<Run, 'status' | 'progress' | 'failure'>;

/** The run's state in a few words, for the header and for a screen reader. */
export function runWords({ status, progress, failure }: Told, name: 'Experiment' | 'Race' | 'Sweep' = 'Experiment'): string {
  switch (status) {
    case 'idle':
      return 'Ready';
    case 'starting':
      return 'Starting';
    case 'pausing':
      return 'Pausing after this step';
    case 'paused':
      return `Paused${progress ? ` in: ${progress.label}` : ''}`;
    case 'stopping':
      return 'Stopping after this step';
    case 'complete':
      return `${name} complete`;
    case 'stopped':
      return 'Stopped; what was done is kept';
    case 'failed':
      return failure ? `Failed: ${failure.message}` : 'Failed';
    case 'running':
      return progress?.label ?? 'Running';
  }
}

export function timeLeft({ status, progress }: Omit<Told, 'failure'>): string | null {
  if (status !== 'running' || progress?.secondsLeft === null || progress?.secondsLeft === undefined) return null;
  return `${formatSeconds(progress.secondsLeft)} left`;
}
