import { describe, expect, it } from 'vitest';
import { growingReader, RunningExtremes } from './extremes';

const triangles = (n: number) => Array.from({ length: n }, (_, t) => 0.1 + 0.9 * (1 - Math.abs((t % 40) / 20 - 1)));

describe('RunningExtremes', () => {
  it('picks every value of a short log', () => {
    const extremes = new RunningExtremes(8);
    const values = [3, 1, 2];
    extremes.extend(values, 3);
    expect(extremes.indices(values)).toEqual([0, 1, 2]);
  });

  it.each([9, 100, 4001, 20_000])('keeps the extremes and both ends of %i values, at most two a stretch', (n) => {
    const values = triangles(n);
    values[Math.floor(n / 3)] = 7;
    values[Math.floor(n / 2)] = -2;
    const extremes = new RunningExtremes(64);
    // As it comes: in pieces of uneven length.
    for (let done = 0; done < n; done += 37) extremes.extend(values, Math.min(n, done + 37));
    const picked = extremes.indices(values);
    expect(picked.length).toBeLessThanOrEqual(2 * 64 + 2);
    expect(picked[0]).toBe(0);
    expect(picked.at(-1)).toBe(n - 1);
    expect(picked.every((index, i) => i === 0 || index > picked[i - 1])).toBe(true);
    const kept = picked.map((index) => values[index]);
    expect(Math.max(...kept)).toBe(7);
    expect(Math.min(...kept)).toBe(-2);
  });

  it('keeps the peak of every cycle that is longer than a stretch', () => {
    const values = triangles(2000);
    const extremes = new RunningExtremes(128);
    extremes.extend(values, values.length);
    const peaks = extremes.indices(values).filter((index) => values[index] === 1);
    expect(peaks.length).toBe(50);
  });

  it('leaves out what is not finite', () => {
    const values = [1, Number.NaN, 2, Number.POSITIVE_INFINITY];
    const extremes = new RunningExtremes(2);
    extremes.extend(values, 4);
    expect(extremes.indices(values)).toEqual([0, 2]);
  });
});

describe('growingReader', () => {
  it('reads a longer version on, and an older one anew, with the same answer', () => {
    const values = triangles(5000);
    const read = growingReader(32);
    const fresh = (length: number) => growingReader(32)({ values, length });
    expect(read({ values, length: 1000 })).toEqual(fresh(1000));
    expect(read({ values, length: 5000 })).toEqual(fresh(5000));
    expect(read({ values, length: 700 })).toEqual(fresh(700));
  });

  it('reads a log of 200,000 values that grows by 20 at a time fast', () => {
    const values = triangles(200_000);
    const read = growingReader();
    const start = performance.now();
    for (let length = 20; length <= values.length; length += 20) read({ values, length });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
