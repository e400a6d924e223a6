import type { Surface } from '../surface';

const reach = 5;
const scale = 1 / 250;
/** Himmelblau's four valleys are equally deep; this much of |u - (3, 2)|^2 on top leaves one that is deepest. */
const tilt = 1.5;

/** h = ((u^2 + v - 11)^2 + (u + v^2 - 7)^2 + 1.5 ((u - 3)^2 + (v - 2)^2)) / 250, (u, v) = 5 (x, y) (Himmelblau 1972, tilted). */
export const himmelblau: Surface = {
  id: 'himmelblau',
  label: 'Four bays (Himmelblau)',
  help: 'Four wide valleys around a hill, tilted so that one is deepest.',
  dimensions: [2],
  create: () => ({
    dimensions: 2,
    height(x, y) {
      const u = reach * x;
      const v = reach * y;
      const a = u * u + v - 11;
      const b = u + v * v - 7;
      return scale * (a * a + b * b + tilt * ((u - 3) * (u - 3) + (v - 2) * (v - 2)));
    },
    gradient(x, y, out) {
      const u = reach * x;
      const v = reach * y;
      const a = u * u + v - 11;
      const b = u + v * v - 7;
      out[0] = scale * reach * (4 * u * a + 2 * b + 2 * tilt * (u - 3));
      out[1] = scale * reach * (2 * a + 4 * v * b + 2 * tilt * (v - 2));
    },
  }),
};
