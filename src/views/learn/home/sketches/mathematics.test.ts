import { describe, expect, it } from 'vitest';
import { descend, histogram, normal, principalDirection, rugged, singularValues } from './mathematics';

const pits = [{ at: 0.3, depth: 1, width: 0.2 }];

describe('the mathematics of the sketches', () => {
  it('finds singular values that are known', () => {
    // [[3, 0], [4, 5]] has the singular values sqrt(45) and sqrt(5).
    const [first, second] = singularValues([
      [3, 4],
      [0, 5],
    ]);
    expect(first).toBeCloseTo(Math.sqrt(45), 10);
    expect(second).toBeCloseTo(Math.sqrt(5), 10);
  });

  it('keeps the squared length of a matrix in its singular values', () => {
    const random = normal(3);
    const columns = Array.from({ length: 7 }, () => Array.from({ length: 12 }, random));
    const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
    expect(squares(singularValues(columns))).toBeCloseTo(squares(columns.flat()), 8);
  });

  it('has a slope that is the height’s', () => {
    for (const x of [-0.9, -0.1, 0.25, 0.3, 0.6]) {
      const by = 1e-6;
      expect(rugged(x, pits).slope).toBeCloseTo((rugged(x + by, pits).height - rugged(x - by, pits).height) / (2 * by), 5);
    }
  });

  it('walks downhill by the rate times the slope', () => {
    expect(descend(0.5, [0.1, 0.2], (x) => 2 * x)).toEqual([0.5, 0.4, 0.4 - 0.2 * 0.8]);
    const path = descend(
      0.9,
      Array.from({ length: 400 }, () => 0.02),
      (x) => rugged(x, pits).slope,
    );
    expect(rugged(path.at(-1)!, pits).slope).toBeCloseTo(0, 4);
  });

  it('finds the line that loses least', () => {
    const [x, y] = principalDirection([
      [2, 1],
      [-2, -1],
      [4, 2],
    ]);
    expect(y / x).toBeCloseTo(0.5, 10);
  });

  it('counts every value once', () => {
    expect(histogram([0, 0.1, 0.5, 0.99, 1], 2, 0, 1)).toEqual([2, 3]);
  });
});
