import { describe, expect, it } from 'vitest';
import { pieces } from '../pieces';
import { lessons } from './registry';

const steps = lessons.flatMap((lesson) => lesson.steps.map((step, i) => ({ where: `${lesson.id}, step ${i + 1}`, lesson, step })));

describe('the lessons', () => {
  it('are six short ones, in a quarter of an hour', () => {
    expect(lessons).toHaveLength(6);
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(6);
    for (const { id } of lessons) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
    expect(minutes).toBeGreaterThanOrEqual(12);
    expect(minutes).toBeLessThanOrEqual(16);
    for (const { id, steps } of lessons) {
      expect(steps.length, id).toBeGreaterThanOrEqual(4);
      expect(steps.length, id).toBeLessThanOrEqual(7);
      expect(new Set(steps.map(({ title }) => title)).size, id).toBe(steps.length);
    }
  });

  it('name pieces that the room has', () => {
    const missing = steps
      .filter(({ step }) => !pieces.some(({ id }) => id === step.piece))
      .map(({ where, step }) => `${where}: there is no piece “${step.piece}”`);
    expect(missing).toEqual([]);
  });

  it.each(steps)('are short and whole: $where', ({ step }) => {
    expect(step.title.length).toBeLessThanOrEqual(44);
    expect(step.text.length).toBeGreaterThanOrEqual(1);
    expect(step.text.length).toBeLessThanOrEqual(2);
    for (const paragraph of step.text) expect(paragraph.length, paragraph).toBeLessThanOrEqual(260);
    expect(step.text.join(' ').length).toBeLessThanOrEqual(400);
    expect(step.task.length).toBeLessThanOrEqual(150);
    expect(step.question.length).toBeLessThanOrEqual(140);
    expect(step.answer.length, step.answer).toBeLessThanOrEqual(320);
    for (const sentence of [...step.text, step.task, step.answer]) expect(sentence, sentence).toMatch(/[.]$/);
    expect(step.question).toMatch(/[?]$/);
    // Typographer's marks, and no dashes for commas.
    for (const text of [step.title, ...step.text, step.task, step.question, step.answer]) expect(text).not.toMatch(/["']|--|—/);
  });

  it.each(steps.filter(({ step }) => /outside this lab/i.test([...step.text, step.answer].join(' '))))(
    'name the source of figures from elsewhere: $where',
    ({ step }) => {
      expect(step.source).toMatch(/outside this lab/);
    },
  );

  it('say how long it takes, wherever they ask for a run', () => {
    for (const { where, step } of steps) {
      const asks = /Click (Run|“Start race”)/.test(step.task);
      expect(step.run !== undefined, where).toBe(asks);
      if (step.run) expect(['experiment', 'race'], where).toContain(step.piece);
      if (step.run) expect(step.run.seconds, where).toBeLessThanOrEqual(20);
    }
  });
});
