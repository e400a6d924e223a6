import { expOfMinus } from './exact-math';
import type { Field } from './surface';

/** A valley of Gaussian shape: -depth exp(-|p - centre|^2 / (2 width^2)). */
export interface Pit {
  x: number;
  /** 0 in one dimension. */
  y: number;
  depth: number;
  width: number;
}

/** How steep the edges are: edge x^10 has the slope 10 edge at 1, and is nearly nothing up to 0.7. */
const edge = 0.5;

/** exp(-45) of a depth of 1 is below the last bit of a height near 1: left out, which saves most of the time. */
const negligible = 45;

/** x^10 keeps the ball's own steps inwards long before it meets a wall. */
export function edgeHeight(x: number): number {
  const square = x * x;
  return edge * square * square * square * square * square;
}

export function edgeSlope(x: number): number {
  const square = x * x;
  return 10 * edge * square * square * square * square * x;
}

/**
 * Pits in a bowl: h(p) = bowl |p|^2 - sum of pits + sum over the coordinates of x^10 / 2.
 *
 * @param bowl >= 0
 */
export function pitsInBowl(dimensions: 1 | 2, pits: readonly Pit[], bowl: number): Field {
  const count = pits.length;
  const xs = Float64Array.from(pits, (pit) => pit.x);
  const ys = Float64Array.from(pits, (pit) => (dimensions === 1 ? 0 : pit.y));
  const depths = Float64Array.from(pits, (pit) => pit.depth);
  // 1 / width^2, of the exponent and of its derivative.
  const precisions = Float64Array.from(pits, (pit) => 1 / (pit.width * pit.width));
  return {
    dimensions,
    height(x, y) {
      const second = dimensions === 1 ? 0 : y;
      let height = bowl * (x * x + second * second) + edgeHeight(x) + edgeHeight(second);
      for (let i = 0; i < count; i++) {
        const dx = x - xs[i];
        const dy = second - ys[i];
        const exponent = 0.5 * precisions[i] * (dx * dx + dy * dy);
        if (exponent < negligible) height -= depths[i] * expOfMinus(exponent);
      }
      return height;
    },
    gradient(x, y, out) {
      const second = dimensions === 1 ? 0 : y;
      let slopeX = 2 * bowl * x + edgeSlope(x);
      let slopeY = 2 * bowl * second + edgeSlope(second);
      for (let i = 0; i < count; i++) {
        const dx = x - xs[i];
        const dy = second - ys[i];
        const exponent = 0.5 * precisions[i] * (dx * dx + dy * dy);
        if (exponent >= negligible) continue;
        const pull = depths[i] * precisions[i] * expOfMinus(exponent);
        slopeX += pull * dx;
        slopeY += pull * dy;
      }
      out[0] = slopeX;
      if (dimensions === 2) out[1] = slopeY;
    },
  };
}
