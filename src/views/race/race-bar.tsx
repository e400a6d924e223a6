import { Link } from 'wouter';
import { formatCount } from '../../charts/format';
import { selectRaceSteps, selectRaceWaits } from '../../store/race/selectors';
import { isActive } from '../../store/run';
import { type LabState, useLabStore } from '../../store/store';
import { BarWords, WorkBar } from '../room/work-bar';
import { useSession } from '../session-context';

const selectReady = ({ lab, data, race }: LabState) => lab.status === 'ready' && data.report !== null && race.specification !== null;

/** The race's bar. */
export function RaceBar() {
  const session = useSession();
  const run = useLabStore((state) => state.race.run);
  const waits = useLabStore(selectRaceWaits);
  const experimentRuns = useLabStore((state) => isActive(state.run.status));
  const ready = useLabStore(selectReady);
  return (
    <WorkBar
      name="Race"
      run={run}
      start="Start race"
      disabled={!ready || waits !== null}
      onStart={session.startRace}
      onPause={session.pauseRace}
      onResume={session.resumeRace}
      onStop={session.stopRace}
      waits={
        waits && (
          <>
            {waits} {experimentRuns && <Link href="/train">Watch it</Link>}
          </>
        )
      }
      estimate={<Estimate />}
    />
  );
}

function Estimate() {
  const specification = useLabStore((state) => state.race.specification);
  const steps = useLabStore(selectRaceSteps);
  if (!specification || steps === null) return <BarWords>Starts as soon as the data is here.</BarWords>;
  const { lanes, seeds } = specification;
  return (
    <BarWords>
      {lanes.length} {lanes.length === 1 ? 'lane' : 'lanes'}, {seeds.length} {seeds.length === 1 ? 'seed' : 'seeds'}, {formatCount(steps)}{' '}
      steps each
    </BarWords>
  );
}
