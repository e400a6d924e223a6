import { describe, expect, it } from 'vitest';
import type { RaceRow } from '../../protocol/race';
import { compareLanes } from './compare';
import { concludeRace } from './conclusion';
import { lane, smallRace } from './testing';

const lanes = [lane('a', 'fixed', 1e-2), lane('b', 'calr', 3e-2), lane('c', 'cosine', 1e-2)];

/** Rows of lanes by seed; null where a lane broke. */
function rowsOf(accuracies: Record<string, (number | null)[]>): RaceRow[] {
  return Object.entries(accuracies).flatMap(([id, values]) =>
    values.map((value, seed) => ({
      lane: id,
      seed,
      finished: value !== null,
      bestStep: value === null ? null : 7,
      validationAccuracy: value,
      testAccuracy: value,
      macroF1: value,
      testCount: 450,
    })),
  );
}

function concluded(accuracies: Record<string, (number | null)[]>) {
  const rows = rowsOf(accuracies);
  const ids = lanes.map(({ id }) => id);
  const comparisons = compareLanes(rows, ids);
  return { comparisons, ...concludeRace({ ...smallRace, lanes }, rows, comparisons) };
}

describe('the comparison of lanes', () => {
  it('is in pairs over seeds, and corrected for as many pairs as there are', () => {
    const { comparisons } = concluded({
      a: [0.8, 0.81, 0.79, 0.82, 0.8],
      b: [0.84, 0.84, 0.82, 0.87, 0.83],
      c: [0.84, 0.83, 0.82, 0.86, 0.83],
    });
    // scipy.stats.ttest_rel and its confidence_interval; p times 3, 2, 1 in ascending order, none below the one before it.
    expect(comparisons.map(({ first, second }) => first + second)).toEqual(['ab', 'ac', 'bc']);
    const [ab, ac, bc] = comparisons;
    expect(ab.difference).toBeCloseTo(-0.036, 12);
    expect(ab.interval?.[0]).toBeCloseTo(-0.04710578042, 8);
    expect(ab.interval?.[1]).toBeCloseTo(-0.02489421958, 8);
    expect(ab.p).toBeCloseTo(3 * 0.0008438325176, 8);
    expect(2 * 0.001026183184).toBeLessThan(3 * 0.0008438325176);
    expect(ac.p).toBe(ab.p);
    expect(bc.p).toBeCloseTo(0.1778078083562, 8);
  });

  it('has no interval beyond -100 to 100 points', () => {
    expect(concluded({ a: [0.9, 0.1], b: [0.1, 0.9] }).comparisons[0].interval).toEqual([-1, 1]);
  });

  it('leaves out seeds in which a lane broke, and lanes that never ended', () => {
    const { comparisons, claim } = concluded({ a: [0.8, 0.81], b: [null, 0.85], c: [null, null] });
    expect(comparisons).toMatchObject([{ first: 'a', second: 'b', seeds: 1, interval: null, p: null }]);
    expect(claim).toBe(
      'Lane A (Fixed, peak 0.01) came out best on test, at 80.5 %. Left out, since not every seed of theirs came to an end: B, C.',
    );
  });
});

describe('the conclusion', () => {
  it('says which lane is best, and whether its lead over the next and over the fixed one is more than chance', () => {
    const { claim, caution } = concluded({
      a: [0.8, 0.81, 0.79, 0.82, 0.8],
      b: [0.84, 0.84, 0.82, 0.87, 0.83],
      c: [0.84, 0.83, 0.82, 0.86, 0.83],
    });
    expect(claim).toBe(
      'Lane B (CALR, peak 0.03) came out best on test, at 84.0 %. ' +
        'Against lane C (Cosine decay, peak 0.01) there is no difference that 5 seeds can show: 0.4 points (95 % interval −0.3 to 1.1, 5 seeds, p 0.178). ' +
        'It beats lane A (Fixed, peak 0.01) by 3.6 points (95 % interval 2.5 to 4.7, 5 seeds, p 0.003).',
    );
    expect(caution).toMatch(/450 sentences alone has a sampling error of 1\.7 points\. 3 pairs were compared at once.*Holm.*too narrow/);
  });

  it('crowns nobody where the best are level, though they differ seed by seed', () => {
    expect(concluded({ a: [0.9, 0.8, 0.7], b: [0.7, 0.9, 0.8], c: [0.8, 0.7, 0.9] }).claim).toBe(
      'All 3 lanes came out level on test, at 80.0 %.',
    );
    expect(concluded({ a: [0.7, 0.7], b: [0.9, 0.8], c: [0.8, 0.9] }).claim).toBe(
      'Lane B (CALR, peak 0.03) and lane C (Cosine decay, peak 0.01) came out level and best on test, at 85.0 %.',
    );
    expect(concluded({ a: [0.8], b: [0.84], c: [0.84] }).claim).not.toContain('ahead');
  });

  it('of one seed says that it proves nothing', () => {
    const { claim, caution } = concluded({ a: [0.8], b: [0.84], c: [0.83] });
    expect(claim).toContain('1.0 point ahead of lane C (Cosine decay, peak 0.01) with this one seed, which proves nothing');
    expect(caution).toMatch(/^One seed proves nothing\./);
  });

  it('of seeds that all agree says that there is no spread to judge by', () => {
    expect(concluded({ a: [0.8, 0.81], b: [0.84, 0.85], c: [] }).claim).toContain('with each of 2 seeds alike');
  });

  it('of nothing says so', () => {
    expect(concluded({})).toMatchObject({ claim: 'No lane came to its end.', caution: 'Nothing was measured yet.' });
    expect(concluded({ a: [null] }).caution).toContain('take lower peaks');
  });
});
