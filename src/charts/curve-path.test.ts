import { describe, expect, it } from 'vitest';
import { bandPath, curvePath } from './curve-path';

const times = (factor: number) => (value: number) => factor * value;

describe('the path of a line', () => {
  it('goes from point to point, in tenths of a pixel', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 1.234, y: 2 },
      { x: 2, y: 0.5 },
    ];
    expect(curvePath(points, times(10), times(100))).toBe('M0 100L12.3 200L20 50');
  });

  it('is interrupted where a point has no place, and begins anew behind it', () => {
    const points = [1, 0, 10, Number.NaN, 100, 1000].map((y, x) => ({ x, y }));
    expect(curvePath(points, times(1), Math.log10)).toBe('M0 0M2 1M4 2L5 3');
  });

  it('keeps within what a drawing can tell apart', () => {
    expect(curvePath([{ x: 1e30, y: -1e30 }], times(1), times(1))).toBe('M100000 -100000');
  });

  it('is empty without points', () => {
    expect(curvePath([], times(1), times(1))).toBe('');
  });
});

describe('bandPath', () => {
  const scale = (value: number) => 10 * value;

  it('goes along the upper bounds and back along the lower ones', () => {
    const points = [
      { x: 1, low: 1, high: 3 },
      { x: 2, low: 2, high: 4 },
    ];
    expect(bandPath(points, scale, scale)).toBe('M10 30L20 40L20 20L10 10');
  });

  it('is an upright line for one point, and leaves out what has no bounds', () => {
    expect(bandPath([{ x: 1, low: 0, high: 2 }, { x: 5 }], scale, scale)).toBe('M10 20L10 0');
    expect(bandPath([{ x: 1 }], scale, scale)).toBe('');
  });
});
