import { Button } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCount, formatPercent, formatSeconds } from '../../charts/format';
import type { SweepPlan } from '../../protocol/sweep';
import { isActive, type RunStatus } from '../../store/run';
import { useLabStore } from '../../store/store';
import { selectShowsSpecified, selectSweepPlan, selectSweepWaits } from '../../store/sweep/selectors';
import { FailureNotice, ProgressBar, WarningNotice } from '../../ui/widgets';
import { runWords, timeLeft } from '../run-words';
import { useSession } from '../session-context';
import bar from '../train/run-bar.module.css';
import { Gaps } from './gaps';
import classes from './sweep-room.module.css';

/** Beside the bar, where room is short. */
const WORDS: Partial<Record<RunStatus, string>> = { running: 'Estimating the time left', paused: 'Paused' };

/** What the sweep comes to; start, pause, resume, stop; how far it is. */
export function SweepBar() {
  const session = useSession();
  const run = useLabStore((state) => state.sweep.run);
  const plan = useLabStore(selectSweepPlan);
  const planFailure = useLabStore((state) => state.sweep.planFailure);
  const waits = useLabStore(selectSweepWaits);
  const isShown = useLabStore(selectShowsSpecified);
  const ready = useLabStore(({ lab, data }) => lab.status === 'ready' && data.report !== null);
  const place = useRef<HTMLDivElement>(null);
  const { status } = run;
  const active = isActive(status);
  const begun = plan !== null && plan.finishedCells > 0;
  const finished = begun && plan.finishedCells >= plan.cells;

  // The button that was clicked is gone: the keyboard goes on where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of state swaps the buttons
  useEffect(() => {
    const clicked = place.current?.dataset.clicked;
    if (!clicked || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLButtonElement>('button:not(:disabled)')?.focus({ preventScroll: true });
  }, [status]);

  return (
    <div className={bar.bar} ref={place} onClickCapture={(event) => (event.currentTarget.dataset.clicked = 'yes')}>
      <div className={bar.buttons}>
        {!active && (
          <Button
            fullWidth
            size="md"
            leftSection={<Play size={16} fill="currentColor" />}
            disabled={!ready || waits !== null || planFailure !== null || (finished && isShown)}
            onClick={session.startSweep}
          >
            {finished && !isShown ? 'Show this sweep' : begun && !finished ? 'Go on with this sweep' : 'Start sweep'}
          </Button>
        )}
        {active &&
          (status === 'paused' ? (
            <Button size="md" leftSection={<Play size={16} fill="currentColor" />} onClick={session.resumeSweep}>
              Resume
            </Button>
          ) : (
            <Button
              size="md"
              leftSection={<Pause size={16} fill="currentColor" />}
              disabled={status !== 'running'}
              onClick={session.pauseSweep}
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
            onClick={session.stopSweep}
          >
            Stop
          </Button>
        )}
      </div>
      {active ? (
        <div className={bar.progress}>
          <ProgressBar label="Progress of the sweep" done={run.progress?.done ?? 0} />
          <p className={bar.words}>
            <span>{formatPercent(run.progress?.done ?? 0, 0)}</span>
            <span>{timeLeft(run) ?? WORDS[status] ?? runWords(run, 'Sweep')}</span>
          </p>
          <p className={classes.hint}>Every finished cell is kept: after a stop or a reload the rest goes on from there.</p>
        </div>
      ) : waits ? (
        <p className={bar.words}>{waits}</p>
      ) : (
        <Estimate plan={plan} />
      )}
      {run.notice && <WarningNotice>{run.notice}</WarningNotice>}
      {!active && planFailure && <FailureNotice {...planFailure} />}
      {run.failure && <FailureNotice {...run.failure} />}
    </div>
  );
}

/** Size and time, before anything is started. */
function Estimate({ plan }: { plan: SweepPlan | null }) {
  const device = useLabStore((state) => state.lab.device?.name);
  const failed = useLabStore((state) => state.sweep.planFailure !== null);
  if (!plan) return <p className={bar.words}>{failed ? '' : 'Counting what it comes to…'}</p>;
  const { cells, groups, steps, seconds, finishedCells } = plan;
  const left = cells - finishedCells;
  return (
    <div aria-live="polite">
      <p className={classes.estimate}>
        <b>{left === 0 ? 'Finished.' : seconds < 1 ? 'Under a second' : `About ${formatSeconds(seconds)}`}</b>
        {left === 0 && ' Change a list below to sweep further.'}
        {left > 0 && device && ` on ${device}`}
      </p>
      <p className={classes.hint}>
        {formatCount(cells)} {cells === 1 ? 'cell' : 'cells'} in {formatCount(groups)} {groups === 1 ? 'group' : 'groups'},{' '}
        {formatCount(steps)} training steps.
        {finishedCells > 0 && left > 0 && ` ${formatCount(finishedCells)} cells are kept from before.`}
      </p>
      <Gaps gaps={plan.gaps} />
    </div>
  );
}
