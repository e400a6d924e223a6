import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { followDown } from './descent';
import { surfaces } from './registry';
import type { Field } from './surface';
import { surveyField } from './survey';

const fields = surfaces.flatMap(({ id, dimensions, create }) =>
  dimensions.flatMap((n) =>
    (id === 'seeded' ? [1, 2, 3] : [1]).map((seed) => ({ name: `${id} ${n}-d seed ${seed}`, field: create(n, seed) })),
  ),
);

function gradientOf(field: Field, x: number, y: number): number[] {
  const out = new Float64Array(2);
  field.gradient(x, y, out);
  return [...out.subarray(0, field.dimensions)];
}

/** Central differences of the fourth order: their error is far below the tolerance. */
function differences(field: Field, x: number, y: number): number[] {
  const h = 1e-3;
  const along = (at: (step: number) => number) => (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  const first = along((step) => field.height(x + step, y));
  return field.dimensions === 1 ? [first] : [first, along((step) => field.height(x, y + step))];
}

describe.each(fields)('$name', ({ field }) => {
  const { dimensions } = field;
  const random = new Random(7);
  const draw = () => [2 * random.uniform() - 1, dimensions === 1 ? 0 : 2 * random.uniform() - 1] as const;

  it('has the gradient of its height', () => {
    for (let i = 0; i < 300; i++) {
      const [x, y] = draw();
      const analytic = gradientOf(field, x, y);
      for (const [k, expected] of differences(field, x, y).entries()) {
        expect(Math.abs(analytic[k] - expected), `at ${x}, ${y}`).toBeLessThan(1e-4 * (1 + Math.abs(expected)));
      }
    }
  });

  it('rises towards its edges, so that no valley lies on them', () => {
    for (let i = 0; i <= 40; i++) {
      const along = -1 + i / 20;
      expect(gradientOf(field, 1, along)[0]).toBeGreaterThan(0);
      expect(gradientOf(field, -1, along)[0]).toBeLessThan(0);
      if (dimensions === 1) continue;
      expect(gradientOf(field, along, 1)[1]).toBeGreaterThan(0);
      expect(gradientOf(field, along, -1)[1]).toBeLessThan(0);
    }
  });

  it('has valleys that are stationary, minimal among their neighbours, and each of its own', () => {
    const { valleys } = surveyField(field);
    expect(valleys.length).toBeGreaterThan(1);
    for (const [i, { position, height }] of valleys.entries()) {
      const [x, y = 0] = position;
      expect(Math.hypot(...gradientOf(field, x, y))).toBeLessThan(1e-4);
      for (let turn = 0; turn < 16; turn++) {
        const angle = (Math.PI * turn) / 8;
        const at = field.height(x + 0.005 * Math.cos(angle), y + 0.005 * Math.sin(angle));
        if (dimensions === 2 || turn % 8 === 0) expect(at).toBeGreaterThan(height);
      }
      for (const other of valleys.slice(i + 1)) {
        expect(Math.hypot(...position.map((value, k) => value - other.position[k]))).toBeGreaterThan(0.05);
        expect(other.height).toBeGreaterThanOrEqual(height);
      }
    }
  });

  it('has no valley but those: every one of 1,500 descents by brute force ends in one, and each is met', () => {
    const { valleys } = surveyField(field);
    const met = new Set<number>();
    const scratch = new Float64Array(2);
    for (let i = 0; i < 1500; i++) {
      const position = Float64Array.from(draw());
      followDown(field, position, scratch, 1e-8);
      const found = valleys.findIndex(({ position: [x, y = 0] }) => Math.hypot(x - position[0], y - position[1]) < 1e-3);
      expect(found, `a descent that ended at ${position}`).toBeGreaterThanOrEqual(0);
      met.add(found);
    }
    expect(met.size).toBe(valleys.length);
  });

  it('has one valley that is clearly deepest', () => {
    const { valleys, heights } = surveyField(field);
    const lowest = heights.reduce((least, height) => Math.min(least, height));
    expect(valleys[0].height).toBeLessThanOrEqual(lowest);
    expect(valleys[1].height - valleys[0].height).toBeGreaterThan(0.07);
  });
});

it('has a deepest valley under every seed', () => {
  const seeded = surfaces.find(({ id }) => id === 'seeded')!;
  for (const dimensions of [1, 2] as const) {
    for (let seed = 0; seed < 40; seed++) {
      const { valleys } = surveyField(seeded.create(dimensions, seed));
      expect(valleys.length).toBeGreaterThan(2);
      expect(valleys[1].height - valleys[0].height, `seed ${seed}`).toBeGreaterThan(0.3);
    }
  }
});
