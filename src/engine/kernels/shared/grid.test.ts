import { describe, expect, it } from 'vitest';
import { flatGrid, workgroupSize } from './grid';

describe('a flat grid', () => {
  it.each([0, 1, 64, 65, 65535 * 64, 65535 * 64 + 1, 10 ** 8])('of %i elements covers them all within the limits', (count) => {
    const [x, y, z] = flatGrid(count);
    expect(x * y * z * workgroupSize).toBeGreaterThanOrEqual(count);
    expect(Math.max(x, y)).toBeLessThanOrEqual(65535);
    // Not more than a row of workgroups too many.
    expect(x * y * workgroupSize - count).toBeLessThan(workgroupSize * Math.max(1, y) + workgroupSize);
  });
});
