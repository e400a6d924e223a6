import { describe, expect, it } from 'vitest';
import { matrix } from '../matrix';
import { Random } from '../random';
import { assign, fitCentres } from './kmeans';

/** Points about `centres`, the same number for each. */
function clouds(centres: number[][], each: number, spread: number) {
  const random = new Random(8);
  const columns = centres[0].length;
  return matrix(
    centres.length * each,
    columns,
    Float32Array.from({ length: centres.length * each * columns }, (_, at) => {
      const row = Math.floor(at / columns);
      return centres[row % centres.length][at % columns] + spread * random.normal();
    }),
  );
}

const corners = [
  [0, 0, 0],
  [9, 0, 0],
  [0, 9, 0],
  [9, 9, 9],
];

describe('k-means', () => {
  it('finds clouds that stand apart', () => {
    const points = clouds(corners, 50, 0.1);
    const centres = fitCentres(points, 4, new Random(1));
    for (const corner of corners) {
      const nearest = Math.min(
        ...Array.from({ length: 4 }, (_, k) => Math.hypot(...corner.map((value, j) => value - centres.values[3 * k + j]))),
      );
      expect(nearest).toBeLessThan(0.1);
    }
  });

  it('gives each point the nearest centre, by the definition', () => {
    const points = clouds(corners, 300, 3);
    const centres = fitCentres(points, 7, new Random(2));
    const { codes, distances } = assign(points, centres);
    for (let i = 0; i < points.rows; i++) {
      const all = Array.from({ length: 7 }, (_, k) => {
        let sum = 0;
        for (let j = 0; j < 3; j++) sum += (points.values[3 * i + j] - centres.values[3 * k + j]) ** 2;
        return sum;
      });
      expect(all[codes[i]]).toBeCloseTo(Math.min(...all), 3);
      expect(distances[i]).toBeCloseTo(Math.min(...all), 3);
    }
  });

  it('loses less with more centres, and nothing with as many as there are points', () => {
    const points = clouds(corners, 30, 2);
    const losses = [1, 2, 8, 32, 120].map((count) =>
      assign(points, fitCentres(points, count, new Random(3))).distances.reduce((sum, distance) => sum + distance, 0),
    );
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1]);
    expect(losses[4]).toBeCloseTo(0, 2);
  });

  it('gives the same bits twice, and takes points that are all the same', () => {
    const points = clouds(corners, 40, 1);
    expect(fitCentres(points, 5, new Random(4))).toEqual(fitCentres(points, 5, new Random(4)));
    const same = matrix(9, 2, new Float32Array(18).fill(3));
    expect([...fitCentres(same, 4, new Random(5)).values]).toEqual(new Array(8).fill(3));
  });
});
