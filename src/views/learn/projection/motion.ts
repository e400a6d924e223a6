import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

/** Calls back with every picture and the seconds since the last, as long as `running` holds. */
export function useFrames(running: boolean, onFrame: (seconds: number) => void): void {
  const callback = useRef(onFrame);
  useEffect(() => {
    callback.current = onFrame;
  });
  useEffect(() => {
    if (!running) return;
    // The pictures' own clock, which need not be the page's.
    let last: number | null = null;
    let frame = requestAnimationFrame(function next(now) {
      // A page that comes back from the background goes on where it was.
      callback.current(last === null ? 0 : Math.min(0.1, Math.max(0, now - last) / 1000));
      last = now;
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [running]);
}

/** Moves something from 0 to 1, slowly at both ends; at once where motion is unwanted. Another one ends the one before. */
export function useGlide(seconds: number): (move: (share: number) => void) => void {
  const still = useReducedMotion();
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return (move) => {
    cancelAnimationFrame(frame.current);
    if (still) {
      move(1);
      return;
    }
    let startedAt: number | null = null;
    frame.current = requestAnimationFrame(function next(now) {
      startedAt ??= now;
      const share = Math.min(1, (now - startedAt) / (1000 * seconds));
      move(share * share * (3 - 2 * share));
      if (share < 1) frame.current = requestAnimationFrame(next);
    });
  };
}
