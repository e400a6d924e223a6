import { isActive } from '../../../store/run';
import { type LabState, useLabStore } from '../../../store/store';
import { Panel } from '../../../ui/widgets';
import { BeforeAfter } from '../../train/before-after';
import { ValidationAccuracyChart } from '../../train/live-charts';
import { MethodsTable } from '../../train/methods-table';
import { RateAndRank } from '../../train/rate-and-rank';
import { RunBar } from '../../train/run-bar';
import { SeedsField } from '../../train/seeds-field';
import classes from './experiment.module.css';
import { SeedPairs } from './seed-pairs';

/** The experiment of the Train room, as much of it as a lesson needs: two sliders, the seeds, Run, and what came out. */
export default function Experiment() {
  return (
    <div className={classes.piece}>
      <div className={classes.top}>
        <Panel className={classes.controls}>
          <RunBar />
          <RateAndRank />
          <SeedsField />
        </Panel>
        <ValidationAccuracyChart />
      </div>
      <Shown />
      <div className={classes.pair}>
        <BeforeAfter />
        <SeedPairs />
      </div>
      <MethodsTable />
    </div>
  );
}

/** The figures below belong to a run; the controls may have moved on since. */
const selectIsStale = ({ run, specification }: LabState) =>
  run.specification !== null && specification !== null && JSON.stringify(run.specification) !== JSON.stringify(specification);

/** What the figures belong to, and what they show. */
function Shown() {
  const stale = useLabStore(selectIsStale);
  const status = useLabStore((state) => state.run.status);
  const conclusion = useLabStore((state) => state.run.conclusion);
  if (isActive(status)) {
    return stale ? <p className={classes.stale}>This run was started with other settings than those that are set now.</p> : null;
  }
  return (
    <>
      {stale && <p className={classes.stale}>The figures are those of the last run, which had other settings. Run does what is set now.</p>}
      {conclusion && (
        <section className={classes.note} aria-label="What this run shows">
          <p className={classes.claim}>{conclusion.claim}</p>
          <p>{conclusion.caution}</p>
        </section>
      )}
    </>
  );
}
