import { expect, it } from 'vitest';
import { sharesInWords } from './shares-words';

const names = { a: 'A (Fixed)', b: 'B (CLR)', c: 'C (CALR)' };
const share = (lane: string, deepest: number, half = 0.03) => ({
  lane,
  deepest,
  interval: [deepest - half, deepest + half] as [number, number],
  meanHeight: 0,
});

it('names the best where its interval is above all others, whichever it is', () => {
  expect(sharesInWords({ starts: 1000, lanes: [share('a', 0.338), share('b', 0.777), share('c', 0.95)] }, names)).toBe(
    'Of 1,000 random starts, more end in the deepest valley under C (CALR) than under any other: 95.0 %, against 77.7 % under B (CLR) and 33.8 % under A (Fixed).',
  );
  expect(sharesInWords({ starts: 1000, lanes: [share('a', 0.5), share('c', 0.1)] }, names)).toContain(
    'under A (Fixed) than under any other',
  );
});

it('does not rank what the intervals can’t tell apart', () => {
  expect(sharesInWords({ starts: 1000, lanes: [share('a', 0.2), share('b', 0.77), share('c', 0.75)] }, names)).toBe(
    'B (CLR) and C (CALR) can’t be told apart: 77.0 % and 75.0 % of 1,000 random starts end in the deepest valley, and the 95 % intervals overlap. Fewer do otherwise: 20.0 % under A (Fixed).',
  );
  expect(sharesInWords({ starts: 1000, lanes: [share('a', 0, 0.004), share('b', 0, 0.004)] }, names)).toMatch(
    /^A \(Fixed\) and B \(CLR\) can’t/,
  );
});

it('says of one lane what it is', () => {
  expect(sharesInWords({ starts: 1000, lanes: [share('a', 0.338)] }, names)).toBe(
    'Of 1,000 random starts, 33.8 % end in the deepest valley under A (Fixed).',
  );
});
