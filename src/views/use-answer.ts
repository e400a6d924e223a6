import { useEffect, useRef, useState } from 'react';
import { toFailure } from '../client/failure';
import type { LabFailure } from '../protocol/failure';

export interface Answer<T> {
  /** Of the last question that was answered; it stays while a newer one is under way, and where that one fails. */
  value: T | null;
  /** Of the last question, where it failed. */
  failure: LabFailure | null;
  /** The value is not of the present question: that one is under way, or waits. */
  asking: boolean;
}

/**
 * Asks the lab whenever the question changes: one at a time, and of those that came meanwhile only the last, so that a slider never has a
 * queue behind it.
 *
 * @param key what the answer depends on; null for nothing to ask
 * @param delayMs how long a question has to stand before it is asked
 */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>, delayMs = 0): Answer<T> {
  const [answer, setAnswer] = useState<{ key: string | null; value: T | null; failure: LabFailure | null }>({
    key: null,
    value: null,
    failure: null,
  });
  const state = useRef({ key, ask, busy: false, mounted: false });
  useEffect(() => {
    const { current } = state;
    current.mounted = true;
    return () => {
      current.mounted = false;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is its key; the function is new with every drawing
  useEffect(() => {
    const { current } = state;
    current.key = key;
    current.ask = ask;
    const work = async () => {
      if (current.busy) return;
      current.busy = true;
      let asked: string | null = null;
      while (current.mounted && current.key !== null && current.key !== asked) {
        asked = current.key;
        const answered = asked;
        try {
          const value = await current.ask();
          if (current.mounted) setAnswer({ key: answered, value, failure: null });
        } catch (thrown) {
          if (current.mounted) setAnswer((before) => ({ ...before, key: answered, failure: toFailure(thrown) }));
        }
      }
      current.busy = false;
    };
    if (delayMs === 0) {
      void work();
      return;
    }
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  }, [key, delayMs]);
  return { value: answer.value, failure: answer.failure, asking: key !== null && answer.key !== key };
}
