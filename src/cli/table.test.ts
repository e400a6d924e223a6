import { describe, expect, it } from 'vitest';
import { catalogue } from '../engine/experiment/catalogue';
import { floorLine, formatBytes, resultsTable } from './table';
import { row } from './testing/fake-lab';

const cells = (text: string) => text.split('\n').map((line) => line.split(/ {2,}/).map((cell) => cell.trim()));

const lowRank = { method: 'low-rank', requestedRate: 0.9, rate: 0.908, bytes: 188_352, networkBytes: 229_560, rank: 9 };

describe('resultsTable', () => {
  it('has a line a method, with a dash where nothing applies', () => {
    const text = resultsTable(
      [row({}), row({ ...lowRank, testAccuracy: 0.85, beforeRetrainingAccuracy: 0.8, beforeRetrainingMacroF1: 0.79 })],
      catalogue(),
    );
    const [header, , full, factors] = cells(text);
    expect(header.slice(0, 4)).toEqual(['Method', 'Rate %', 'Setting', 'Embedding']);
    const label = catalogue().methods.find(({ id }) => id === 'full')?.label;
    expect(full).toEqual([label, '0.0', '-', '2.05 MB', '2.09 MB', '83.0', '82.0', '-', '-', '84.0', '84.0', '-', '0.002', '495', '4.0']);
    expect(factors.slice(1, 12)).toEqual(['90.8', 'rank 9', '188 kB', '230 kB', '83.0', '82.0', '80.0', '79.0', '85.0', '84.0', '-1.0']);
    expect(new Set(text.split('\n').map((line) => line.length)).size).toBe(1);
  });

  it('shows several seeds as mean and sample standard deviation, drops seed by seed', () => {
    const rows = [
      row({ seed: 1, testAccuracy: 0.84 }),
      row({ ...lowRank, seed: 1, testAccuracy: 0.83 }),
      row({ seed: 2, testAccuracy: 0.86 }),
      row({ ...lowRank, seed: 2, testAccuracy: 0.83, learningRate: 0.001 }),
    ];
    const [, , full, factors] = cells(resultsTable(rows, catalogue()));
    expect(full[9]).toBe('85.0 ± 1.4');
    expect(factors.slice(9, 12)).toEqual(['83.0 ± 0.0', '84.0 ± 0.0', '2.0 ± 1.4']);
    expect(factors[12]).toBe('0.002, 0.001');
  });

  it('has a header when nothing was finished', () => {
    expect(resultsTable([], catalogue())).toMatch(/^Method/);
  });
});

describe('floorLine', () => {
  it('says once a seed what the most frequent class alone would score', () => {
    expect(floorLine([row({ majorityAccuracy: 0.6 }), row({ ...lowRank, majorityAccuracy: 0.6 })])).toContain('scores 60.0 % accuracy');
    expect(floorLine([row({ majorityAccuracy: 0.6 }), row({ seed: 2, majorityAccuracy: 0.62 })])).toContain('scores 61.0 ± 1.4 %');
    expect(floorLine([])).toBeNull();
  });
});

describe('formatBytes', () => {
  it('keeps three digits', () => {
    expect([0, 999, 1000, 188_352, 999_900, 2_052_800, 400_000_000].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.00 kB',
      '188 kB',
      '1.00 MB',
      '2.05 MB',
      '400 MB',
    ]);
  });
});
