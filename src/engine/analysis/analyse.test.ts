import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SweepCell, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { validateSpecification } from '../experiment/specification';
import { Random } from '../random';
import reference from '../statistics/fixtures/pairs.json';
import { differencesOfShares } from '../statistics/paired';
import { analyse } from './analyse';
import { estimate } from './estimate';
import { paretoFront } from './front';
import { type AccuracyOf, madeSweep, noise, specificationOf } from './testing/made-sweep';

const options = { allowedLoss: 0.01 };

/** Accuracies by method, with a spread over seeds that all methods share and one of their own. */
const level =
  (means: Record<string, number>, own = 0.002): AccuracyOf =>
  ({ method, rate, schedule, model, seed }) => {
    const mean = means[`${method}@${rate}`] ?? means[`${method} ${schedule}`] ?? means[method];
    return mean === undefined ? null : { test: mean + noise(seed, 'seed', 0.01) + noise(seed, `${method}${rate}${schedule}${model}`, own) };
  };

const verdict = async (results: SweepResults, claim: string) =>
  (await analyse(results, options)).verdicts.find((of) => of.claim === claim)!;

describe('an estimate', () => {
  it('is SciPy’s mean and t interval', async () => {
    const { values, mean, low, high } = reference.estimate;
    const found = estimate(values)!;
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.interval![0]).toBeCloseTo(low, 8);
    expect(found.interval![1]).toBeCloseTo(high, 8);
    expect(found.seeds).toBe(8);
  });

  it('has no interval beyond what can be: a share in 0 to 1, a difference of shares in -1 to 1', async () => {
    expect(estimate([0.1, 0.2, 0.7])).toMatchObject({ mean: expect.closeTo(1 / 3, 12), interval: [0, 1] });
    expect(estimate([-1, 0, 1], differencesOfShares)!.interval).toEqual([-1, 1]);
    const low = estimate([-0.1, 0, 0.1], differencesOfShares)!.interval![0];
    expect(low).toBeGreaterThan(-1);
    expect(low).toBeLessThan(0);
    // Far apart over two seeds: every interval of the analysis.
    const far: AccuracyOf = ({ method, seed }) => ({ test: (method === 'full') === (seed === 1) ? 0.95 : 0.05 });
    const { points, methods } = await analyse(madeSweep(specificationOf({ seeds: [1, 2] }), far), options);
    for (const { accuracy, macroF1, drop } of points) {
      expect([accuracy.interval, macroF1.interval]).toEqual([
        [0, 1],
        [0, 1],
      ]);
      if (drop) expect(drop.interval).toEqual([-1, 1]);
    }
    for (const { difference } of methods) expect(Math.abs(difference.interval![0])).toBeLessThanOrEqual(1);
  });

  it('of one seed has no interval, and of none there is nothing', async () => {
    expect(estimate([0.5])).toEqual({ mean: 0.5, interval: null, seeds: 1 });
    expect(estimate([])).toBeNull();
  });
});

describe('the Pareto front', () => {
  const candidates = fc.array(fc.record({ cost: fc.integer({ min: 1, max: 12 }), value: fc.integer({ min: 0, max: 12 }) }), {
    maxLength: 40,
  });

  it('is what no other dominates, by the definition', async () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const dominated = (one: (typeof all)[0]) =>
          all.some((other) => other.cost <= one.cost && other.value >= one.value && (other.cost < one.cost || other.value > one.value));
        expect(new Set(paretoFront(all))).toEqual(new Set(all.filter((one) => !dominated(one))));
      }),
    );
  });
});

