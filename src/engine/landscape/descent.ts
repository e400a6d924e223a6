import type { Field } from './surface';
import { reflect } from './walls';

/** No step of the descent is longer, so that it does not jump over a pass: the narrowest valley of the surfaces is five times as wide. */
const longestStep = 0.01;
const mostSteps = 20_000;

/**
 * Follows the gradient down in short steps (steepest descent with backtracking: each step lowers the height by at least a tenth of what its
 * slope promises), and leaves the local minimum in `position`.
 *
 * @param position x and y, overwritten; y is not looked at in one dimension.
 * @param scratch two numbers for the gradient.
 * @param shortestStep the descent ends where its steps are shorter than this.
 */
export function followDown(field: Field, position: Float64Array, scratch: Float64Array, shortestStep: number): void {
  const flat = field.dimensions === 1;
  let [x, y] = position;
  let height = field.height(x, y);
  let rate = 0.01;
  for (let step = 0; step < mostSteps; step++) {
    field.gradient(x, y, scratch);
    const slopeX = scratch[0];
    const slopeY = flat ? 0 : scratch[1];
    const slope = Math.sqrt(slopeX * slopeX + slopeY * slopeY);
    if (slope === 0) break;
    rate = Math.min(2 * rate, longestStep / slope);
    let moved = false;
    while (rate * slope >= shortestStep) {
      const nextX = reflect(x - rate * slopeX);
      const nextY = flat ? y : reflect(y - rate * slopeY);
      const next = field.height(nextX, nextY);
      if (next <= height - 0.1 * rate * slope * slope) {
        x = nextX;
        y = nextY;
        height = next;
        moved = true;
        break;
      }
      rate /= 2;
    }
    if (!moved) break;
  }
  position[0] = x;
  position[1] = y;
}
