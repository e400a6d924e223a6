import { takesChanges } from '../../store/race/selectors';
import { isActive } from '../../store/run';
import { useLabStore } from '../../store/store';
import classes from '../room/note.module.css';
import { runWords } from '../run-words';
import { ConclusionText } from './conclusion';

/** Before a race: what it is. In it: what happens. After it: what it showed. One place, so that nothing jumps at the click. */
export function RaceNote() {
  const run = useLabStore((state) => state.race.run);
  if (run.conclusion) {
    return (
      <section className={classes.note} aria-label="What this race shows">
        <ConclusionText conclusion={run.conclusion} headline={classes.claim} />
      </section>
    );
  }
  if (isActive(run.status)) {
    return (
      <section className={classes.note} aria-label="What happens now">
        <p className={classes.claim}>{runWords(run, 'Race')}</p>
        <p>
          {run.status === 'starting' || takesChanges(run)
            ? 'Move a peak, choose another schedule, or fork a lane: it holds from the next step on. The charts mark where it was done.'
            : 'Every further seed repeats the first one, changes and forks included. What is set now is for the next race.'}
          {run.shape && ` Every lane trains the same two factors of rank ${run.shape.rank}.`}
        </p>
      </section>
    );
  }
  return (
    <section className={classes.note} aria-label="What a race does">
      <p className={classes.claim}>Same model, same first weights, same batches. Only the learning rate differs.</p>
      <p>
        Each lane trains by a schedule of its own, step by step beside the others. At a well-chosen rate they end close together; push the
        peaks up, and see which one holds longest.
      </p>
    </section>
  );
}
