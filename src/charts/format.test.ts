import { describe, expect, it } from 'vitest';
import { accuracyDomain, domainAround, domainFromZero, isRightOfMiddle, logDomain, logTicks, roundUp, ticksOf } from './domain';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatLatency,
  formatPercent,
  formatPercentTick,
  formatPoints,
  formatRate,
  formatSeconds,
  formatSetting,
  formatSmaller,
  formatTimes,
} from './format';

describe('formatters', () => {
  it('give every number its unit', () => {
    expect(formatCount(341_479)).toBe('341,479');
    expect([0, 1, 2, 1200].map((value) => formatCounted(value, 'step'))).toEqual(['0 steps', '1 step', '2 steps', '1,200 steps']);
    expect(formatPercent(0.846)).toBe('84.6 %');
    expect([0.6, 0.625, 0.65].map(formatPercentTick)).toEqual(['60 %', '62.5 %', '65 %']);
    expect(formatTimes(9.712)).toBe('9.7×');
    expect(formatLatency(0.00472)).toBe('4.7 µs');
    expect(formatLatency(12.34)).toBe('12 ms');
    expect(formatTimes(312.4)).toBe('312×');
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(2_101_200)).toBe('2.10 MB');
    expect(formatBytes(999_999)).toBe('1.00 MB');
    expect(formatSeconds(75)).toBe('1 min 15 s');
    expect(formatSeconds(59.7)).toBe('1 min');
    expect(formatSeconds(3700)).toBe('1 h 1 min');
  });

  it('write a loss with a real minus and no negative zero', () => {
    expect(formatPoints(-0.004)).toBe('−0.4 points');
    expect(formatPoints(-0.0001)).toBe('0.0 points');
    expect([-0.0049, -0.0001].map((share) => formatPercent(share))).toEqual(['−0.5 %', '0.0 %']);
  });

  it('write a method’s numbers in full', () => {
    const setting = { rank: null, levels: null, groups: null };
    expect(formatSetting([{ ...setting, levels: 65_536 }])).toBe('65,536 levels');
    expect(formatSetting([{ ...setting, rank: 4, levels: 256 }])).toBe('rank 4, 256 levels');
    expect(
      formatSetting([
        { rank: 1200, groups: 2, levels: 16 },
        { rank: 5, groups: 1, levels: 16 },
      ]),
    ).toBe('rank 5 or 1,200, 1 or 2 groups, 16 levels');
    expect(formatSetting([{ ...setting, groups: 1 }])).toBe('1 group');
    expect(formatSetting([setting])).toBe('');
  });

  it('write learning rates as people do', () => {
    expect(formatRate(0.001)).toBe('0.001');
    expect(formatRate(3e-4)).toBe('0.0003');
    expect(formatRate(1e-5)).toBe('1e-5');
    expect(formatRate(2.5e-5)).toBe('2.5e-5');
    expect(formatRate(0)).toBe('0');
  });
});

describe('a size against another', () => {
  it('is smaller, or larger', () => {
    expect([10, 1, 0.999, 0.67].map(formatSmaller)).toEqual(['10.0× smaller', '1.0× smaller', '1.0× smaller', '1.5× larger']);
  });
});

describe('domains', () => {
  it('grow in steps', () => {
    expect([0.61, 0.72, 0.74].map((value) => roundUp(value))).toEqual([0.75, 0.75, 0.75]);
    expect(roundUp(0.76)).toBe(1);
    expect(roundUp(0.002)).toBe(0.002);
    expect(domainFromZero([])).toEqual([0, 1]);
    expect(domainAround([0.812, 0.846], 0.05, [0.5, 1])).toEqual([0.8, 0.85]);
    expect(logDomain([0.003, 0, 3e-4])).toEqual([1e-4, 0.01]);
    expect(logDomain([])).toEqual([1e-3, 1]);
    expect(domainAround([], 0.05, [0.5, 1])).toEqual([0.5, 1]);
    expect(domainAround([0.8], 0.05, [0.5, 1])).toEqual([0.8, 0.85]);
    expect(accuracyDomain([], 0.05)).toEqual([0.5, 1]);
    expect(accuracyDomain([0.96, 1.02], 0.05)).toEqual([0.95, 1]);
    expect(accuracyDomain([1], 0.05)).toEqual([0.95, 1]);
    expect(accuracyDomain([-0.1, 0.3], 0.05)).toEqual([0, 0.3]);
  });

  it('have round ticks', () => {
    expect(ticksOf([0, 12])).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(ticksOf([0.8, 0.85])).toEqual([0.8, 0.81, 0.82, 0.83, 0.84, 0.85]);
    expect(ticksOf([1, 2], 6, true)).toEqual([1, 2]);
    expect(ticksOf([1, 3], 6, true)).toEqual([1, 2, 3]);
    expect(ticksOf([1, 16], 6, true)).toEqual([5, 10, 15]);
    expect(ticksOf([0, 140], 6, true)).toEqual([0, 25, 50, 75, 100, 125]);
    expect(logTicks([1000, 100_000])).toEqual([1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]);
  });

  it('have a middle, beyond which words stand left of a line', () => {
    expect([1, 2].map((rank) => isRightOfMiddle(rank, [1, 2], 'linear'))).toEqual([false, true]);
    expect([9, 11].map((x) => isRightOfMiddle(x, [1, 100], 'log'))).toEqual([false, true]);
  });
});
