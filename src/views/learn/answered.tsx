import type { ReactNode } from 'react';
import { useLabStore } from '../../store/store';
import { FailureNotice } from '../../ui/widgets';
import type { Answer } from '../use-answer';
import classes from './piece.module.css';

/** A piece that needs an answer of the lab: until it is there, a line that says what is waited for; if it failed, why. */
export function Answered<T>({ answer, waiting, children }: { answer: Answer<T>; waiting: string; children: (value: T) => ReactNode }) {
  const loadFailure = useLabStore((state) => state.data.failure?.failure ?? state.lab.failure);
  const failure = answer.failure ?? (answer.value === null ? loadFailure : null);
  if (failure) return <FailureNotice message={failure.message} remedy={failure.remedy} />;
  if (answer.value === null) {
    return (
      <p className={classes.waiting} role="status">
        {waiting}
      </p>
    );
  }
  return children(answer.value);
}
