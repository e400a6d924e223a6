// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserProgress } from './lesson-progress';

const key = 'lowrank-lab.lessons';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('the progress of lessons', () => {
  it('remembers the steps that were seen, each once, and the last of them', () => {
    expect(browserProgress.read()).toEqual({});
    for (const step of [1, 3, 2, 3]) browserProgress.visit('a', step);
    browserProgress.visit('b', 1);
    expect(browserProgress.read()).toEqual({ a: { at: 3, seen: [1, 2, 3] }, b: { at: 1, seen: [1] } });
    browserProgress.forget('a');
    expect(browserProgress.read()).toEqual({ b: { at: 1, seen: [1] } });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['a step of no number', JSON.stringify({ a: { at: 'x', seen: [1] } })],
    ['a step beyond all lessons', JSON.stringify({ a: { at: 1, seen: [1e9] } })],
    ['no steps', JSON.stringify({ a: { at: 1 } })],
  ])('reads %s as none', (_, kept) => {
    localStorage.setItem(key, kept);
    expect(Object.values(browserProgress.read())).toEqual([]);
  });

  it('goes without where storage is forbidden', () => {
    const forbidden = () => {
      throw new Error('forbidden');
    };
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden });
    browserProgress.visit('a', 1);
    expect(browserProgress.read()).toEqual({});
  });
});
