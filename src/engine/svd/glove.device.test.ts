import { describe, expect, it } from 'vitest';
import { openTestDevices } from '../device/testing';
import { matrix } from '../matrix';
import { eckartYoung, gloveCase, gloveHead, orthogonalityError, readGlove, reconstructionError, worstRelativeError } from './oracles';
import { spectrum, truncatedSvd } from './svd';

const devices = await openTestDevices();
const glove = await readGlove(10_000);

it('the prepared vectors are those of the golden file', () => {
  expect(glove.words.slice(0, 5)).toEqual(gloveHead.words);
  gloveHead.row.forEach((value, j) => {
    expect(glove.table.values[j]).toBeCloseTo(value, 8);
  });
});

describe.each(devices.map((device) => [device.report.backend, device] as const))('real GloVe vectors on %s', (_, device) => {
  it.each(['glove-2000', 'glove-10000'] as const)('singular values of %s agree with LAPACK', async (name) => {
    const { rows, columns, singularValues, frobenius } = gloveCase(name);
    const table = matrix(rows, columns, glove.table.values.subarray(0, rows * columns));
    const result = await spectrum(table, device);
    expect(worstRelativeError(result.singularValues, singularValues, 1e-3)).toBeLessThan(1e-4);
    expect(eckartYoung(result.singularValues, 0) / frobenius).toBeCloseTo(1, 6);
  });

  it.each([1, 10, 30, 90])('rank %i is within a thousandth of the Eckart-Young optimum', async (rank) => {
    const { singularValues } = gloveCase('glove-10000');
    const before = device.counters.liveBuffers;
    const { a, b } = await truncatedSvd(glove.table, device, { rank });
    const best = eckartYoung(singularValues, rank);
    expect(Math.abs(reconstructionError(glove.table, a, b) / best - 1)).toBeLessThan(1e-3);
    expect(orthogonalityError(b)).toBeLessThan(1e-5);
    expect(device.counters.liveBuffers).toBe(before);
  });
});
