import { describe, expect, it } from 'vitest';
import { contrast, knownMethods, knownSchedules, laneStyle, type Scheme, scheduleStyle, styleOf, toRgb } from './palette';
import { topicStyle, topicStyles } from './topics';

const SURFACES = { light: '#FFFFFF', dark: '#14181D' } as const;
const DEFAULT = ['full', 'low-rank', 'pre-compressed', 'pre-compressed-frozen', 'quantized-min-max', 'quantized-mse', 'codebook'];

/** Machado et al. 2009, severity 1, on linear light. */
const DEFICIENCIES: Record<string, number[][]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

function toLab(hex: string, matrix: number[][]): number[] {
  const linear = toRgb(hex).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  const [r, g, b] = matrix.map((row) => Math.min(1, Math.max(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2])));
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe('palette', () => {
  it('has 3:1 against the surface of both themes, for methods it knows and for any it does not', () => {
    for (const id of [...knownMethods, 'hashed-embedding', 'tensor-train', 'x', '']) {
      const style = styleOf(id);
      expect(contrast(style.light, SURFACES.light), `${id} on light`).toBeGreaterThanOrEqual(3);
      expect(contrast(style.dark, SURFACES.dark), `${id} on dark`).toBeGreaterThanOrEqual(3);
    }
  });

  it('gives an unknown method the same style every time', () => {
    expect(styleOf('tensor-train')).toEqual(styleOf('tensor-train'));
    expect(styleOf('tensor-train').light).not.toBe(styleOf('hashed-embedding').light);
  });

  it('has a dash or a colour of its own for each method, and both for those of the default experiment', () => {
    const pairs = knownMethods.map((id) => `${styleOf(id).light} ${styleOf(id).dash}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(new Set(knownMethods.map((id) => styleOf(id).light)).size).toBe(knownMethods.length);
    expect(new Set(DEFAULT.map((id) => `${styleOf(id).dash}|${styleOf(id).marker}`)).size).toBe(DEFAULT.length);
  });

  it('gives schedules 3:1 as well, a colour each, and lanes of one schedule a dash and a marker of their own', () => {
    for (const id of [...knownSchedules, 'polynomial']) {
      expect(contrast(scheduleStyle(id).light, SURFACES.light), `${id} on light`).toBeGreaterThanOrEqual(3);
      expect(contrast(scheduleStyle(id).dark, SURFACES.dark), `${id} on dark`).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(knownSchedules.map((id) => scheduleStyle(id).light)).size).toBe(knownSchedules.length);
    const lanes = [...'abcdef'].map((lane) => laneStyle(lane, 'calr'));
    expect(new Set(lanes.map(({ light }) => light)).size).toBe(1);
    expect(new Set(lanes.map(({ dash }) => dash)).size).toBe(6);
    expect(new Set(lanes.map(({ marker }) => marker)).size).toBe(6);
  });

  it('gives topics 3:1, and no two of them the same colour', () => {
    const styles = Array.from({ length: topicStyles }, (_, place) => topicStyle(place));
    for (const [place, { light, dark }] of styles.entries()) {
      expect(contrast(light, SURFACES.light), `${place} on light`).toBeGreaterThanOrEqual(3);
      expect(contrast(dark, SURFACES.dark), `${place} on dark`).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(styles.map(({ light }) => light)).size).toBe(topicStyles);
    expect(new Set(styles.map(({ dark }) => dark)).size).toBe(topicStyles);
    expect(topicStyle(topicStyles)).toEqual(topicStyle(0));
  });

  it.each(Object.keys(DEFICIENCIES))('tells any two topics apart, by marker or by colour: %s', (deficiency) => {
    for (const scheme of ['light', 'dark'] as Scheme[]) {
      for (let a = 0; a < topicStyles; a++) {
        for (let b = a + 1; b < topicStyles; b++) {
          if (topicStyle(a).marker !== topicStyle(b).marker) continue;
          const first = toLab(topicStyle(a)[scheme], DEFICIENCIES[deficiency]);
          const second = toLab(topicStyle(b)[scheme], DEFICIENCIES[deficiency]);
          const distance = Math.hypot(...first.map((value, k) => value - second[k]));
          expect(distance, `${a} and ${b}, ${scheme}, ${deficiency}`).toBeGreaterThan(25);
        }
      }
    }
  });

  it.each(Object.keys(DEFICIENCIES))('tells the default methods apart: %s', (deficiency) => {
    for (const scheme of ['light', 'dark'] as Scheme[]) {
      for (const [i, a] of DEFAULT.entries()) {
        for (const b of DEFAULT.slice(i + 1)) {
          const first = toLab(styleOf(a)[scheme], DEFICIENCIES[deficiency]);
          const second = toLab(styleOf(b)[scheme], DEFICIENCIES[deficiency]);
          const distance = Math.hypot(...first.map((value, k) => value - second[k]));
          expect(distance, `${a} and ${b}, ${scheme}, ${deficiency}`).toBeGreaterThan(11);
        }
      }
    }
  });
});
