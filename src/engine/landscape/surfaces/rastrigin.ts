import { cosOfTurns, sinOfTurns } from '../exact-math';
import { edgeHeight, edgeSlope } from '../pits';
import type { Surface } from '../surface';

/** Of the deepest valley. */
const centre = [0.3, -0.2] as const;
const bowl = 1.2;
const ripple = 0.22;
/** Ripples in a length of 1: they are 0.4 apart. */
const frequency = 2.5;

function term(x: number, middle: number): number {
  const u = x - middle;
  return bowl * u * u + ripple * (1 - cosOfTurns(frequency * u)) + edgeHeight(x);
}

function slope(x: number, middle: number): number {
  const u = x - middle;
  return 2 * bowl * u + 2 * Math.PI * ripple * frequency * sinOfTurns(frequency * u) + edgeSlope(x);
}

/** h = sum over the coordinates of 1.2 u^2 + 0.22 (1 - cos(5 pi u)) + x^10 / 2, u = x - centre (Rastrigin 1974, moved from the middle). */
export const rastrigin: Surface = {
  id: 'rastrigin',
  label: 'Rugged (Rastrigin)',
  help: 'Even ripples in a bowl: many valleys of one width, each less deep the farther it is from the deepest.',
  dimensions: [1, 2],
  create: (dimensions) => ({
    dimensions,
    height: (x, y) => (dimensions === 1 ? term(x, centre[0]) : term(x, centre[0]) + term(y, centre[1])),
    gradient(x, y, out) {
      out[0] = slope(x, centre[0]);
      if (dimensions === 2) out[1] = slope(y, centre[1]);
    },
  }),
};
