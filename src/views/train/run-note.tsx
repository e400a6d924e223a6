import { Link } from 'wouter';
import { isActive } from '../../store/run';
import { type LabState, useLabStore } from '../../store/store';
import classes from '../room/note.module.css';
import { runWords } from '../run-words';
import { KeepRun } from '../runs/keep-run';

/** What the method in work is, in the catalogue's sentence. */
const selectHelp = ({ run, lab }: LabState) => {
  const current = run.currentTrial ? run.trials[run.currentTrial] : null;
  return lab.catalogue?.methods.find((method) => method.id === current?.key.method)?.help ?? null;
};

/** Before the first run: what will happen. In a run: what happens. After it: what it showed. One place, so that nothing jumps at the click. */
export function RunNote() {
  const run = useLabStore((state) => state.run);
  const help = useLabStore(selectHelp);
  if (run.conclusion) {
    return (
      <section className={classes.note} aria-label="What this run shows">
        <p className={classes.claim}>{run.conclusion.claim}</p>
        <p>{run.conclusion.caution}</p>
        <Link href="/compare" className={classes.more}>
          See it in numbers
        </Link>
        <div className={`${classes.keep} print-hides`}>
          <KeepRun alone />
        </div>
      </section>
    );
  }
  if (isActive(run.status)) {
    return (
      <section className={classes.note} aria-label="What happens now">
        <p className={classes.claim}>{runWords(run)}</p>
        {help && <p>{help}</p>}
      </section>
    );
  }
  if (run.status !== 'idle') return null;
  return (
    <section className={classes.note} aria-label="What a run does">
      <p className={classes.claim}>Nine tenths of the word table can go. This shows what that costs.</p>
      <p>
        Run trains a classifier on the full table, factorizes the table by a truncated SVD, trains the two factors on, and then gives every
        rival way of shrinking it the same sentences, seed and budget. All of it happens in this tab.
      </p>
    </section>
  );
}
