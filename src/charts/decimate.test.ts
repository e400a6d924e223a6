import { describe, expect, it } from 'vitest';
import { keepExtremes, lttb, type Point } from './decimate';

const wave = (n: number): Point[] => Array.from({ length: n }, (_, i) => ({ x: i, y: Math.sin(i / 7) + (i % 13 === 0 ? 0.5 : 0) }));

describe('lttb', () => {
  it('leaves a short series as it is, the same array', () => {
    const points = wave(300);
    expect(lttb(points)).toBe(points);
    expect(lttb([])).toEqual([]);
  });

  it.each([301, 1000, 100_000])('keeps exactly 300 of %i points, all of them given ones, in order, with both ends', (n) => {
    const points = wave(n);
    const kept = lttb(points);
    expect(kept).toHaveLength(300);
    expect(kept[0]).toBe(points[0]);
    expect(kept.at(-1)).toBe(points.at(-1));
    const given = new Set(points);
    expect(kept.every((point) => given.has(point))).toBe(true);
    expect(kept.every((point, i) => i === 0 || point.x > kept[i - 1].x)).toBe(true);
  });

  it('keeps a spike', () => {
    const points = wave(5000).map((point) => ({ ...point, y: 0 }));
    points[2345] = { x: 2345, y: 9 };
    expect(lttb(points, 50).some((point) => point.y === 9)).toBe(true);
  });

  it('drops what is not finite', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: Number.NaN },
      { x: 2, y: Number.POSITIVE_INFINITY },
      { x: 3, y: 2 },
    ];
    expect(lttb(points)).toEqual([
      { x: 0, y: 1 },
      { x: 3, y: 2 },
    ]);
  });
});

describe('keepExtremes', () => {
  it('keeps the highest and the lowest value of every cycle, and at most 300 points', () => {
    // Triangles of 40 steps between 0.1 and 1.
    const points = Array.from({ length: 8001 }, (_, t) => ({ x: t, y: 0.1 + 0.9 * (1 - Math.abs((t % 40) / 20 - 1)) }));
    const kept = keepExtremes(points);
    expect(kept.length).toBeLessThanOrEqual(300);
    expect(Math.max(...kept.map((point) => point.y))).toBe(1);
    expect(Math.min(...kept.map((point) => point.y))).toBeCloseTo(0.1, 12);
    const given = new Set(points);
    expect(kept.every((point) => given.has(point))).toBe(true);
    expect(kept.every((point, i) => i === 0 || point.x > kept[i - 1].x)).toBe(true);
  });

  it('leaves a short series as it is', () => {
    const points = wave(12);
    expect(keepExtremes(points)).toBe(points);
  });
});
