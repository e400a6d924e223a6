import { describe, expect, it } from 'vitest';
import { axisDomain } from './axis';
import { pointsEach } from './series';

describe('the charts of a race', () => {
  it('draw 300 points a line at most, and no more in all for six lanes than for three', () => {
    expect([1, 2, 3, 4, 6].map(pointsEach)).toEqual([300, 300, 300, 225, 150]);
  });

  it('show the whole race from its start, and of time as much as it will take', () => {
    const seconds = { values: [1, 2, 3, 4], length: 4 };
    const trace = { firstStep: 6, seconds } as never;
    expect(axisDomain('step', 100, 10, [])).toEqual([0, 100]);
    expect(axisDomain('epoch', 100, 10, [])).toEqual([0, 10]);
    // 4 s for the first 10 of 100 steps.
    expect(axisDomain('time', 100, 10, [trace])).toEqual([0, 50]);
  });
});
