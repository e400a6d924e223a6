import { useEffect, useRef } from 'react';

/** Elements that have a use of their own for arrows and letters. */
const OWN_KEYS =
  'input, select, textarea, [contenteditable], [role="slider"], [role="application"], [role="menu"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="dialog"], svg[tabindex], canvas';

/** +1 for the next step, -1 for the one before, 0 for a key that is none of the player's. */
export function stepOfKey(
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'defaultPrevented' | 'target'>,
): number {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return 0;
  if (event.target instanceof Element && event.target.closest(OWN_KEYS)) return 0;
  if (event.key === 'ArrowRight' || event.key === 'n') return 1;
  if (event.key === 'ArrowLeft' || event.key === 'p') return -1;
  return 0;
}

/** Arrows, and n and p, turn the lesson's pages wherever the focus is, but in a field. */
export function useStepKeys(turn: (by: number) => void): void {
  const latest = useRef(turn);
  latest.current = turn;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const by = stepOfKey(event);
      if (by === 0) return;
      event.preventDefault();
      latest.current(by);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
