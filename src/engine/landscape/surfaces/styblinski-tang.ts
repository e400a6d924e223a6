import type { Surface } from '../surface';

/** The usual domain is 5 on each side; at 4.2 the edges are as high as the pass between the valleys. */
const reach = 4.2;
const scale = 1 / 40;

function term(x: number): number {
  const u = reach * x;
  return (scale * (u * u * (u * u - 16) + 5 * u)) / 2;
}

function slope(x: number): number {
  const u = reach * x;
  return (scale * reach * (u * (4 * u * u - 32) + 5)) / 2;
}

/** h = sum over the coordinates of (u^4 - 16 u^2 + 5 u) / 80, u = 4.2 x (Styblinski, Tang, Neural Networks 1990). */
export const styblinskiTang: Surface = {
  id: 'styblinski-tang',
  label: 'Smooth (Styblinski–Tang)',
  help: 'Few wide valleys with a high pass between them: two in one dimension, four in two.',
  dimensions: [1, 2],
  create: (dimensions) => ({
    dimensions,
    height: (x, y) => (dimensions === 1 ? term(x) : term(x) + term(y)),
    gradient(x, y, out) {
      out[0] = slope(x);
      if (dimensions === 2) out[1] = slope(y);
    },
  }),
};
