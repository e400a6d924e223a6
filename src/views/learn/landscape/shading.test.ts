import { expect, it } from 'vitest';
import { contourPaths, greyOf, reliefGreys, shadedRange } from './shading';

/** A bowl: only the height of its distance from the middle. */
const size = 41;
const at = (i: number) => -1 + (2 * i) / (size - 1);
const bowl = { gridSize: size, heights: Array.from({ length: size * size }, (_, i) => at(i % size) ** 2 + at(Math.floor(i / size)) ** 2) };

it('orders greys as lightness does, in both schemes the deepest darkest', () => {
  expect([greyOf(0), greyOf(50), greyOf(100)]).toEqual([0, 119, 255]);
  for (const scheme of ['light', 'dark'] as const) {
    const greys = reliefGreys(bowl, scheme);
    const middle = greys[20 * size + 20];
    // Along the diagonal on which the light neither falls nor is missing.
    const diagonal = [0, 5, 10, 15].map((step) => greys[(20 + step) * size + 20 + step]);
    expect(diagonal).toEqual([...diagonal].sort((a, b) => a - b));
    expect(diagonal[0]).toBe(middle);
    expect(diagonal[3]).toBeGreaterThan(middle + 20);
  }
});

it('draws lines of equal height where that height is', () => {
  const [low, high] = shadedRange(bowl);
  const paths = [...contourPaths(bowl, 400)];
  expect(paths).toHaveLength(12);
  // d3 draws what is above a level: the fifth ring of a bowl has the radius of its level.
  const level = low + (4.5 / 12) * (high - low);
  const rings = paths[4].split('M').slice(1);
  const points = rings.flatMap((ring) => ring.replace('Z', '').split('L')).map((point) => point.split(' ').map(Number));
  const radii = points.map(([x, y]) => Math.hypot(x / 200 - 1, 1 - y / 200)).filter((radius) => radius < 0.99);
  expect(radii.length).toBeGreaterThan(20);
  for (const radius of radii) expect(radius).toBeCloseTo(Math.sqrt(level), 1);
});
