import { describe, expect, it } from 'vitest';
import { fakeAnalysis } from '../../client/testing/fake-analysis';
import { fakeCatalogue } from '../../client/testing/fake-catalogue';
import { fakeSweepResults } from '../../client/testing/fake-sweep';
import { widen } from '../../store/sweep/specification';
import { initialSweepSettings } from '../../store/sweep/sweep';
import { summarize } from './gaps';
import { dropSeries, frontSeries, gapsOf, matrixCells, ratesOf, scheduleSeries, sizeSeries } from './series';

const schedules = ['calr', 'fixed'].map((id) => ({ id, parameters: {} }));
const specification = widen(
  fakeCatalogue.defaultSpecification,
  { ...initialSweepSettings, schedules, rates: [0.5, 0.9, 0.99], methods: ['low-rank', 'codebook'] },
  fakeCatalogue,
);
const results = fakeSweepResults(specification);
const analysis = fakeAnalysis(results, { allowedLoss: 0.01 });
const points = analysis.points.filter(({ setting }) => setting === 0);
const labelOf = (id: string) => id;

describe('the figures of a sweep', () => {
  it('draw accuracy over ascending bytes, within its interval', () => {
    const series = sizeSeries(points, labelOf, 'light');
    expect(series.map(({ id }) => id)).toEqual(['full', 'low-rank', 'codebook']);
    for (const { points: own } of series) {
      expect(own.map(({ x }) => x)).toEqual(own.map(({ x }) => x).sort((a, b) => a - b));
      for (const { y, low, high } of own) expect(low! <= y && y <= high!).toBe(true);
    }
  });

  it('draw the front of the points that are on it, from the smallest on', () => {
    const front = frontSeries(points).points;
    expect(front).toHaveLength(points.filter(({ onFront }) => onFront).length);
    expect(front.map(({ y }) => y)).toEqual(front.map(({ y }) => y).sort((a, b) => a - b));
  });

  it('draw drops at the places of their rates, and none for the full table', () => {
    const rates = ratesOf(points);
    expect(rates).toEqual([0.5, 0.9, 0.99]);
    const series = dropSeries(points, rates, labelOf, 'dark');
    expect(series.map(({ id, points: own }) => [id, own.map(({ x }) => x)])).toEqual([
      ['low-rank', [0, 1, 2]],
      // One bit a weight is 96.9 %.
      ['codebook', [0, 1]],
    ]);
  });

  it('set schedules of one method against each other, each with a line of its own', () => {
    const series = scheduleSeries(analysis, analysis.settings[0], 'low-rank', [0.5, 0.9, 0.99], ({ id }) => id, 'light');
    expect(series.map(({ label }) => label)).toEqual(['calr', 'fixed']);
    expect(series[0].dash).not.toBe(series[1].dash);
    expect(series[0].points.map(({ x }) => x)).toEqual([1, 2, 3]);
  });

  it('say in the matrix why a cell is missing', () => {
    const cells = matrixCells(points, results.gaps, ['low-rank', 'codebook'], [0.9, 0.99]);
    expect(cells[0][0].text).toMatch(/^−?\d+\.\d$/);
    expect(cells[1][1]).toMatchObject({ value: null, text: 'no', why: expect.stringContaining('96.9 %') });
    expect(matrixCells(points, [], ['codebook'], [0.99])[0][0]).toMatchObject({ text: '–', why: 'Not finished yet' });
    // What broke under another schedule is no reason here.
    const [here, other] = analysis.settings;
    expect(gapsOf(results, here).length).toBeGreaterThan(0);
    expect([...gapsOf(results, here), ...gapsOf(results, other)]).toHaveLength(results.gaps.length);
    expect(gapsOf(results, here).every(({ group }) => group.includes(`/${here.schedule.id}/`))).toBe(true);
  });
});

describe('cells that are left out', () => {
  it('are named once a method, with their rates', () => {
    expect(results.gaps.length).toBeGreaterThan(1);
    expect(summarize(results.gaps)).toEqual([{ method: 'codebook', rates: [0.99], reason: expect.any(String) }]);
  });
});
