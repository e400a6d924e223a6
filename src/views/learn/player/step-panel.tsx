import { Button } from '@mantine/core';
import { ArrowLeft, ArrowRight, Check, ChevronRight, ChevronsLeft, Hand, RotateCcw, Timer } from 'lucide-react';
import { type Ref, useState } from 'react';
import { formatSeconds } from '../../../charts/format';
import { isActive } from '../../../store/run';
import { useLabStore } from '../../../store/store';
import type { Lesson } from '../lessons/lesson';
import { stepPath } from './addresses';
import { CopyLink } from './copy-link';
import classes from './player.module.css';
import { StepDots } from './step-dots';

interface StepPanelProps {
  lesson: Lesson;
  /** From 1. */
  step: number;
  seen: readonly number[];
  heading: Ref<HTMLHeadingElement>;
  onTurn(by: number): void;
  /** Sets what the step sets, once more. */
  onReset(): void;
  onRestart(): void;
}

/** What a step says, asks and answers, and the way on. */
export function StepPanel({ lesson, step, seen, heading, onTurn, onReset, onRestart }: StepPanelProps) {
  const current = lesson.steps[step - 1];
  const last = step === lesson.steps.length;
  return (
    <section className={classes.panel} aria-label="Lesson">
      <div className={classes.where}>
        {/* Read out at each turn of the page; the heading has the focus and says the rest. */}
        <p role="status" className={classes.count}>
          Step {step} of {lesson.steps.length}
        </p>
        <StepDots lesson={lesson} step={step} seen={seen} />
      </div>
      <h2 className={classes.stepTitle} tabIndex={-1} ref={heading}>
        {current.title}
      </h2>
      <div className={classes.text}>
        {current.text.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div className={classes.task}>
        <Hand size={16} aria-hidden="true" />
        <div>
          <p>{current.task}</p>
          {current.run && <RunTime seconds={current.run.seconds} />}
        </div>
      </div>
      <Question key={`${lesson.id}-${step}`} question={current.question} answer={current.answer} />
      {current.source && <p className={classes.source}>{current.source}</p>}
      <nav className={classes.turns} aria-label="Steps of the lesson">
        <Button variant="default" size="md" leftSection={<ArrowLeft size={16} />} disabled={step === 1} onClick={() => onTurn(-1)}>
          Back
        </Button>
        <Button size="md" rightSection={last ? <Check size={16} /> : <ArrowRight size={16} />} onClick={() => onTurn(1)}>
          {last ? 'Finish' : 'Next'}
        </Button>
      </nav>
      <div className={classes.extras}>
        <Button className={classes.quiet} variant="subtle" color="gray" size="xs" leftSection={<RotateCcw size={14} />} onClick={onReset}>
          Set up again
        </Button>
        <CopyLink path={stepPath(lesson, step)}>Link to this step</CopyLink>
        {step > 1 && (
          <Button
            className={classes.quiet}
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<ChevronsLeft size={14} />}
            onClick={onRestart}
          >
            Again from the start
          </Button>
        )}
      </div>
    </section>
  );
}

/** How long the training takes that the task starts, and what becomes of one that goes on. */
function RunTime({ seconds }: { seconds: number }) {
  const active = useLabStore(({ run, race }) => isActive(run.status) || isActive(race.run.status));
  return (
    <p className={classes.time}>
      <Timer size={13} aria-hidden="true" />
      {active
        ? 'A training is going on; it is not started anew.'
        : `It trains for about ${formatSeconds(seconds)} on one processor core, without a GPU.`}
    </p>
  );
}

function Question({ question, answer }: { question: string; answer: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.question} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={classes.asked}>{question}</span>
        <span className={classes.opener}>
          <ChevronRight size={14} aria-hidden="true" />
          {open ? 'Hide the answer' : 'Open the answer'}
        </span>
      </summary>
      <p className={classes.answer}>{answer}</p>
    </details>
  );
}