describe('the points of a sweep', () => {
  it('have their drop seed by seed against full, of the same setting', async () => {
    const { points, settings } = await analyse(
      madeSweep(specificationOf(), level({ full: 0.84, 'low-rank': 0.83, codebook: 0.8 })),
      options,
    );
    expect(settings).toHaveLength(1);
    expect(points.map(({ key }) => key)).toEqual(['0/full', '0/low-rank@0.9', '0/codebook@0.9']);
    const [full, lowRank, codebook] = points;
    expect(full).toMatchObject({ drop: null, beforeRetraining: null, onFront: true, rate: 0 });
    expect(lowRank.drop!.mean).toBeCloseTo(full.accuracy.mean - lowRank.accuracy.mean, 12);
    // The seeds' common spread falls out of the pairs.
    const width = ([low, high]: [number, number]) => high - low;
    expect(width(lowRank.drop!.interval!)).toBeLessThan(width(lowRank.accuracy.interval!));
    expect(lowRank.beforeRetraining!.seeds).toBe(8);
    expect([lowRank.onFront, codebook.onFront]).toEqual([true, false]);
  });

  it('of an unfinished sweep are compared over the seeds that both have', async () => {
    const results = madeSweep(specificationOf({ seeds: [1, 2, 3] }), level({ full: 0.84, 'low-rank': 0.83, codebook: 0.8 }));
    results.cells = results.cells.filter(({ row }) => !(row.method === 'codebook' && row.seed > 1));
    const { methods, caution } = await analyse(results, options);
    expect(methods[0].difference.seeds).toBe(1);
    expect(methods[0].sentence).toMatch(/^At 90 % one seed shows nothing: “Low-rank, retrained” is \d\.\d points ahead of “Codebook”\.$/);
    expect(caution).toContain('Some points have 1 seed and some 3');
  });

  it('of nothing are nothing', async () => {
    const { points, methods, recommendations, caution, verdicts } = await analyse({ ...madeSweep(specificationOf(), () => null) }, options);
    expect([points, methods, recommendations]).toEqual([[], [], []]);
    expect(caution).toBe('Nothing was measured yet.');
    expect(verdicts.map(({ holds }) => holds)).toEqual(['untested', 'untested', 'untested']);
  });
});

describe('a full table that learned nothing', () => {
  it('is no ground for a claim on methods: it is not above always saying the most frequent class', async () => {
    const { verdicts, caution } = await analyse(
      madeSweep(specificationOf(), () => ({ test: 0.5 })),
      options,
    );
    const said = { holds: 'untested', sentence: expect.stringMatching(/^The full table learned nothing/) };
    expect(verdicts.slice(0, 2)).toMatchObject([said, said]);
    expect(caution).toMatch(/^In 1 of 1 setting the full table is not above/);
  });

  it('is left out where others learned', async () => {
    const learns = level({ full: 0.84, 'low-rank': 0.838, codebook: 0.8 });
    const results = (models: string[]) =>
      madeSweep(specificationOf({ models }), (cell) => (cell.model === 'cnn' ? { test: 0.4 } : learns(cell)));
    const [both, one] = [await analyse(results(['dan', 'cnn']), options), await analyse(results(['dan']), options)];
    expect(both.verdicts[0].holds).toBe('holds');
    expect(both.verdicts.map(({ holds }) => holds)).toEqual(one.verdicts.map(({ holds }) => holds));
    expect(both.caution).toMatch(/^In 1 of 2 settings the full table/);
    expect(one.caution).not.toContain('most frequent class');
  });
});

