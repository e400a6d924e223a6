import { Button } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCount, formatPercent } from '../../charts/format';
import { isActive } from '../../store/run';
import { useLabStore } from '../../store/store';
import { FailureNotice, ProgressBar } from '../../ui/widgets';
import { runWords, timeLeft } from '../run-words';
import { useSession } from '../session-context';
import classes from './run-bar.module.css';

/** Start, pause, resume, stop; how far it is, and how long it takes still. */
export function RunBar() {
  const session = useSession();
  const run = useLabStore((state) => state.run);
  const planFailure = useLabStore((state) => state.planFailure);
  const dataFailed = useLabStore((state) => state.data.report === null && state.data.failure !== null);
  const labFailed = useLabStore((state) => state.lab.status === 'failed');
  const raceActive = useLabStore((state) => isActive(state.race.run.status));
  const sweepActive = useLabStore((state) => isActive(state.sweep.run.status));
  const bar = useRef<HTMLDivElement>(null);
  const { status } = run;
  const active = isActive(status);

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
        {!active && (
          <Button
            fullWidth
            size="md"
            leftSection={<Play size={16} fill="currentColor" />}
            disabled={planFailure !== null || dataFailed || labFailed || raceActive || sweepActive}
            onClick={session.run}
          >
            Run
          </Button>
        )}
        {active &&
          (status === 'paused' ? (
            <Button size="md" leftSection={<Play size={16} fill="currentColor" />} onClick={session.resume}>
              Resume
            </Button>
          ) : (
            <Button size="md" leftSection={<Pause size={16} fill="currentColor" />} disabled={status !== 'running'} onClick={session.pause}>
              Pause
            </Button>
          ))}
        {active && (
          <Button
            size="md"
            variant="default"
            leftSection={<Square size={14} fill="currentColor" />}
            disabled={status === 'stopping'}
            onClick={session.stop}
          >
            Stop
          </Button>
        )}
      </div>
      {active ? (
        <div className={classes.progress}>
          <ProgressBar label="Progress of the experiment" done={run.progress?.done ?? 0} />
          <p className={classes.words}>
            <span>{formatPercent(run.progress?.done ?? 0, 0)}</span>
            <span>{timeLeft(run) ?? (status === 'running' ? 'Estimating the time left' : runWords(run))}</span>
          </p>
        </div>
      ) : (
        <Estimate />
      )}
      {raceActive && <p className={classes.words}>A race is going on: the experiment waits for its end.</p>}
      {sweepActive && <p className={classes.words}>A sweep is going on: the experiment waits for its end.</p>}
      {planFailure && <FailureNotice {...planFailure} />}
      {run.failure && <FailureNotice {...run.failure} />}
    </div>
  );
}

function Estimate() {
  const plan = useLabStore((state) => state.plan);
  const seeds = useLabStore((state) => state.specification?.seeds.length ?? 1);
  const trials = plan?.methods.reduce((sum, method) => sum + method.learningRates.length, 0) ?? 0;
  if (!plan) return <p className={classes.words}>Starts as soon as the data is here.</p>;
  return (
    <p className={classes.words}>
      {plan.methods.length} methods, {trials * seeds} trainings{seeds > 1 && ` over ${seeds} seeds`}, {formatCount(plan.totalSteps)} steps
    </p>
  );
}
