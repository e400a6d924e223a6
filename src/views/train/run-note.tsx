import { Link } from 'wouter';
import { useLabStore } from '../../store/store';
import classes from './run-note.module.css';

/** Before the first run: what will happen. After one: what it showed. */
export function RunNote() {
  const status = useLabStore((state) => state.run.status);
  const conclusion = useLabStore((state) => state.run.conclusion);
  if (conclusion) {
    return (
      <section className={classes.note} aria-label="What this run shows">
        <p className={classes.claim}>{conclusion.claim}</p>
        <p>{conclusion.caution}</p>
        <Link href="/compare" className={classes.more}>
          See it in numbers
        </Link>
      </section>
    );
  }
  if (status !== 'idle') return null;
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