describe('comparisons', () => {
  it('say who beats whom, by how much, and by how many seeds', async () => {
    const { methods } = await analyse(madeSweep(specificationOf(), level({ full: 0.84, 'low-rank': 0.838, codebook: 0.82 })), options);
    expect(methods).toHaveLength(1);
    expect(methods[0].sentence).toMatch(
      /^At 90 % “Low-rank, retrained” beats “Codebook” by \d\.\d points, 95 % interval \d\.\d to \d\.\d, 8 seeds\.$/,
    );
    const [low, high] = methods[0].bootstrap!;
    expect(low).toBeLessThan(methods[0].difference.mean);
    expect(high).toBeGreaterThan(methods[0].difference.mean);
    expect(methods[0].mcNemar).toBeLessThan(1e-6);
    expect(methods[0].corrected).toBe(methods[0].p);
    expect(methods[0].mcNemarCorrected).toBe(methods[0].mcNemar);
  });

  it('turn the sentence round where the second is better, and see no difference where there is none', async () => {
    const worse = (await analyse(madeSweep(specificationOf(), level({ full: 0.84, 'low-rank': 0.8, codebook: 0.82 })), options)).methods[0];
    expect(worse.difference.mean).toBeLessThan(0);
    expect(worse.sentence).toMatch(/^At 90 % “Codebook” beats “Low-rank, retrained” by /);
    const level3 = (await analyse(madeSweep(specificationOf(), level({ full: 0.84, 'low-rank': 0.82, codebook: 0.82 }, 0.01)), options))
      .methods[0];
    expect(level3.sentence).toMatch(
      /^At 90 % there is no difference between “[^”]+” and “[^”]+” that 8 seeds can show: \d\.\d points, 95 % /,
    );
  });

  it('name the rates that were reached where one of the two takes more bytes', async () => {
    const results = madeSweep(specificationOf({ rates: [0.95] }), level({ full: 0.84, 'low-rank': 0.83, codebook: 0.8 }));
    const reaching = (rate: number) => ({
      ...results,
      cells: results.cells.map((cell) => (cell.row.method === 'codebook' ? { ...cell, row: { ...cell.row, rate } } : cell)),
    });
    const [apart] = (await analyse(reaching(0.9), options)).methods;
    expect(apart.sentence).toMatch(/^At 95 % “Low-rank, retrained” \(95 % off\) beats “Codebook” \(90 % off\) by /);
    const [alike] = (await analyse(reaching(0.948), options)).methods;
    expect(alike.sentence).toMatch(/^At 95 % “Low-rank, retrained” beats “Codebook” by /);
  });

  it('find no proof in seeds that agree to the last item', async () => {
    const flat: AccuracyOf = ({ method }) => ({ test: method === 'codebook' ? 0.8 : 0.82 });
    const [comparison] = (await analyse(madeSweep(specificationOf({ seeds: [1, 2] }), flat), options)).methods;
    expect(comparison.sentence).toBe(
      'At 90 % “Low-rank, retrained” is 2.0 points ahead of “Codebook” with each of 2 seeds alike: that leaves no spread to judge the lead by.',
    );
    expect((await verdict(madeSweep(specificationOf({ seeds: [1, 2] }), flat), 'order')).holds).toBe('undecided');
  });

  it('set every way of factors against every rival, the paper’s against ours and the control, and the best on validation against all', async () => {
    const methods = ['full', 'low-rank', 'low-rank-weighted', 'low-rank-8bit', 'codebook', 'quantized-mse', 'random'];
    const found = (
      await analyse(
        madeSweep(specificationOf({ methods, rates: [0.5, 0.9] }), ({ method, seed }) => ({
          test: 0.8 + noise(seed, method, 0.01),
          validation: { random: 0.95, codebook: 0.9 }[method] ?? 0.8,
        })),
        options,
      )
    ).methods;
    const pairs = found.map(({ first, second }) => [first, second].sort().join(' '));
    expect(new Set(pairs).size).toBe(pairs.length);
    // At each of two rates: 3 ways against 2 rivals, the paper's against 2 of ours and the control, and the best (codebook) against the other rival
    // and the control. The control is best of all, and is set against no more for it.
    expect(pairs).toHaveLength(2 * (6 + 3 + 2));
    expect(pairs).not.toContain('0/low-rank-weighted@0.9 0/random@0.9');
    expect(pairs).not.toContain('0/low-rank-8bit@0.9 0/low-rank-weighted@0.9');
    expect(pairs.every((pair) => pair.split(' ').every((key) => key.endsWith(pair.slice(-4))))).toBe(true);
  });

  it('hold schedules against each other, all else the same, and are corrected together with the methods', async () => {
    const schedules = ['calr', 'clr', 'fixed'].map((id) => ({ id, parameters: {} }));
    const results = madeSweep(
      specificationOf({ schedules }),
      level({
        'full calr': 0.84,
        'full clr': 0.84,
        'full fixed': 0.82,
        'low-rank calr': 0.84,
        'low-rank clr': 0.84,
        'low-rank fixed': 0.82,
        codebook: 0.8,
      }),
    );
    const analysis = await analyse(results, options);
    const setting = (key: string) => analysis.settings[analysis.points.find((point) => point.key === key)!.setting].schedule.id;
    for (const { first, second } of analysis.schedules) {
      expect(first.split('/')[1]).toBe(second.split('/')[1]);
      expect(setting(first)).not.toBe(setting(second));
    }
    const sentence = analysis.schedules.map((of) => of.sentence).find((text) => text.includes('“Low-rank, retrained” with Fixed'));
    expect(sentence).toMatch(/^At 90 % “Low-rank, retrained” with (CALR|CLR) beats “Low-rank, retrained” with Fixed by /);
    const all = [...analysis.methods, ...analysis.schedules];
    const smallest = Math.min(...all.map(({ p }) => p!));
    expect(Math.min(...all.map(({ corrected }) => corrected!))).toBeCloseTo(Math.min(1, smallest * all.length), 12);
  });

  it('correct McNemar’s p over the same comparisons, by Holm, and say so', async () => {
    const schedules = ['calr', 'clr', 'fixed'].map((id) => ({ id, parameters: {} }));
    const {
      methods,
      schedules: ofSchedules,
      caution,
    } = await analyse(
      madeSweep(
        specificationOf({ schedules, seeds: [1, 2] }),
        ({ seed, method, schedule }) => ({ test: 0.8 + noise(seed, method + schedule, 0.01) }),
        100,
      ),
      options,
    );
    const all = [...methods, ...ofSchedules].sort((a, b) => a.mcNemar! - b.mcNemar!);
    let largest = 0;
    for (const [k, { mcNemar, mcNemarCorrected }] of all.entries()) {
      largest = Math.max(largest, Math.min(1, mcNemar! * (all.length - k)));
      expect(mcNemarCorrected).toBeCloseTo(largest, 12);
    }
    expect(all[0].mcNemarCorrected).toBeGreaterThan(all[0].mcNemar!);
    expect(caution).toContain('p values of both tests, paired t over seeds and McNemar’s over test items, are corrected');
  });
});

