import { describe, expect, it } from 'vitest';
import { noStep, type Params } from '../../device/device';
import { gramKernel } from './gram';

const kernelLimit = 65_535;

describe('the gram kernel', () => {
  it.each([
    [{ rows: 10_000, columns: 300, chunkRows: 160 }, [10, 5, 63]],
    [{ rows: 1, columns: 1, chunkRows: 64 }, [1, 1, 1]],
    [{ rows: 65, columns: 33, chunkRows: 64 }, [2, 1, 2]],
  ])('covers %o', (params: Params, expected) => {
    const groups = gramKernel.workgroups(params, noStep);
    expect(groups).toEqual(expected);
    for (const count of groups) expect(count).toBeLessThanOrEqual(kernelLimit);
  });

  it('writes nothing under the diagonal', () => {
    const partials = new Float32Array(2 * 9).fill(Number.NaN);
    gramKernel.cpu({ table: Float32Array.from([1, 2, 3, 4, 5, 6]), partials }, { rows: 2, columns: 3, chunkRows: 1 }, noStep);
    expect(Array.from(partials)).toEqual([1, 2, 3, NaN, 4, 6, NaN, NaN, 9, 16, 20, 24, NaN, 25, 30, NaN, NaN, 36]);
  });
});
