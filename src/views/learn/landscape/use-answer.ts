import { useEffect, useRef, useState } from 'react';
import { toFailure } from '../../../client/failure';
import type { LabFailure } from '../../../protocol/failure';

export interface Answer<Question, Value> {
  value: Value | null;
  /** What the value answers: another one than the present where that one is still being computed. */
  question: Question | null;
  failure: LabFailure | null;
}

/**
 * Keeps an answer to the latest question. One is computed at a time: what is asked meanwhile waits, and only the last of it is asked.
 *
 * @param question has to be the same object while it is the same question.
 * @param delayMs how long a question has to stand before it is asked.
 */
export function useAnswer<Question, Value>(
  ask: (question: Question) => Promise<Value>,
  question: Question,
  delayMs = 0,
): Answer<Question, Value> {
  const [answer, setAnswer] = useState<Answer<Question, Value>>({ value: null, question: null, failure: null });
  const askNow = useRef(ask);
  askNow.current = ask;
  const wanted = useRef(question);
  const busy = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  useEffect(() => {
    wanted.current = question;
    const work = async () => {
      if (busy.current) return;
      busy.current = true;
      for (let asked: Question | null = null; mounted.current && asked !== wanted.current; ) {
        asked = wanted.current;
        const next = asked;
        try {
          const value = await askNow.current(next);
          if (mounted.current) setAnswer({ value, question: next, failure: null });
        } catch (thrown) {
          if (mounted.current) setAnswer((before) => ({ ...before, failure: toFailure(thrown) }));
        }
      }
      busy.current = false;
    };
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  }, [question, delayMs]);
  return answer;
}
