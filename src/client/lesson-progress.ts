/** How far a visitor is in a lesson. */
export interface LessonProgress {
  /** The step that was seen last, from 1. */
  at: number;
  /** Steps that were seen, ascending. */
  seen: readonly number[];
}

export type AllProgress = Readonly<Record<string, LessonProgress>>;

/** Remembers between visits how far the lessons are: numbers of steps, nothing that was answered. */
export interface ProgressMemory {
  read(): AllProgress;
  /** A step is on the screen. */
  visit(lesson: string, step: number): void;
  /** Begins a lesson anew. */
  forget(lesson: string): void;
}

const key = 'lowrank-lab.lessons';
/** What was kept may be anybody's: more than this is no progress of this lab's. */
const mostSteps = 100;

const isStep = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostSteps;

function progressOf(value: unknown): LessonProgress | null {
  if (typeof value !== 'object' || value === null) return null;
  const { at, seen } = value as Record<string, unknown>;
  if (!isStep(at) || !Array.isArray(seen) || !seen.every(isStep)) return null;
  return { at, seen: [...new Set(seen)].sort((a, b) => a - b) };
}

function read(): AllProgress {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([lesson, kept]) => {
        const progress = progressOf(kept);
        return progress ? [[lesson, progress]] : [];
      }),
    );
  } catch {
    return {};
  }
}

function write(all: AllProgress): void {
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    // Forbidden or full: the next visit begins at the first step.
  }
}

/** The browser's local storage; where it is forbidden, nothing is remembered. */
export const browserProgress: ProgressMemory = {
  read,
  visit(lesson, step) {
    const all = read();
    const seen = [...new Set([...(all[lesson]?.seen ?? []), step])].sort((a, b) => a - b);
    write({ ...all, [lesson]: { at: step, seen } });
  },
  forget(lesson) {
    write(Object.fromEntries(Object.entries(read()).filter(([id]) => id !== lesson)));
  },
};
