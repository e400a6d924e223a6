import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, cross, dot, facing, normalOf, shareLost, spanOf, tiltOf, turned, unit, type Vector } from './space';

const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
const direction = fc
  .tuple(coordinate, coordinate, coordinate)
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => unit(v as Vector));
const sameLine = (a: Vector, b: Vector) => expect(Math.abs(dot(a, b))).toBeCloseTo(1, 8);

describe('the plane', () => {
  it('has a tilt that gives its normal back, within the sliders', () => {
    fc.assert(
      fc.property(direction, (normal) => {
        const [azimuth, elevation] = tiltOf(normal);
        expect(azimuth).toBeGreaterThanOrEqual(0);
        expect(azimuth).toBeLessThanOrEqual(180);
        expect(Math.abs(elevation)).toBeLessThanOrEqual(90);
        sameLine(normalOf([azimuth, elevation]), normal);
      }),
    );
  });

  it('is spanned by two directions at right angles to its normal', () => {
    fc.assert(
      fc.property(direction, (normal) => {
        const [u, v] = spanOf(normal);
        for (const value of [dot(u, v), dot(u, normal), dot(v, normal)]) expect(value).toBeCloseTo(0, 8);
        expect(dot(u, u)).toBeCloseTo(1, 8);
        expect(dot(v, v)).toBeCloseTo(1, 8);
      }),
    );
  });

  it('loses what lies off it: all of a point on its normal, nothing of one in it', () => {
    expect(shareLost([0, 0, 3], [0, 0, 1])).toBe(1);
    expect(shareLost([2, 5, 0], [0, 0, 1])).toBe(0);
    expect(shareLost([3, 0, 0, 0, 0, 4], [0, 0, 1])).toBeCloseTo(16 / 25, 12);
    expect(shareLost([0, 0, 0], [0, 0, 1])).toBe(0);
  });

  it('moves to another by the shorter way, and arrives', () => {
    fc.assert(
      fc.property(direction, direction, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        sameLine(between(from, to, 1), to);
        const middle = between(from, to, share);
        expect(dot(middle, middle)).toBeCloseTo(1, 8);
        expect(Math.abs(dot(middle, from))).toBeGreaterThanOrEqual(Math.abs(dot(from, to)) - 1e-8);
      }),
    );
  });
});

describe('the camera', () => {
  it('turns without changing a length or an angle', () => {
    fc.assert(
      fc.property(direction, direction, coordinate, coordinate, (a, b, yaw, pitch) => {
        const camera = { yaw, pitch };
        expect(dot(turned(a, camera), turned(b, camera))).toBeCloseTo(dot(a, b), 8);
        expect(dot(turned(cross(a, b), camera), cross(turned(a, camera), turned(b, camera)))).toBeCloseTo(dot(cross(a, b), cross(a, b)), 8);
      }),
    );
  });

  it('faces a direction: that one then points at the eye', () => {
    fc.assert(
      fc.property(direction, (normal) => {
        const [x, y, z] = turned(normal, facing(normal));
        expect([x, y]).toEqual([expect.closeTo(0, 8), expect.closeTo(0, 8)]);
        expect(z).toBeCloseTo(1, 8);
      }),
    );
  });
});
