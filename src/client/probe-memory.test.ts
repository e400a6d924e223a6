import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProbeFigures } from '../protocol/device';
import { browserProbes, remember } from './probe-memory';

const figures: ProbeFigures = { adapter: 'a', browser: 'b', lab: '1', webgpuStepMs: 5, cpuStepMs: 1, measuredAt: 3 };

function storage(text: string | null) {
  const kept = new Map(text === null ? [] : [['lowrank-lab.probes', text]]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('the memory of probes', () => {
  it('keeps the newest of each adapter, browser and version, and not for ever', () => {
    const newer = { ...figures, webgpuStepMs: 6 };
    const other = { ...figures, lab: '2' };
    expect(remember([figures, other], newer)).toEqual([newer, other]);
    const many = Array.from({ length: 20 }, (_, i) => ({ ...figures, lab: `0.${i}` }));
    expect(remember(many, figures)).toHaveLength(8);
  });

  it('reads what it wrote', () => {
    storage(null);
    expect(browserProbes.read()).toEqual([]);
    browserProbes.write(figures);
    expect(browserProbes.read()).toEqual([figures]);
  });

  it.each([
    '{',
    '{}',
    '7',
    'null',
    '[null, 3, {"adapter": "a"}]',
    JSON.stringify([
      { ...figures, cpuStepMs: -1 },
      { ...figures, adapter: 4 },
    ]),
  ])('takes nothing from what it did not write: %s', (text) => {
    storage(text);
    expect(browserProbes.read()).toEqual([]);
  });

  it('does without where storage is forbidden', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('forbidden');
      },
    });
    browserProbes.write(figures);
    expect(browserProbes.read()).toEqual([]);
  });
});
