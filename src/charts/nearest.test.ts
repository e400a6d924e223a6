import { describe, expect, it } from 'vitest';
import { everyX, nearest } from './nearest';

const line = [0, 1, 4, 10].map((x) => ({ x, y: -x }));

describe('the point that the tooltip tells of', () => {
  it('is the one whose x is nearest', () => {
    for (const [x, expected] of [
      [0.4, 0],
      [0.6, 1],
      [2.4, 1],
      [2.6, 4],
      [7.5, 10],
      [10, 10],
    ]) {
      expect(nearest(line, x)?.x, `at ${x}`).toBe(expected);
    }
  });

  it('is none beyond the ends of a line, but for a little', () => {
    expect(nearest(line, 10.1)?.x).toBe(10);
    expect(nearest(line, 10.5)).toBeNull();
    expect(nearest(line, -0.5)).toBeNull();
    expect(nearest([], 0)).toBeNull();
  });

  it('is that of a line of one point at its own x', () => {
    expect(nearest([{ x: 3, y: 1 }], 3)).toEqual({ x: 3, y: 1 });
  });
});

it('the tooltip stands once at each x that any line has', () => {
  expect(
    everyX([
      { points: line },
      {
        points: [
          { x: 4, y: 0 },
          { x: 2, y: 0 },
        ],
      },
    ]).map(({ x }) => x),
  ).toEqual([0, 1, 2, 4, 10]);
});
