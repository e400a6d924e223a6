import { describe, expect, it } from 'vitest';
import { append, EMPTY } from './growing';

describe('a growing log', () => {
  it('keeps older versions as they were', () => {
    const one = append(EMPTY, [1, 2]);
    const two = append(one, [3]);
    expect([one.length, two.length, EMPTY.length]).toEqual([2, 3, 0]);
    expect(two.values.slice(0, two.length)).toEqual([1, 2, 3]);
  });

  it('shares its array while it grows, and copies where two versions grow from one', () => {
    const one = append(EMPTY, [1]);
    const two = append(one, [2]);
    const other = append(one, [9]);
    expect(two.values).toBe(one.values);
    expect(other.values).not.toBe(two.values);
    expect([...other.values]).toEqual([1, 9]);
    expect(two.values.slice(0, two.length)).toEqual([1, 2]);
  });

  it('takes half a million points in batches in well under a second', () => {
    const batch = Array.from({ length: 50 }, (_, i) => i);
    let log = EMPTY;
    const start = performance.now();
    for (let i = 0; i < 10_000; i++) log = append(log, batch);
    expect(log.length).toBe(500_000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
