import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave, repetitionsFor } from './interleave';
import { rooflineMs } from './roofline';
import { logLogSlope, median } from './statistics';

describe('the median', () => {
  it('is the middle value, or the mean of the two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 9, 1, 2])).toBe(5.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('has as many values on either side', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('the slope on logarithmic axes', () => {
  it('is the exponent of a power', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 100, noNaN: true }), (exponent, factor) => {
        const points = [10, 300, 4000, 1e6].map((x) => ({ x, y: factor * x ** exponent }));
        expect(logLogSlope(points)).toBeCloseTo(exponent, 8);
      }),
    );
  });

  it('takes two places', () => {
    expect(() => logLogSlope([{ x: 1, y: 1 }])).toThrow(RangeError);
  });
});

describe('an interleaved measurement', () => {
  it('lets all take turns, and a slow one fewer', async () => {
    const order: string[] = [];
    const contender = (name: string, times: number[], most?: number) => ({
      name,
      most,
      run: async () => {
        order.push(name);
        return times.shift() ?? Number.NaN;
      },
    });
    const measured = await interleave([contender('ours', [5, 1, 3]), contender('peer', [7, 8, 9], 2)], 3);
    expect(order).toEqual(['ours', 'peer', 'ours', 'peer', 'ours']);
    expect(measured).toEqual([
      { name: 'ours', medianMs: 3, runs: 3 },
      { name: 'peer', medianMs: 7.5, runs: 2 },
    ]);
  });

  it('repeats what is short until it fills a run', () => {
    expect(repetitionsFor(1, 150, 256)).toBe(150);
    expect(repetitionsFor(0, 150, 256)).toBe(256);
    expect(repetitionsFor(1e4, 150, 256)).toBe(1);
  });
});

it('a roofline is bound by the larger of operations and bytes, and by dispatches', () => {
  const gpu = { name: 'test', flopsPerSecond: 1e9, bytesPerSecond: 1e9 };
  expect(rooflineMs({ flops: 1e6, bytes: 2e6, dispatches: 0 }, gpu)).toBeCloseTo(2);
  expect(rooflineMs({ flops: 3e6, bytes: 2e6, dispatches: 0 }, gpu)).toBeCloseTo(3);
  expect(rooflineMs({ flops: 0, bytes: 0, dispatches: 10 }, gpu)).toBeCloseTo(0.15);
});
