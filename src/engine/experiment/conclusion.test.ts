import { describe, expect, it } from 'vitest';
import type { PlannedMethod } from '../../protocol/plan';
import type { ResultRow } from '../../protocol/results';
import { conclude } from './conclusion';

function row(method: string, testAccuracy: number, requestedRate: number | null = 0.9, seed = 1): ResultRow {
  return {
    method,
    requestedRate,
    rate: requestedRate ?? 0,
    bytes: 1,
    networkBytes: 2,
    rank: null,
    levels: null,
    groups: null,
    validationAccuracy: 0,
    validationMacroF1: 0,
    beforeRetrainingMacroF1: null,
    majorityAccuracy: 0,
    testAccuracy,
    beforeRetrainingAccuracy: null,
    macroF1: 0,
    testCount: 450,
    learningRate: null,
    steps: 1,
    seconds: 1,
    seed,
  };
}
const full = row('full', 0.84, null);

function planned(method: string, requestedRate: number | null, unreachable: string | null = null): PlannedMethod {
  return { method, requestedRate, rank: null, levels: null, groups: null, candidates: 1, size: null, unreachable, learningRates: [] };
}

describe('the conclusion', () => {
  it('says that the paper’s claim holds, where it does', () => {
    expect(conclude([full, row('low-rank', 0.835), row('quantized-min-max', 0.81), row('codebook', 0.82)]).claim).toBe(
      'At 90.0 %, low-rank factors lost 0.5 points of test accuracy against the full table (84.0 %), within the 1 point that the paper claims. The best rival, Codebook, lost 2.0 points, and so did worse by 1.5 points: in this run, the paper’s order (there the rivals lost about 3.5).',
    );
  });

  it('calls a gain a gain', () => {
    expect(conclude([full, row('low-rank', 0.86)]).claim).toBe(
      'At 90.0 %, low-rank factors gained 2.0 points of test accuracy against the full table (84.0 %), where the paper claims a loss of under 1 point.',
    );
  });

  it('says that it does not, where it does not', () => {
    expect(conclude([full, row('low-rank', 0.82), row('codebook', 0.85)]).claim).toBe(
      'At 90.0 %, low-rank factors lost 2.0 points of test accuracy against the full table (84.0 %), more than the 1 point that the paper claims. The best rival, Codebook, gained 1.0 point, and so did better by 3.0 points: in this run the paper’s order does not hold.',
    );
  });

  it('calls no further way of factors a rival of the paper’s', () => {
    const ways = ['low-rank-weighted', 'low-rank-weighted-quantized', 'low-rank-8bit', 'low-rank-direct'].map((method) =>
      row(method, 0.86),
    );
    expect(conclude([full, row('low-rank', 0.835), row('codebook', 0.82), ...ways]).claim).toContain(
      'The best rival, Codebook, lost 2.0 points',
    );
    expect(conclude([full, row('low-rank', 0.835), ...ways]).claim).not.toContain('rival');
  });

  it('calls the control no rival, and says where it is ahead', () => {
    const of = (accuracy: number) => conclude([full, row('low-rank', 0.8), row('codebook', 0.78), row('random', accuracy)]).claim;
    expect(of(0.82)).toContain('The best rival, Codebook, lost 6.0 points');
    expect(of(0.82)).toMatch(
      / The control, Random \(control\), lost 2\.0 points: at this rate the factors keep less than training from nothing teaches\.$/,
    );
    expect(of(0.7)).not.toContain('control');
    expect(conclude([full, row('low-rank', 0.8), row('random', 0.7)]).claim).not.toContain('rival');
  });

  it('calls equal what is equal', () => {
    const { claim } = conclude([full, row('low-rank', 0.84), row('codebook', 0.84)]);
    expect(claim).toContain('low-rank factors lost nothing of test accuracy');
    expect(claim).toContain('lost nothing and did as well.');
  });

  it('compares seeds in pairs, at the largest rate', () => {
    const rows = [full, row('full', 0.8, null, 2), row('low-rank', 0.84), row('low-rank', 0.78, 0.9, 2), row('low-rank', 0.2, 0.5)];
    const { claim, caution } = conclude(rows);
    expect(claim).toContain('lost 1.0 point of test accuracy against the full table (82.0 %)');
    expect(caution).toMatch(/^2 seeds: /);
  });

  it('judges the claim at 90 %, where it was run, and says so where it was not', () => {
    const rows = [full, row('low-rank', 0.838), row('low-rank', 0.7, 0.95)];
    expect(conclude(rows).claim).toMatch(/^At 90.0 %, low-rank factors lost 0.2 points/);
    expect(conclude([full, row('low-rank', 0.7, 0.95)]).claim).toContain('the 1 point that the paper claims for 90 %');
  });

  it('compares only seeds that every method has', () => {
    const rows = [full, row('full', 0.8, null, 2), row('low-rank', 0.84), row('codebook', 0.84), row('low-rank', 0.1, 0.9, 2)];
    expect(conclude(rows).claim).toContain('lost nothing of test accuracy against the full table (84.0 %)');
  });

  it('says where methods had unequally many trials', () => {
    expect(conclude([full, row('low-rank', 0.84)], null, false).caution).toMatch(/unequal numbers of learning rates/);
  });

  it('warns of one seed, with the sampling error of the test set', () => {
    expect(conclude([full, row('low-rank', 0.84)]).caution).toBe(
      'One seed proves nothing: a test set of 450 sentences alone has a sampling error of 1.7 points. Raise the seeds to see the spread.',
    );
    expect(conclude([{ ...full, testCount: 12_000 }]).caution).toContain('a test set of 12,000 sentences alone');
    expect(conclude([{ ...full, testCount: 1 }]).caution).toContain('a test set of 1 sentence alone');
  });

  it('claims nothing of a run that ended before there was anything to compare', () => {
    expect(conclude([full]).claim).toContain('; this run ended without both.');
    const methods = [planned('full', null), planned('low-rank', 0.9, 'Rank 1 is too much.'), planned('low-rank', 0.5)];
    expect(conclude([full], { methods }).claim).toContain('; this run ended without both.');
    expect(conclude([]).caution).toBe('Nothing was measured yet.');
  });

  it('says that the rate is out of reach, where low-rank factors could not be measured', () => {
    const methods = [planned('full', null), planned('low-rank', 0.9, 'Rank 1, the lowest, reaches 85.9 %, so 90 % is out of reach.')];
    expect(conclude([full, row('codebook', 0.83)], { methods }).claim).toBe(
      'The paper’s claim is about low-rank factors against the full table; no low-rank factors reach the wanted rate on this table. Rank 1, the lowest, reaches 85.9 %, so 90 % is out of reach. Take a lower rate.',
    );
  });

  it('judges nothing where the full table is no better than always saying the most frequent class', () => {
    const of = (accuracy: number, floor: number) => {
      const rows = [row('full', accuracy, null), row('low-rank', accuracy), row('codebook', accuracy - 0.1)];
      return conclude(rows.map((one) => ({ ...one, majorityAccuracy: floor }))).claim;
    };
    expect(of(0.5, 0.5)).toBe(
      'The full table learned nothing here: 50.0 % on test is not above what always saying the most frequent class scores (50.0 %). So this run can say nothing of compression.',
    );
    expect(of(0.1, 0.2)).toContain('10.0 % on test is not above');
    expect(of(0.51, 0.5)).toContain('within the 1 point that the paper claims');
  });

  it('says that nobody asked for low-rank factors, where nobody did', () => {
    expect(conclude([full], { methods: [planned('full', null), planned('codebook', 0.9)] }).claim).toContain(
      'this run was not asked for low-rank factors.',
    );
  });
});
