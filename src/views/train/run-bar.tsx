import { formatCount, formatCounted } from '../../charts/format';
import { isActive } from '../../store/run';
import { type LabState, useLabStore } from '../../store/store';
import { FailureNotice } from '../../ui/widgets';
import { BarWords, WorkBar } from '../room/work-bar';
import { useSession } from '../session-context';

const selectWaits = ({ race, sweep }: LabState): string | null => {
  if (isActive(race.run.status)) return 'A race is going on: the experiment waits for its end.';
  return isActive(sweep.run.status) ? 'A sweep is going on: the experiment waits for its end.' : null;
};

const selectBroken = ({ planFailure, data, lab }: LabState) =>
  planFailure !== null || (data.report === null && data.failure !== null) || lab.status === 'failed';

/** The experiment's bar. */
export function RunBar() {
  const session = useSession();
  const run = useLabStore((state) => state.run);
  const planFailure = useLabStore((state) => state.planFailure);
  const waits = useLabStore(selectWaits);
  const broken = useLabStore(selectBroken);
  return (
    <WorkBar
      name="Experiment"
      run={run}
      start="Run"
      disabled={broken || waits !== null}
      onStart={session.run}
      onPause={session.pause}
      onResume={session.resume}
      onStop={session.stop}
      waits={waits}
      estimate={<Estimate />}
    >
      {planFailure && <FailureNotice {...planFailure} />}
    </WorkBar>
  );
}

function Estimate() {
  const plan = useLabStore((state) => state.plan);
  const seeds = useLabStore((state) => state.specification?.seeds.length ?? 1);
  const trials = plan?.methods.reduce((sum, method) => sum + method.learningRates.length, 0) ?? 0;
  const failed = useLabStore((state) => state.planFailure !== null);
  if (failed) return null;
  if (!plan) return <BarWords>Starts as soon as the data is here.</BarWords>;
  return (
    <BarWords>
      {formatCounted(plan.methods.length, 'method')}, {formatCounted(trials * seeds, 'training')}
      {seeds > 1 && ` over ${formatCount(seeds)} seeds`}, {formatCounted(plan.totalSteps, 'step')}
    </BarWords>
  );
}
