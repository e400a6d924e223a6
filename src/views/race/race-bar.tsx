import { Button } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { formatCount, formatPercent } from '../../charts/format';
import { selectRaceSteps, selectRaceWaits } from '../../store/race/selectors';
import { isActive, type RunStatus } from '../../store/run';
import { type LabState, useLabStore } from '../../store/store';
import { FailureNotice, ProgressBar } from '../../ui/widgets';
import { runWords, timeLeft } from '../run-words';
import { useSession } from '../session-context';
import classes from '../train/run-bar.module.css';

const selectReady = ({ lab, data, race }: LabState) => lab.status === 'ready' && data.report !== null && race.specification !== null;

/** Beside the bar, where room is short. */
const WORDS: Partial<Record<RunStatus, string>> = { running: 'Estimating the time left', paused: 'Paused' };

/** Start, pause, resume, stop; how far the race is, and how long it takes still. */
export function RaceBar() {
  const session = useSession();
  const run = useLabStore((state) => state.race.run);
  const waits = useLabStore(selectRaceWaits);
  const experimentRuns = useLabStore((state) => isActive(state.run.status));
  const ready = useLabStore(selectReady);
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
            disabled={!ready || waits !== null}
            onClick={session.startRace}
          >
            Start race
          </Button>
        )}
        {active &&
          (status === 'paused' ? (
            <Button size="md" leftSection={<Play size={16} fill="currentColor" />} onClick={session.resumeRace}>
              Resume
            </Button>
          ) : (
            <Button
              size="md"
              leftSection={<Pause size={16} fill="currentColor" />}
              disabled={status !== 'running'}
              onClick={session.pauseRace}
            >
              Pause
            </Button>
          ))}
        {active && (
          <Button
            size="md"
            variant="default"
            leftSection={<Square size={14} fill="currentColor" />}
            disabled={status === 'stopping'}
            onClick={session.stopRace}
          >
            Stop
          </Button>
        )}
      </div>
      {active ? (
        <div className={classes.progress}>
          <ProgressBar label="Progress of the race" done={run.progress?.done ?? 0} />
          <p className={classes.words}>
            <span>{formatPercent(run.progress?.done ?? 0, 0)}</span>
            <span>{timeLeft(run) ?? WORDS[status] ?? runWords(run, 'Race')}</span>
          </p>
        </div>
      ) : waits ? (
        <p className={classes.words}>
          <span>
            {waits} {experimentRuns && <Link href="/train">Watch it</Link>}
          </span>
        </p>
      ) : (
        <Estimate />
      )}
      {run.failure && <FailureNotice {...run.failure} />}
    </div>
  );
}

function Estimate() {
  const specification = useLabStore((state) => state.race.specification);
  const steps = useLabStore(selectRaceSteps);
  if (!specification || steps === null) return <p className={classes.words}>Starts as soon as the data is here.</p>;
  const { lanes, seeds } = specification;
  return (
    <p className={classes.words}>
      {lanes.length} {lanes.length === 1 ? 'lane' : 'lanes'}, {seeds.length} {seeds.length === 1 ? 'seed' : 'seeds'}, {formatCount(steps)}{' '}
      steps each
    </p>
  );
}