describe('verdicts', () => {
  const at90 = (means: Record<string, number>, patch: Partial<SweepSpecification> = {}, own?: number) =>
    madeSweep(specificationOf(patch), level(means, own));

  it('on the loss: holds, fails by the loss, fails by a better rival, stays open with a wide spread', async () => {
    const held = await verdict(at90({ full: 0.84, 'low-rank': 0.836, codebook: 0.805 }), 'loss');
    expect(held.holds).toBe('holds');
    expect(held.sentence).toMatch(
      /^At 90 % “Low-rank, retrained” lost 0\.\d points \(drop’s 95 % interval .* 8 seeds\), so under 1\.0 point\. The best other, “Codebook”, lost 3\.\d points/,
    );
    expect(await verdict(at90({ full: 0.84, 'low-rank': 0.81, codebook: 0.7 }), 'loss')).toMatchObject({
      holds: 'fails',
      sentence: expect.stringContaining('so more than 1.0 point'),
    });
    expect((await verdict(at90({ full: 0.84, 'low-rank': 0.838, codebook: 0.86 }), 'loss')).holds).toBe('fails');
    expect((await verdict(at90({ full: 0.84, 'low-rank': 0.835, codebook: 0.8 }, {}, 0.02), 'loss')).holds).toBe('undecided');
  });

  it('on the loss: one seed decides nothing, another rate and no rival leave it untested', async () => {
    expect(await verdict(at90({ full: 0.84, 'low-rank': 0.84, codebook: 0.7 }, { seeds: [1] }), 'loss')).toMatchObject({
      holds: 'undecided',
      sentence: expect.stringContaining('proves nothing'),
    });
    expect((await verdict(at90({ full: 0.84, 'low-rank': 0.84, codebook: 0.7 }, { rates: [0.5] }), 'loss')).holds).toBe('untested');
    expect(await verdict(at90({ full: 0.84, 'low-rank': 0.838 }), 'loss')).toMatchObject({
      holds: 'untested',
      sentence: expect.stringContaining('No other method'),
    });
  });

  it('on the order: is overturned by one rate that another method wins for sure', async () => {
    const means = { full: 0.84, 'low-rank@0.5': 0.84, 'codebook@0.5': 0.8, 'low-rank@0.9': 0.8, 'codebook@0.9': 0.83 };
    const found = await verdict(at90(means, { rates: [0.5, 0.9] }), 'order');
    expect(found.holds).toBe('fails');
    expect(found.sentence).toMatch(
      /^Of 2 comparisons with another method it wins 1 by their own intervals, loses 1 after the correction for all, and 0 can’t be told\. At 90 % “Codebook” beats “Low-rank, retrained” by/,
    );
    expect((await verdict(at90({ ...means, 'codebook@0.9': 0.76 }, { rates: [0.5, 0.9] }), 'order')).holds).toBe('holds');
  });

  it('on the order: holds only once every planned comparison is there, less what can’t be reached', async () => {
    const results = at90(
      { full: 0.84, 'low-rank': 0.84, codebook: 0.8, 'quantized-mse': 0.7 },
      { methods: ['full', 'low-rank', 'codebook', 'quantized-mse'] },
    );
    expect((await verdict(results, 'order')).holds).toBe('holds');
    const part = { ...results, cells: results.cells.filter(({ row }) => row.method !== 'quantized-mse') };
    expect(await verdict(part, 'order')).toMatchObject({
      holds: 'undecided',
      sentence: expect.stringContaining('1 comparison can’t be made yet.'),
    });
    const gaps = [{ group: results.cells[0].group, method: 'quantized-mse', requestedRate: 0.9, reason: 'Out of reach.' }];
    expect((await verdict({ ...part, gaps }, 'order')).holds).toBe('holds');
  });

  it('leave the control out of every claim, and say beside them where it is ahead', async () => {
    const means = {
      full: 0.84,
      'low-rank@0.9': 0.838,
      'codebook@0.9': 0.8,
      'random@0.9': 0.78,
      'low-rank@0.975': 0.7,
      'codebook@0.975': 0.6,
    };
    const of = (random: number) =>
      at90({ ...means, 'random@0.975': random }, { methods: ['full', 'low-rank', 'codebook', 'random'], rates: [0.9, 0.975] });
    const { verdicts, controls } = await analyse(of(0.82), options);
    const order = verdicts.find(({ claim }) => claim === 'order')!;
    expect(order.holds).toBe('holds');
    expect(order.sentence).toMatch(/^Of 2 comparisons with another method it wins 2 /);
    for (const { sentence } of verdicts) expect(sentence).not.toContain('control');
    expect(controls).toMatch(
      /^Outside the claims, “Random \(control\)”: of 2 comparisons with it “Low-rank, retrained” wins 1 by their own intervals, loses 1 after the correction for all, and 0 can’t be told\. At 97\.5 % “Random \(control\)” beats “Low-rank, retrained” by 1\d\.\d points, .* Where a control is ahead, the factors keep less than training from nothing teaches\.$/,
    );
    expect((await analyse(of(0.5), options)).controls).toMatch(/wins 2 .* can’t be told\.$/);
    expect((await analyse(at90({ full: 0.84, 'low-rank': 0.838, codebook: 0.8 }), options)).controls).toBeNull();
  });

  it('on the loss: a control that is ahead is not the best other', async () => {
    const results = at90(
      { full: 0.84, 'low-rank': 0.838, codebook: 0.8, random: 0.86 },
      { methods: ['full', 'low-rank', 'codebook', 'random'] },
    );
    expect(await verdict(results, 'loss')).toMatchObject({
      holds: 'holds',
      sentence: expect.stringContaining('The best other, “Codebook”,'),
    });
  });

  it('count the lab’s own ways of factors as no rivals of the paper’s', async () => {
    const results = at90(
      { full: 0.84, 'low-rank': 0.838, codebook: 0.8, 'low-rank-weighted': 0.86 },
      { methods: ['full', 'low-rank', 'low-rank-weighted', 'codebook'] },
    );
    expect((await verdict(results, 'order')).holds).toBe('holds');
    expect((await verdict(results, 'loss')).sentence).toContain('The best other, “Codebook”,');
  });

  it('on the schedule: needs both others, and each of them beaten', async () => {
    const schedules = ['calr', 'clr', 'fixed'].map((id) => ({ id, parameters: {} }));
    const of = (calr: number, patch: Partial<SweepSpecification> = {}) =>
      verdict(
        madeSweep(
          specificationOf({ schedules, methods: ['full', 'low-rank'], ...patch }),
          level({ full: 0.84, 'low-rank calr': calr, 'low-rank clr': 0.82, 'low-rank fixed': 0.8 }),
        ),
        'schedule',
      );
    expect((await of(0.84)).holds).toBe('holds');
    expect((await of(0.81)).holds).toBe('fails');
    expect((await of(0.82)).holds).toBe('undecided');
    expect(await of(0.84, { schedules: schedules.slice(0, 2) })).toMatchObject({
      holds: 'untested',
      sentence: expect.stringContaining('no schedule Fixed'),
    });
    expect((await of(0.84, { schedules: schedules.slice(1) })).holds).toBe('untested');
  });

  it('on the schedule: holds only once every planned comparison is there, less what can’t be reached', async () => {
    const schedules = ['calr', 'clr', 'fixed'].map((id) => ({ id, parameters: {} }));
    const results = madeSweep(
      specificationOf({ schedules, methods: ['full', 'low-rank'], rates: [0.5, 0.9] }),
      level({ full: 0.84, 'low-rank calr': 0.84, 'low-rank clr': 0.82, 'low-rank fixed': 0.8 }),
    );
    expect((await verdict(results, 'schedule')).holds).toBe('holds');
    // The rate at 90 % of the last schedule is still to come.
    const isLast = ({ group, row }: SweepCell) => group.includes('/fixed/') && row.requestedRate === 0.9;
    const part = { ...results, cells: results.cells.filter((cell) => !isLast(cell)) };
    expect(await verdict(part, 'schedule')).toMatchObject({
      holds: 'undecided',
      sentence: expect.stringContaining('1 comparison can’t be made yet.'),
    });
    const gaps = results.cells.filter(isLast).map(({ group }) => ({ group, method: 'low-rank', requestedRate: 0.9, reason: 'It broke.' }));
    expect((await verdict({ ...part, gaps }, 'schedule')).holds).toBe('holds');
  });

  it('take a point that broke in one seed for measured by the others', async () => {
    const results = at90({ full: 0.84, 'low-rank': 0.84, codebook: 0.8 });
    const isBroken = ({ row }: SweepCell) => row.method === 'low-rank' && row.seed === 8;
    const [{ group }] = results.cells.filter(isBroken);
    const gaps = [{ group, method: 'low-rank', requestedRate: 0.9, reason: 'It broke.' }];
    const broken = { ...results, cells: results.cells.filter((cell) => !isBroken(cell)), gaps };
    for (const claim of ['loss', 'order'] as const) expect((await verdict(broken, claim)).holds).toBe('holds');
  });

  it('on several networks go by the one that decides', async () => {
    const results = madeSweep(specificationOf({ models: ['dan', 'lstm'] }), ({ method, model, seed }) => ({
      test: (method === 'full' ? 0.84 : method === 'codebook' ? 0.8 : model === 'dan' ? 0.839 : 0.815) + noise(seed, method + model, 0.002),
    }));
    const found = await verdict(results, 'loss');
    expect(found.holds).toBe('fails');
    expect(found.sentence).toContain('At 90 % (LSTM) “Low-rank, retrained” lost 2');
    expect(found.sentence).toContain('of 2 settings');
  });
});

