import { ArrowLeft, ArrowRight, Printer } from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { browserProgress } from '../../../client/lesson-progress';
import { useShortcuts } from '../../shortcuts/mounted';
import type { Shortcut } from '../../shortcuts/shortcut';
import { InLesson } from '../in-lesson';
import type { Lesson } from '../lessons/lesson';
import { lessons } from '../lessons/registry';
import { pieces } from '../pieces';
import { sheetPath, stepPath } from './addresses';
import { CopyLink } from './copy-link';
import { enterStep, keepSettings } from './enter-step';
import classes from './player.module.css';
import { StepPanel } from './step-panel';

/** One step of a lesson: what it says, beside the piece that it is about. */
export default function LessonPlayer({ lesson, step }: { lesson: Lesson; step: number }) {
  const [, navigate] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [seen, setSeen] = useState<readonly number[]>([]);
  const current = lesson.steps[step - 1];
  const piece = pieces.find(({ id }) => id === current.piece);
  const Piece = piece?.component;

  // Before the first step sets anything.
  useEffect(() => keepSettings(), []);

  const wait = useRef(() => {});
  useEffect(() => {
    wait.current = enterStep(current.state);
    return () => wait.current();
  }, [current]);

  useEffect(() => {
    document.title = `${step}. ${lesson.steps[step - 1].title} · ${lesson.title} · Lowrank Lab`;
    browserProgress.visit(lesson.id, step);
    setSeen(browserProgress.read()[lesson.id]?.seen ?? [step]);
  }, [lesson, step]);

  // The page that was turned to is read from its heading; a link that was opened leaves the focus where the browser puts it.
  const turned = useRef(current);
  useEffect(() => {
    if (turned.current === current) return;
    turned.current = current;
    heading.current?.focus({ preventScroll: true });
  }, [current]);

  const turn = (by: number) => {
    const next = step + by;
    if (next < 1) return;
    navigate(next > lesson.steps.length ? '/learn' : stepPath(lesson, next));
  };
  const latestTurn = useRef(turn);
  latestTurn.current = turn;
  const isLast = step === lesson.steps.length;
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      // The last page is left by its button alone: a key too many must not throw a class out of the lesson.
      {
        id: 'lesson-next',
        keys: ['ArrowRight'],
        does: 'Next step',
        where: 'Lesson',
        enabled: () => !isLast,
        run: () => latestTurn.current(1),
      },
      { id: 'lesson-back', keys: ['ArrowLeft'], does: 'The step before', where: 'Lesson', run: () => latestTurn.current(-1) },
    ],
    [isLast],
  );
  useShortcuts(shortcuts);

  const restart = () => {
    browserProgress.forget(lesson.id);
    navigate(stepPath(lesson, 1));
  };

  return (
    <article className={classes.player} aria-label={lesson.title}>
      <header className={classes.head}>
        <Link href="/learn" className={classes.home}>
          <ArrowLeft size={14} aria-hidden="true" />
          All lessons
        </Link>
        <h1 className={classes.title}>
          <span className={classes.number}>{lessons.indexOf(lesson) + 1}</span>
          {lesson.title}
        </h1>
        <div className={classes.tools}>
          <CopyLink path={stepPath(lesson, 1)}>Link to this lesson</CopyLink>
          <Link href={sheetPath(lesson)} className={classes.sheetLink}>
            <Printer size={14} aria-hidden="true" />
            Printed sheet
          </Link>
        </div>
      </header>
      <div className={classes.columns}>
        <StepPanel
          lesson={lesson}
          step={step}
          seen={seen}
          heading={heading}
          onTurn={turn}
          onReset={() => {
            wait.current();
            wait.current = enterStep(current.state);
          }}
          onRestart={restart}
        />
        <section className={classes.stage} aria-label={piece?.title}>
          <InLesson value={true}>
            <Suspense fallback={<div className={classes.pending} />}>{Piece && <Piece />}</Suspense>
          </InLesson>
          {step < lesson.steps.length && (
            // Where the text is above the piece, the way on is far up.
            <Link href={stepPath(lesson, step + 1)} className={classes.on}>
              Go on with step {step + 1}
              <ArrowRight size={15} aria-hidden="true" />
            </Link>
          )}
        </section>
      </div>
    </article>
  );
}
