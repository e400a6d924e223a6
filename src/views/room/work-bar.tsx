import { Button } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { formatPercent } from '../../charts/format';
import { isActive, type RunStatus } from '../../store/run';
import { FailureNotice, ProgressBar } from '../../ui/widgets';
import { runWords, type Told, timeLeft } from '../run-words';
import classes from './work-bar.module.css';

/** Beside the bar, where room is short. */
const WORDS: Partial<Record<RunStatus, string>> = { running: 'Estimating the time left', paused: 'Paused' };

interface Props {
  name: 'Experiment' | 'Race' | 'Sweep';
  run: Told;
  /** What the button says that starts it. */
  start: string;
  disabled: boolean;
  onStart(): void;
  onPause(): void;
  onResume(): void;
  onStop(): void;
  /** What else goes on, which it has to wait for. */
  waits: ReactNode;
  /** What it comes to, before it is started. */
  estimate: ReactNode;
  /** Below the progress. */
  note?: ReactNode;
  /** Notices, above the failure of the run. */
  children?: ReactNode;
}

/** Start, pause, resume, stop; how far it is, and how long it takes still: of an experiment, a race or a sweep. */
export function WorkBar({ name, run, start, disabled, onStart, onPause, onResume, onStop, waits, estimate, note, children }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const { status } = run;
  const active = isActive(status);
  const done = run.progress?.done ?? 0;

  // The button that was clicked is gone: the keyboard goes on where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of state swaps the buttons
  useEffect(() => {
    const clicked = bar.current?.dataset.clicked;
    if (!clicked || document.activeElement !== document.body) return;
    bar.current?.querySelector<HTMLButtonElement>('button:not(:disabled)')?.focus({ preventScroll: true });
  }, [status]);

  return (
    <div className={classes.bar} ref={bar} onClickCapture={(event) => (event.currentTarget.dataset.clicked = 'yes')}>
      <div className={classes.buttons}>
        {!active && <Press icon={<Play size={16} fill="currentColor" />} words={start} disabled={disabled} onClick={onStart} />}
        {active &&
          (status === 'paused' ? (
            <Press icon={<Play size={16} fill="currentColor" />} words="Resume" onClick={onResume} />
          ) : (
            <Press icon={<Pause size={16} fill="currentColor" />} words="Pause" disabled={status !== 'running'} onClick={onPause} />
          ))}
        {active && (
          <Press quiet icon={<Square size={14} fill="currentColor" />} words="Stop" disabled={status === 'stopping'} onClick={onStop} />
        )}
      </div>
      {active ? (
        <div className={classes.progress}>
          <ProgressBar label={`Progress of the ${name.toLowerCase()}`} done={done} />
          <p className={classes.words}>
            <span>{formatPercent(done, 0)}</span>
            <span>{timeLeft(run) ?? WORDS[status] ?? runWords(run, name)}</span>
          </p>
          {note}
        </div>
      ) : waits ? (
        <p className={classes.words}>
          <span>{waits}</span>
        </p>
      ) : (
        estimate
      )}
      {children}
      {run.failure && <FailureNotice {...run.failure} />}
    </div>
  );
}

/** What it comes to, in one line. */
export function BarWords({ children }: { children: ReactNode }) {
  return <p className={classes.words}>{children}</p>;
}

interface PressProps {
  icon: ReactNode;
  words: string;
  disabled?: boolean;
  quiet?: boolean;
  onClick(): void;
}

function Press({ icon, words, disabled, quiet, onClick }: PressProps) {
  return (
    <Button fullWidth size="md" px={12} variant={quiet ? 'default' : undefined} leftSection={icon} disabled={disabled} onClick={onClick}>
      {words}
    </Button>
  );
}
