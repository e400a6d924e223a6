import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { formatPercent } from '../../charts/format';
import { selectTold } from '../../store/race/selectors';
import { isActive, type RunStatus } from '../../store/run';
import { useLabStore } from '../../store/store';
import { runWords, timeLeft } from '../run-words';
import classes from './run-state.module.css';

const LAMP: Record<RunStatus, string> = {
  idle: 'idle',
  starting: 'busy',
  running: 'busy',
  pausing: 'busy',
  stopping: 'busy',
  paused: 'paused',
  complete: 'done',
  stopped: 'paused',
  failed: 'failed',
};

const NAMES = { run: 'Experiment', race: 'Race', sweep: 'Sweep' } as const;
const GOING = { run: 'Training', race: 'Racing', sweep: 'Sweeping' } as const;

/** Idle, training what, paused; how far; how long still. In the header of every room. */
export const RunState = memo(function RunState() {
  const told = useLabStore(selectTold);
  const run = useLabStore((state) => ({ run: state.run, race: state.race.run, sweep: state.sweep.run })[told]);
  const labStatus = useLabStore((state) => state.lab.status);
  const loading = useLabStore((state) => state.data.loading);
  const quiet = run.status === 'idle' && (labStatus === 'opening' || loading !== null);
  const words = quiet
    ? loading
      ? (loading.progress?.stage ?? `Loading ${loading.name}`)
      : 'Opening the backend'
    : runWords(run, NAMES[told]);
  const left = timeLeft(run);
  const share =
    isActive(run.status) && run.progress
      ? run.progress.done
      : quiet && loading?.progress?.totalBytes
        ? loading.progress.doneBytes / loading.progress.totalBytes
        : null;
  return (
    <div className={classes.state}>
      <span className={classes.lamp} data-state={quiet ? 'busy' : LAMP[run.status]} aria-hidden="true" />
      <span className={classes.words} title={words}>
        {words}
      </span>
      {share !== null && (
        <span className={classes.figures}>
          <span>{formatPercent(share, 0)}</span>
          {left && <span className={classes.left}>{left}</span>}
        </span>
      )}
      {/* Said when the state changes, not at every step. */}
      <VisuallyHidden role="status" aria-live="polite">
        {quiet ? 'Loading' : run.status === 'running' ? GOING[told] : words}
      </VisuallyHidden>
      {share !== null && (
        <div className={classes.line} aria-hidden="true">
          <div style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
    </div>
  );
});
