import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedRank } from './factor-codes';
import { codesPerWord, levelsSetting } from './levels';
import type { Setting, TableShape } from './method';
import { factorParameters, factorRank, tableParameters, tableRank } from './rank';
import { methods } from './registry';

const largest = (setting: Setting, of: TableShape, rate: number) => {
  const found = setting.candidates(of, rate);
  return 'unreachable' in found ? found : (found[0].rank ?? found[0].levels);
};

const shape: TableShape = { rows: 10_000, columns: 300 };

describe('10,000 x 300', () => {
  it('r = 30 is 309,000 parameters, a rate of 89.7 %', () => {
    expect(factorParameters(shape, 30)).toBe(309_000);
    expect(largest(factorRank, shape, 0.897)).toBe(30);
  });

  it.each([
    ['full', 0, 12_000_000, 3_000_000],
    ['low-rank', 30, 1_236_000, 309_000],
    ['low-rank-direct', 29, 1_194_800, 298_700],
    ['pre-compressed', 30, 1_200_000, 300_000],
    ['pre-compressed-frozen', 30, 1_200_000, 300_000],
    ['random', 15, 600_000, 150_000],
    // 10 codes a word: 300,000 words, and a scale and a zero point.
    ['quantized-min-max', 9, 1_200_008, 3_000_002],
    ['quantized-mse', 9, 1_200_008, 3_000_002],
    // 20 codes a word.
    ['quantized-mse', 3, 600_008, 3_000_002],
    ['quantized-mse', 2, 375_008, 3_000_002],
    ['quantized-mse', 256, 3_000_008, 3_000_002],
    ['codebook', 9, 1_200_036, 3_000_009],
    ['codebook', 256, 3_001_024, 3_000_256],
  ])('%s at %i takes %i bytes', (id, setting, bytes, parameters) => {
    const method = methods.find((candidate) => candidate.id === id)!;
    expect(method.storage(shape, method.setting ? { [method.setting.kind]: setting } : {})).toEqual({ bytes, parameters });
  });

  it.each([
    [0.5, 145, 150, 65_536],
    [0.75, 72, 75, 256],
    [0.9, 29, 30, 9],
    [0.95, 14, 15, 3],
    [0.96, 11, 12, 2],
  ])('at a rate of %f: rank %i in factors, %i dimensions, %i levels', (rate, factors, dimensions, levels) => {
    expect(largest(factorRank, shape, rate)).toBe(factors);
    expect(largest(tableRank, shape, rate)).toBe(dimensions);
    expect(largest(levelsSetting, shape, rate)).toBe(levels);
  });
});

describe('a rate that is out of reach', () => {
  it('is refused in one sentence', () => {
    expect(largest(levelsSetting, shape, 0.98)).toEqual({
      unreachable: 'One bit a weight, the least there is, reaches 96.9 %, so 98 % is out of reach.',
    });
    expect(largest(levelsSetting, shape, 0.9688)).toEqual({
      unreachable: 'One bit a weight, the least there is, reaches 96.875 %, so 96.88 % is out of reach.',
    });
    expect(largest(levelsSetting, shape, 0.96875)).toBe(2);
    expect(largest(factorRank, shape, 0.9969)).toEqual({
      unreachable: 'Rank 1, the lowest, reaches 99.66 %, so 99.69 % is out of reach.',
    });
    expect(largest(tableRank, { rows: 50, columns: 4 }, 0.9)).toEqual({
      unreachable: 'Rank 1, the lowest, reaches 75 %, so 90 % is out of reach.',
    });
    // More numbers in the factors than in the table: a real minus.
    expect(largest(factorRank, { rows: 50, columns: 1 }, 0.9)).toEqual({
      unreachable: 'Rank 1, the lowest, reaches −2 %, so 90 % is out of reach.',
    });
  });

  it('is not the rank of a table that has fewer rows than columns', () => {
    expect(largest(tableRank, { rows: 5, columns: 100 }, 0.1)).toBe(5);
  });
});

describe('codes in a word', () => {
  it.each([
    [2, 32],
    [3, 20],
    [4, 16],
    [5, 13],
    [8, 10],
    [9, 10],
    [10, 9],
    [16, 8],
    [17, 7],
    [256, 4],
    [257, 3],
    [1625, 3],
    [1626, 2],
    [65_536, 2],
    [65_537, 1],
    [2 ** 32, 1],
  ])('%i levels: %i', (levels, codes) => {
    expect(codesPerWord(levels)).toBe(codes);
  });
});

describe('any table', () => {
  const anyShape = fc.record({ rows: fc.integer({ min: 2, max: 1_000_000 }), columns: fc.integer({ min: 2, max: 1000 }) });

  it.each([
    ['factors', factorRank, factorParameters],
    ['dimensions', tableRank, tableParameters],
  ] as const)('has the rank of %s that its rate was computed from', (_, setting, parameters) => {
    fc.assert(
      fc.property(anyShape, fc.double({ min: 0, max: 1, noNaN: true }), (table, share) => {
        const highest = Math.min(table.rows, table.columns) - 1;
        const rank = 1 + Math.floor(share * (highest - 1));
        const rate = 1 - parameters(table, rank) / (table.rows * table.columns);
        fc.pre(rate > 0);
        expect(largest(setting, table, rate)).toBe(rank);
      }),
    );
  });

  it('takes the largest setting within (1 - rho) 4 V d bytes of payload', () => {
    fc.assert(
      fc.property(anyShape, fc.integer({ min: 1, max: 999 }), (table, permille) => {
        const rate = permille / 1000;
        // In whole thousandths, to be exact.
        const allowed = table.rows * table.columns * (1000 - permille);
        const rank = largest(factorRank, table, rate);
        if (typeof rank === 'number') {
          expect(1000 * factorParameters(table, rank)).toBeLessThanOrEqual(allowed);
          if (rank < Math.min(table.rows, table.columns)) expect(1000 * factorParameters(table, rank + 1)).toBeGreaterThan(allowed);
        } else expect(1000 * factorParameters(table, 1)).toBeGreaterThan(allowed);
        const words = (count: number) => 1000 * Math.ceil((table.rows * table.columns) / codesPerWord(count));
        const levels = largest(levelsSetting, table, rate);
        if (typeof levels === 'number') {
          expect(words(levels)).toBeLessThanOrEqual(allowed);
          if (levels < 65_536) expect(words(levels + 1)).toBeGreaterThan(allowed);
        } else expect(words(2)).toBeGreaterThan(allowed);
      }),
    );
  });

  it('takes the largest rank whose codes are within (1 - rho) 4 V d bytes', () => {
    const small = fc.record({ rows: fc.integer({ min: 2, max: 2000 }), columns: fc.integer({ min: 2, max: 300 }) });
    fc.assert(
      fc.property(fc.oneof(small, anyShape), fc.integer({ min: 1, max: 999 }), fc.constantFrom(4, 5, 6, 8), (table, permille, codes) => {
        const allowed = table.rows * table.columns * (1000 - permille);
        const words = (rank: number) => 1000 * (Math.ceil((table.rows * rank) / codes) + Math.ceil((rank * table.columns) / 4));
        const rank = largest(codedRank([codes]), table, permille / 1000);
        if (typeof rank === 'number') {
          expect(words(rank)).toBeLessThanOrEqual(allowed);
          if (rank < Math.min(table.rows, table.columns)) expect(words(rank + 1)).toBeGreaterThan(allowed);
        } else expect(words(1)).toBeGreaterThan(allowed);
      }),
    );
  });
});
