import { describe, expect, it } from 'vitest';
import { placeEndLabels } from './end-labels';
import type { LineSeries } from './line-figure.types';

const plot = { xDomain: [0, 10], yDomain: [0, 1], xScale: 'linear', yScale: 'linear', heightPx: 150 } as const;
const line = (id: string, x: number, y: number): LineSeries => ({
  id,
  label: id,
  color: '#000',
  dash: '',
  endLabel: id.toUpperCase(),
  points: [
    { x: 0, y: 0 },
    { x, y },
  ],
});
const topsOf = (series: LineSeries[]) => placeEndLabels(series, plot).map(({ y, shiftPx }) => (1 - y) * 150 + shiftPx);

describe('placeEndLabels', () => {
  it('puts a letter where its line ends, and none where none is asked for', () => {
    const { endLabel, ...silent } = line('b', 10, 0.5);
    expect(endLabel).toBe('B');
    expect(placeEndLabels([line('a', 4, 0.5), silent], plot)).toEqual([{ id: 'a', text: 'A', color: '#000', x: 4, y: 0.5, shiftPx: 0 }]);
  });

  it('keeps letters of one column apart, also at the floor, and within the plot', () => {
    for (const y of [0.5, 0, 0.02]) {
      const tops = topsOf(['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => line(id, 10, y + i * 1e-3)));
      const sorted = [...tops].sort((a, b) => a - b);
      expect(sorted.every((top, i) => i === 0 || top - sorted[i - 1] >= 12.99)).toBe(true);
      expect(Math.max(...tops)).toBeLessThanOrEqual(150);
    }
  });

  it('leaves alone what ends elsewhere', () => {
    expect(placeEndLabels([line('a', 3, 0.5), line('b', 9, 0.5)], plot).every(({ shiftPx }) => shiftPx === 0)).toBe(true);
  });
});
