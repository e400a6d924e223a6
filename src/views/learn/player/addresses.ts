import type { Lesson } from '../lessons/lesson';

export function stepPath(lesson: Lesson, step: number): string {
  return `/learn/lesson/${lesson.id}/${step}`;
}

export function sheetPath(lesson: Lesson): string {
  return `/learn/lesson/${lesson.id}/print`;
}

/** What to give to somebody else: the page's own address, without what this visit added to it. */
export function addressOf(path: string): string {
  return `${location.origin}${location.pathname}#${path}`;
}

/** A step's number as an address has it; null where the lesson has no such step. */
export function parseStep(lesson: Lesson, text: string): number | null {
  const step = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return step >= 1 && step <= lesson.steps.length ? step : null;
}
