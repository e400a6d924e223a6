import { formatCount, formatSeconds } from '../../charts/format';
import type { SweepPlan } from '../../protocol/sweep';
import { useLabStore } from '../../store/store';
import { selectShowsSpecified, selectSweepPlan, selectSweepWaits } from '../../store/sweep/selectors';
import { FailureNotice, WarningNotice } from '../../ui/widgets';
import { Hint } from '../room/settings';
import { BarWords, WorkBar } from '../room/work-bar';
import { useSession } from '../session-context';
import { Gaps } from './gaps';
import classes from './sweep-room.module.css';

/** The sweep's bar; what it comes to stands there before it is started. */
export function SweepBar() {
  const session = useSession();
  const run = useLabStore((state) => state.sweep.run);
  const onDisk = useLabStore((state) => state.sweep.onDisk);
  const plan = useLabStore(selectSweepPlan);
  const planFailure = useLabStore((state) => state.sweep.planFailure);
  const waits = useLabStore(selectSweepWaits);
  const isShown = useLabStore(selectShowsSpecified);
  const ready = useLabStore(({ lab, data }) => lab.status === 'ready' && data.report !== null);
  const begun = plan !== null && plan.finishedCells > 0;
  const finished = begun && plan.finishedCells >= plan.cells;
  return (
    <WorkBar
      name="Sweep"
      run={run}
      start={finished && !isShown ? 'Show this sweep' : begun && !finished ? 'Go on with this sweep' : 'Start sweep'}
      disabled={!ready || waits !== null || planFailure !== null || (finished && isShown)}
      onStart={session.startSweep}
      onPause={session.pauseSweep}
      onResume={session.resumeSweep}
      onStop={session.stopSweep}
      waits={waits}
      estimate={
        <>
          <Estimate plan={plan} />
          {planFailure && <FailureNotice {...planFailure} />}
        </>
      }
      note={
        <Hint>
          {onDisk
            ? 'Every finished cell is kept: after a stop or a reload the rest goes on from there.'
            : 'Every finished cell is kept in this window alone: after a stop the rest goes on from there; a reload loses it.'}
        </Hint>
      }
    >
      {run.notice && <WarningNotice>{run.notice}</WarningNotice>}
    </WorkBar>
  );
}

/** Size and time, before anything is started. */
function Estimate({ plan }: { plan: SweepPlan | null }) {
  const device = useLabStore((state) => state.lab.device?.name);
  const failed = useLabStore((state) => state.sweep.planFailure !== null);
  if (!plan) return <BarWords>{failed ? '' : 'Counting what it comes to…'}</BarWords>;
  const { cells, groups, steps, seconds, finishedCells } = plan;
  const left = cells - finishedCells;
  return (
    <div aria-live="polite">
      <p className={classes.estimate}>
        <b>{left === 0 ? 'Finished.' : seconds < 1 ? 'Under a second' : `About ${formatSeconds(seconds)}`}</b>
        {left === 0 && ' Change a list below to sweep further.'}
        {left > 0 && device && ` on ${device}`}
      </p>
      <Hint>
        {formatCount(cells)} {cells === 1 ? 'cell' : 'cells'} in {formatCount(groups)} {groups === 1 ? 'group' : 'groups'},{' '}
        {formatCount(steps)} training steps.
        {finishedCells > 0 && left > 0 && ` ${formatCount(finishedCells)} cells are kept from before.`}
      </Hint>
      <Gaps gaps={plan.gaps} />
    </div>
  );
}
