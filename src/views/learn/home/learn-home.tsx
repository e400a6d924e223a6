import { Check } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type AllProgress, browserProgress, type LessonProgress } from '../../../client/lesson-progress';
import { RoomHead } from '../../../ui/widgets';
import type { Lesson } from '../lessons/lesson';
import { lessons } from '../lessons/registry';
import { pieces } from '../pieces';
import { stepPath } from '../player/addresses';
import classes from './learn-home.module.css';
import { sketches } from './sketches/sketches';

const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);

/** The Learn room's first page: the lessons, then what they are made of. */
export default function LearnHome() {
  const [progress] = useState<AllProgress>(browserProgress.read);
  return (
    <>
      <RoomHead title="Learn">
        {lessons.length} lessons, {minutes} minutes together. What they show is computed while you watch, by the engine that trains.
      </RoomHead>
      <ol className={classes.lessons} aria-label="Lessons">
        {lessons.map((lesson, i) => (
          <li key={lesson.id}>
            <LessonCard lesson={lesson} number={i + 1} progress={progress[lesson.id]} />
          </li>
        ))}
      </ol>
      <h2 className={classes.second} id="pieces">
        Things to play with
      </h2>
      <p className={classes.note}>What the lessons are made of, without the lesson. Move something and see what it does.</p>
      <ul className={classes.pieces} aria-labelledby="pieces">
        {pieces.map(({ id, title, text }) => {
          const Sketch = sketches[id];
          return (
            <li key={id}>
              <Link href={`/learn/${id}`} className={classes.piece}>
                {Sketch && (
                  <span className={classes.drawing}>
                    <Sketch />
                  </span>
                )}
                <span className={classes.pieceTitle}>{title}</span>
                <span className={classes.pieceText}>{text}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Where a click on a lesson goes: on from the step that was seen last, or to the start of one that was seen through. */
export function nextStep(lesson: Lesson, progress: LessonProgress | undefined): { step: number; words: string; seen: number } {
  const count = lesson.steps.length;
  const seen = progress?.seen.filter((step) => step <= count).length ?? 0;
  if (!progress || seen === 0) return { step: 1, words: `${count} steps`, seen };
  if (seen === count) return { step: 1, words: 'seen through', seen };
  const step = Math.min(progress.at, count);
  return { step, words: `on with step ${step} of ${count}`, seen };
}

function LessonCard({ lesson, number, progress }: { lesson: Lesson; number: number; progress: LessonProgress | undefined }) {
  const { step, words, seen } = nextStep(lesson, progress);
  const through = seen === lesson.steps.length;
  return (
    <Link href={stepPath(lesson, step)} className={classes.lesson}>
      <span className={classes.number} aria-hidden="true">
        {number}
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{lesson.title}</span>
        <span className={classes.line}>{lesson.line}</span>
        <span className={classes.foot}>
          <span>
            {lesson.minutes} minutes, {words}
          </span>
          {through ? (
            <Check size={14} strokeWidth={2.5} aria-hidden="true" />
          ) : (
            <span className={classes.bar} aria-hidden="true">
              {lesson.steps.map(({ title }, i) => (
                <span key={title} data-seen={progress?.seen.includes(i + 1) || undefined} />
              ))}
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}
