// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useAnswer } from './use-answer';

afterEach(cleanup);

/** A lab that answers when it is told to. */
function slowLab() {
  const waiting: { question: number; answer(): void; fail(thrown: unknown): void }[] = [];
  const ask = (question: number) =>
    new Promise<number>((resolve, reject) => waiting.push({ question, answer: () => resolve(10 * question), fail: reject }));
  return { waiting, ask };
}

describe('an answer of the lab', () => {
  it('is asked for one at a time: of the questions that came meanwhile, the last', async () => {
    const { waiting, ask } = slowLab();
    const { result, rerender } = renderHook(({ question }) => useAnswer(String(question), () => ask(question)), {
      initialProps: { question: 1 },
    });
    for (const question of [2, 3, 4]) rerender({ question });
    expect(waiting.map(({ question }) => question)).toEqual([1]);
    expect(result.current).toEqual({ value: null, failure: null, asking: true });
    await act(async () => waiting[0].answer());
    await waitFor(() => expect(waiting.map(({ question }) => question)).toEqual([1, 4]));
    // What is known stays in sight until there is more.
    expect(result.current).toEqual({ value: 10, failure: null, asking: true });
    await act(async () => waiting[1].answer());
    expect(result.current).toEqual({ value: 40, failure: null, asking: false });
  });

  it('may be a failure, after which the next question is asked as ever', async () => {
    const { waiting, ask } = slowLab();
    const { result, rerender } = renderHook(({ question }) => useAnswer(String(question), () => ask(question)), {
      initialProps: { question: 1 },
    });
    await act(async () => waiting[0].fail({ code: 'no-data', message: 'No data is loaded.', remedy: 'Load some.' }));
    expect(result.current).toMatchObject({ value: null, failure: { code: 'no-data' }, asking: false });
    rerender({ question: 2 });
    await act(async () => waiting[1].answer());
    expect(result.current).toEqual({ value: 20, failure: null, asking: false });
  });

  it('is not asked for without a question', () => {
    const { waiting, ask } = slowLab();
    const { result } = renderHook(() => useAnswer(null, () => ask(1)));
    expect(waiting).toEqual([]);
    expect(result.current.asking).toBe(false);
  });
});
