import { useEffect, useRef, useState } from 'react';
import { toFailure } from '../../client/failure';
import type { LabFailure } from '../../protocol/failure';

export interface Answer<T> {
  /** Of the last question that was answered; it stays while a newer one is under way. */
  value: T | null;
  /** Of the last question, where it failed. */
  failure: LabFailure | null;
  asking: boolean;
}

/**
 * Asks the lab whenever the question changes: one at a time, and of those that came meanwhile only the last, so that a slider never has a
 * queue behind it.
 *
 * @param key what the answer depends on; null for nothing to ask
 */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Answer<T> {
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
    if (current.busy) return;
    current.busy = true;
    void (async () => {
      let asked: string | null = null;
      while (current.mounted && current.key !== null && current.key !== asked) {
        asked = current.key;
        const outcome: { value: T | null; failure: LabFailure | null } = await current.ask().then(
          (value) => ({ value, failure: null }),
          (thrown: unknown) => ({ value: null, failure: toFailure(thrown) }),
        );
        if (current.mounted) setAnswer({ key: asked, ...outcome });
      }
      current.busy = false;
    })();
  }, [key]);
  return { value: answer.value, failure: answer.failure, asking: key !== null && answer.key !== key };
}
