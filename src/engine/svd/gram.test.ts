import { describe, expect, it } from 'vitest';
import { matrix } from '../matrix';
import { Random } from '../random';
import { gramFloat64 } from './gram';

describe('gramFloat64', () => {
  it.each([
    [1, 1],
    [7, 3],
    [8, 5],
    [9, 4],
    [130, 33],
  ])('is E^T E of %i x %i', async (rows, columns) => {
    const random = new Random(rows);
    const table = matrix(
      rows,
      columns,
      Float32Array.from({ length: rows * columns }, () => random.normal()),
    );
    const gram = await gramFloat64(table);
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        let exact = 0;
        for (let row = 0; row < rows; row++) exact += table.values[row * columns + i] * table.values[row * columns + j];
        expect(gram[i * columns + j]).toBeCloseTo(exact, 12);
      }
    }
  });
});
