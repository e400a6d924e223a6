import { startTransition, useEffect, useState } from 'react';
import { takeTurn } from '../charts/turns';
import { type LabState, useLabStore } from '../store/store';

/** Charts follow the run at most this often: ten updates a second would be drawn no better, and cost the training its processor. */
export const CHART_MS = 250;

/**
 * A selector of the store for what is costly to draw: at most one update every `everyMs`, of low priority, so that a
 * click is always served first. The last value always arrives. `select` must be a stable function.
 */
export function useLive<T>(select: (state: LabState) => T, everyMs = CHART_MS): T {
  const [value, setValue] = useState(() => select(useLabStore.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const update = () => {
      timer = undefined;
      last = performance.now();
      const next = select(useLabStore.getState());
      startTransition(() => setValue(() => next));
    };
    const unsubscribe = useLabStore.subscribe((state, before) => {
      if (timer !== undefined || Object.is(select(state), select(before))) return;
      const now = performance.now();
      timer = setTimeout(update, takeTurn(Math.max(now, last + everyMs)) - now);
    });
    update();
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [select, everyMs]);
  return value;
}
