import { describe, expect, it } from 'vitest';
import type { LaneRate } from '../../protocol/race';
import { createSchedule } from '../schedules/registry';
import { previewSchedules } from './preview';
import { laneLearningRate, withChange } from './segments';

const of = (id: string, peak: number, parameters: Record<string, number> = {}): LaneRate => ({ schedule: { id, parameters }, peak });

describe('a lane’s learning rate', () => {
  it('is that of each segment’s schedule, bound to the whole race and read at the race’s own step', () => {
    const rate = laneLearningRate(
      [
        { fromStep: 0, ...of('cosine', 1e-2) },
        { fromStep: 30, ...of('calr', 3e-2) },
        { fromStep: 31, ...of('fixed', 5e-3) },
      ],
      100,
    );
    const cosine = createSchedule({ id: 'cosine', parameters: {} }, { peak: 1e-2, totalSteps: 100 });
    const calr = createSchedule({ id: 'calr', parameters: {} }, { peak: 3e-2, totalSteps: 100 });
    expect([0, 29].map(rate)).toEqual([0, 29].map(cosine));
    expect(rate(30)).toBe(calr(30));
    expect([31, 99].map(rate)).toEqual([5e-3, 5e-3]);
  });
});

describe('a change', () => {
  const start = [{ fromStep: 0, ...of('fixed', 1e-2) }];

  it('is a segment more, unless it is at the step of the last one', () => {
    const changed = withChange(start, 7, of('clr', 1e-2));
    expect(changed).toEqual([...start, { fromStep: 7, ...of('clr', 1e-2) }]);
    expect(withChange(changed, 7, of('clr', 2e-2))).toEqual([...start, { fromStep: 7, ...of('clr', 2e-2) }]);
    expect(withChange(start, 0, of('sgdr', 1))).toEqual([{ fromStep: 0, ...of('sgdr', 1) }]);
  });

  it('to what the lane goes by anyway is none', () => {
    expect(withChange(start, 7, of('fixed', 1e-2))).toEqual(start);
    expect(withChange(withChange(start, 7, of('clr', 1)), 7, of('fixed', 1e-2))).toEqual(start);
    expect(withChange(start, 7, of('fixed', 1e-2, { warmup: 5 }))).toHaveLength(2);
  });
});

describe('the preview', () => {
  it('has every step of a short race, and at most 600 of a long one, both ends included', () => {
    const short = previewSchedules([of('fixed', 1e-2), of('linear', 1)], 20);
    expect(short.steps).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(short.learningRates[0]).toEqual(Array.from({ length: 20 }, () => 1e-2));
    expect(short.learningRates[1][10]).toBeCloseTo(0.5, 12);
    const { steps, learningRates } = previewSchedules([of('calr', 3)], 12_345);
    expect([steps.length, steps[0], steps.at(-1), learningRates[0].length]).toEqual([600, 0, 12_344, 600]);
    expect(Math.max(...learningRates[0])).toBeLessThanOrEqual(3);
    expect(previewSchedules([], 1)).toEqual({ steps: [0], learningRates: [] });
  });
});
