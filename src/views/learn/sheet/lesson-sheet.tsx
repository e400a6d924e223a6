import { Button } from '@mantine/core';
import { ArrowLeft, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { SegmentedControl } from '../../../ui/segmented-control';
import type { Lesson } from '../lessons/lesson';
import { lessons } from '../lessons/registry';
import { addressOf, stepPath } from '../player/addresses';
import classes from './lesson-sheet.module.css';

type Answers = 'last' | 'none';

const ANSWERS = [
  { value: 'last', label: 'Answers on the last page' },
  { value: 'none', label: 'No answers' },
] as const;

/** A lesson on paper: what each step says and asks, and room to write. */
export default function LessonSheet({ lesson }: { lesson: Lesson }) {
  const [answers, setAnswers] = useState<Answers>('last');
  const number = lessons.indexOf(lesson) + 1;
  useEffect(() => {
    // Browsers name the printed file by the title.
    document.title = `${lesson.title} · lesson sheet · Lowrank Lab`;
  }, [lesson]);
  return (
    <div className={classes.room}>
      <div className={classes.tools}>
        <Link href={stepPath(lesson, 1)} className={classes.back}>
          <ArrowLeft size={14} aria-hidden="true" />
          The lesson on the screen
        </Link>
        <SegmentedControl aria-label="Answers" data={[...ANSWERS]} value={answers} onChange={(value) => setAnswers(value as Answers)} />
        <Button leftSection={<Printer size={15} />} onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <article className={classes.sheet} aria-label={`Lesson sheet: ${lesson.title}`}>
        <header className={classes.head}>
          <p className={classes.lab}>Lowrank Lab, lesson {number}</p>
          <h1 className={classes.title}>{lesson.title}</h1>
          <p className={classes.line}>{lesson.line}</p>
          <div className={classes.blanks}>
            <span>Name</span>
            <span>Date</span>
          </div>
          <p className={classes.address}>{addressOf(stepPath(lesson, 1))}</p>
        </header>
        <ol className={classes.steps}>
          {lesson.steps.map((step) => (
            <li key={step.title} className={classes.step}>
              <h2>{step.title}</h2>
              {step.text.map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
              <p className={classes.task}>{step.task}</p>
              <p className={classes.question}>{step.question}</p>
              <div className={classes.space} aria-hidden="true">
                <i />
                <i />
                <i />
              </div>
            </li>
          ))}
        </ol>
        {answers === 'last' && (
          <section className={classes.answers} aria-label="Answers">
            <h2>Answers: {lesson.title}</h2>
            <ol>
              {lesson.steps.map((step) => (
                <li key={step.title}>
                  <b>{step.question}</b> {step.answer}
                  {step.source && <span className={classes.source}> {step.source}</span>}
                </li>
              ))}
            </ol>
          </section>
        )}
      </article>
    </div>
  );
}
