import { Link } from 'wouter';
import type { Lesson } from '../lessons/lesson';
import { stepPath } from './addresses';
import classes from './player.module.css';

/** Where one is, what was seen, and a way to each step. */
export function StepDots({ lesson, step, seen }: { lesson: Lesson; step: number; seen: readonly number[] }) {
  return (
    <ol className={classes.dots} aria-label="Steps">
      {lesson.steps.map(({ title }, i) => {
        const number = i + 1;
        return (
          <li key={title}>
            <Link
              href={stepPath(lesson, number)}
              className={classes.dot}
              aria-current={number === step ? 'step' : undefined}
              aria-label={`Step ${number}: ${title}${seen.includes(number) ? ', seen' : ''}`}
              title={title}
              data-seen={seen.includes(number) || undefined}
            />
          </li>
        );
      })}
    </ol>
  );
}
