import { expect, it } from 'vitest';
import { svdMarks } from './svd-marks';

const mark = (id: string, x: number, y: number) => ({ id, x, y, color: '#000' });
const words = (...marks: ReturnType<typeof mark>[]) => svdMarks(marks).map(({ label }) => label);

it('tells of methods that were cut at the same time in one breath, at the lowest of them', () => {
  expect(words(mark('a', 16, 0.82))).toEqual(['right after the SVD 82.0 %']);
  expect(words(mark('a', 16, 0.84), mark('b', 16, 0.82), mark('c', 16, 0.83))).toEqual([
    undefined,
    'right after the SVD 82.0 % to 84.0 %',
    undefined,
  ]);
  expect(words(mark('a', 16, 0.82), mark('b', 16, 0.82))).toEqual(['right after the SVD 82.0 %', undefined]);
  expect(words(mark('a', 16, 0.82), mark('b', 8, 0.7))).toEqual(['right after the SVD 82.0 %', 'right after the SVD 70.0 %']);
});