describe('a recommendation', () => {
  const methods = ['full', 'low-rank', 'codebook'];

  it('is the smallest within the allowed loss on validation, however well another did on test', async () => {
    const results = madeSweep(specificationOf({ methods, rates: [0.5, 0.9, 0.95] }), ({ method, rate, seed }) => ({
      test: 0.8 + noise(seed, `${method}${rate}`, 0.002) + (rate === 0.95 ? 0.05 : 0),
      validation: rate === 0.95 ? 0.7 : rate === 0.9 && method === 'codebook' ? 0.81 : rate === 0.9 ? 0.805 : 0.81,
    }));
    const [found] = (await analyse(results, options)).recommendations;
    expect(found.point).toBe('0/codebook@0.9');
    expect(found.sentence).toMatch(
      /^“Codebook” at 90 % is the smallest of 7 models whose mean loss on validation is at most 1\.0 point: there it lost nothing\. On test, which chose nothing, it /,
    );
    expect(validateSpecification(found.specification)).toMatchObject({
      methods: ['full', 'codebook'],
      rates: [0.9],
      seeds: [1, 2, 3, 4, 5, 6, 7, 8],
      task: 'sentiment',
    });
    expect((await analyse(results, { allowedLoss: 0.2 })).recommendations[0].point).toMatch(/@0\.95$/);
  });

  it('keeps the full table where nothing smaller will do, and trusts no point that lacks seeds', async () => {
    const results = madeSweep(specificationOf({ methods }), ({ method, seed }) => ({
      test: method === 'full' ? 0.8 : 0.75,
      validation: method === 'codebook' && seed > 1 ? 0.7 : 0.8 - (method === 'full' ? 0 : 0.05),
    }));
    expect((await analyse(results, options)).recommendations[0]).toMatchObject({
      point: '0/full',
      sentence: expect.stringContaining('keep the full table'),
    });
    const lucky = madeSweep(specificationOf({ methods }), ({ method, seed }) =>
      method === 'low-rank' && seed > 1 ? null : { test: method === 'codebook' ? 0.7 : 0.8 },
    );
    expect((await analyse(lucky, options)).recommendations[0].point).toBe('0/full');
  });

  it('is one for each task and network, over all schedules, against the best full table', async () => {
    const schedules = [
      { id: 'calr', parameters: {} },
      { id: 'fixed', parameters: {} },
    ];
    const results = madeSweep(specificationOf({ methods, schedules, models: ['dan', 'cnn'] }), ({ schedule }) => ({
      test: schedule === 'calr' ? 0.84 : 0.8,
    }));
    const found = (await analyse(results, options)).recommendations;
    expect(found.map(({ specification }) => specification.model)).toEqual(['dan', 'cnn']);
    expect(found.every(({ specification }) => specification.schedule.id === 'calr')).toBe(true);
    expect(found[0].sentence).toMatch(/^For DAN: .*, trained with CALR is the smallest/);
  });

  it('takes no loss that is none', async () => {
    for (const allowedLoss of [-0.1, Number.NaN, 2]) {
      await expect(
        analyse(
          madeSweep(specificationOf(), () => null),
          { allowedLoss },
        ),
      ).rejects.toThrow('no fraction');
    }
  });
});

