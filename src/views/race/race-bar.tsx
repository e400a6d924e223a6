import { Link } from 'wouter';
import { formatCounted } from '../../charts/format';
import { watchSeconds } from '../../store/race/race';
import { selectRaceSteps, selectRaceWaits } from '../../store/race/selectors';
import { isActive } from '../../store/run';
import { type LabState, useLabStore, write } from '../../store/store';
import { Field } from '../../ui/field';
import { SegmentedControl } from '../../ui/segmented-control';
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
    >
      <Speed />
    </WorkBar>
  );
}

const SPEEDS = [
  { value: 'full', label: 'Full speed' },
  { value: 'watched', label: 'To watch' },
];

/** A race of a second can't be followed, nor steered. */
function Speed() {
  const watched = useLabStore((state) => state.race.watched);
  return (
    <Field
      label="Speed"
      help={`“To watch” spreads the first seed over ${watchSeconds} seconds on a fast machine, so that lanes can be followed and changed. The figures are the same.`}
      labelHidden
    >
      {({ describedBy }) => (
        <SegmentedControl
          fullWidth
          aria-label="Speed"
          aria-describedby={describedBy}
          data={SPEEDS}
          value={watched ? 'watched' : 'full'}
          onChange={(value) => write.raceWatched(value === 'watched')}
        />
      )}
    </Field>
  );
}

function Estimate() {
  const specification = useLabStore((state) => state.race.specification);
  const steps = useLabStore(selectRaceSteps);
  if (!specification || steps === null) return <BarWords>Starts as soon as the data is here.</BarWords>;
  const { lanes, seeds } = specification;
  return (
    <BarWords>
      {formatCounted(lanes.length, 'lane')}, {formatCounted(seeds.length, 'seed')}, {formatCounted(steps, 'step')} each
    </BarWords>
  );
}
