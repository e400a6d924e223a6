import { describe, expect, it } from 'vitest';
import { ProgressMeter } from './progress';

function meterOf(costs: Record<string, number>) {
  const time = { ms: 0 };
  const said: { done: number; secondsLeft: number | null }[] = [];
  const meter = new ProgressMeter(
    new Map(Object.entries(costs)),
    () => time.ms,
    (event) => said.push(event),
  );
  const work = (kind: string, cost: number, ms: number) => {
    time.ms += ms;
    meter.add(kind, cost, kind);
    return said[said.length - 1];
  };
  return { meter, time, said, work };
}

describe('the progress of a run', () => {
  it('takes what has not run yet to be as fast as what has', () => {
    const { work } = meterOf({ full: 100, quick: 300 });
    // 10 of 400 in a second.
    expect(work('full', 10, 1000)).toEqual({ kind: 'progress', label: 'full', done: 10 / 400, secondsLeft: 39 });
  });

  it('corrects itself by what each method was measured to take', () => {
    const { work } = meterOf({ full: 100, quick: 300 });
    work('full', 100, 10_000);
    // A tenth as slow as its cost said: 30 of 300 in 300 ms, where 3,000 were expected.
    const { done, secondsLeft } = work('quick', 30, 300);
    expect(secondsLeft).toBeCloseTo(2.7, 9);
    expect(done).toBeCloseTo(10_300 / 13_000, 9);
  });

  it('never goes back, though an estimate does', () => {
    const { work } = meterOf({ a: 100, b: 100 });
    const before = work('a', 100, 1000).done;
    const { done, secondsLeft } = work('b', 1, 1000);
    expect(secondsLeft).toBeCloseTo(99, 9);
    expect(done).toBe(before);
  });

  it('does not take a factorization for steps', () => {
    const { meter, time, work } = meterOf({ a: 10 });
    work('a', 1, 100);
    time.ms += 5000;
    meter.begin();
    expect(work('a', 1, 100).secondsLeft).toBeCloseTo(0.8, 9);
  });

  it('comes to its end where a training broke in the middle', () => {
    const { meter, work } = meterOf({ a: 100, b: 100 });
    work('a', 40, 400);
    meter.over('a', 50);
    expect(work('a', 50, 500).secondsLeft).toBeCloseTo(1, 9);
    meter.over('a', 50);
    expect(work('b', 100, 1000)).toMatchObject({ done: 1, secondsLeft: 0 });
  });
});