describe('an analysis', () => {
  const schedules = [
    { id: 'calr', parameters: {} },
    { id: 'clr', parameters: {} },
  ];
  const results = madeSweep(
    specificationOf({ schedules, models: ['dan', 'lstm'], rates: [0.5, 0.9], seeds: [4, 1, 9] }),
    level({ full: 0.84, 'low-rank': 0.83, codebook: 0.82 }, 0.01),
    120,
  );

  it('is the same for the same cells in any order', async () => {
    const expected = JSON.stringify(await analyse(results, options));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
        const cells = new Random(seed).shuffle([...results.cells]);
        expect(JSON.stringify(await analyse({ ...results, cells }, options))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('warns of methods that had more learning rates to choose from than others', async () => {
    const warning = 'unequal numbers of learning rates';
    expect((await analyse(results, options)).caution).not.toContain(warning);
    const specification = { ...results.specification, learningRates: { 'low-rank': [1e-3, 3e-3, 1e-2, 3e-2] } };
    expect((await analyse({ ...results, specification }, options)).caution).toContain(warning);
  });

  it('lets others work in between, and ends where a turn says so', async () => {
    let turns = 0;
    await analyse(results, options, async () => {
      turns++;
    });
    expect(turns).toBeGreaterThan(0);
    await expect(analyse(results, options, () => Promise.reject(new Error('enough')))).rejects.toThrow('enough');
  });

  it('refuses results that contradict themselves, in a sentence', async () => {
    const [cell] = results.cells;
    const broken: [Partial<typeof cell>, string][] = [
      [{ group: 'another' }, 'a group that their specification'],
      [{ correct: 'AAAA' }, 'don’t agree'],
      [{ correct: '?' }, 'don’t agree'],
      [{ row: { ...cell.row, seed: 77 } }, 'of another group'],
      [{ row: { ...cell.row, method: 'magic' } }, 'no method “magic”'],
      [{ row: { ...cell.row, testAccuracy: 2 } }, 'testAccuracy is no share'],
      [{ row: { ...cell.row, testAccuracy: cell.row.testAccuracy + 0.1 } }, 'don’t agree'],
      [{ row: { ...cell.row, bytes: -1 } }, 'bytes is no count'],
      [{ row: { ...cell.row, rate: Number.NaN } }, 'rate is no number'],
    ];
    for (const [patch, message] of broken) {
      await expect(analyse({ ...results, cells: [{ ...cell, ...patch }] }, options), message).rejects.toThrow(message);
    }
    await expect(analyse({ ...results, cells: [cell, cell] }, options)).rejects.toThrow('is there twice');
  });

  it('survives any accuracies: every p and every interval is one', async () => {
    const accuracies = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(accuracies, async (values) => {
        const of: AccuracyOf = ({ method, seed }) => ({
          test: values[(['full', 'low-rank', 'codebook'].indexOf(method) * 2 + seed) % 6] / 40,
        });
        const { methods, points, recommendations } = await analyse(madeSweep(specificationOf({ seeds: [1, 2] }), of, 40), options);
        for (const { p, corrected, mcNemar, mcNemarCorrected, bootstrap, sentence } of methods) {
          for (const value of [p, corrected, mcNemar, mcNemarCorrected]) if (value !== null) expect(value >= 0 && value <= 1).toBe(true);
          expect(bootstrap![0] <= bootstrap![1]).toBe(true);
          expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
        }
        expect(points.some(({ onFront }) => onFront)).toBe(true);
        expect(recommendations).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
