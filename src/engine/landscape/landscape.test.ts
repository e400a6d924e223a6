import { describe, expect, it } from 'vitest';
import { defaultLandscape, type LandscapeSpecification } from '../../protocol/landscape';
import { createSchedule } from '../schedules/registry';
import { wilsonInterval } from '../statistics/wilson';
import { landscapeReport } from './landscape';
import { describeSurfaces, findSurface } from './registry';
import { landscapeShares } from './shares';
import { validateLandscape } from './specification';
import { reflect } from './walls';

const plane: LandscapeSpecification = {
  ...defaultLandscape,
  dimensions: 2,
  surface: 'seeded',
  seed: 5,
  start: [-0.6, 0.7],
  noise: 0.5,
  steps: 60,
};
const now = () => performance.now();

describe('the walls', () => {
  it('throw a step back as a mirror does, however long it is', () => {
    for (const [x, ends] of [
      [0.4, 0.4],
      [1, 1],
      [-1, -1],
      [1.3, 0.7],
      [-1.3, -0.7],
      [2.9, -0.9],
      [3.2, -0.8],
      [5.5, -0.5 + 2],
      [-4.1, 0.1 * -1],
    ]) {
      const expected = ends > 1 ? 2 - ends : ends;
      expect(reflect(x)).toBeCloseTo(expected, 12);
    }
    for (let i = 0; i < 1000; i++) expect(Math.abs(reflect((i - 500) * 1.7e3 + 0.123))).toBeLessThanOrEqual(1);
  });
});

describe('landscapeReport', () => {
  it('is the same, bit for bit, each time', () => {
    expect(landscapeReport(plane)).toEqual(landscapeReport(plane));
    expect(landscapeReport({ ...plane, seed: 6 }).heights).not.toEqual(landscapeReport(plane).heights);
  });

  it('moves each ball by exactly lr(t) times the gradient, with no momentum', () => {
    const specification = { ...defaultLandscape, steps: 90 };
    const field = findSurface('wide-valley').create(1, 1);
    const out = new Float64Array(2);
    for (const [i, { positions, heights, learningRates }] of landscapeReport(specification).runs.entries()) {
      const { schedule, peak } = specification.lanes[i];
      const rate = createSchedule(schedule, { peak, totalSteps: 90 });
      expect([positions.length, heights.length, learningRates.length]).toEqual([91, 91, 90]);
      for (let t = 0; t < 90; t++) {
        expect(learningRates[t]).toBe(Math.fround(rate(t)));
        field.gradient(positions[t], 0, out);
        expect(positions[t + 1]).toBe(reflect(positions[t] - learningRates[t] * out[0]));
        expect(heights[t]).toBe(field.height(positions[t], 0));
      }
    }
  });

  it('stays within the walls in two dimensions, whatever the rate', () => {
    const wild = { ...plane, noise: 10, lanes: [{ id: 'a', schedule: { id: 'fixed', parameters: {} }, peak: 10 }] };
    const { runs } = landscapeReport(wild);
    expect(runs[0].positions).toHaveLength(2 * 61);
    for (const coordinate of runs[0].positions) expect(Math.abs(coordinate)).toBeLessThanOrEqual(1);
  });

  it('adds the same noise to every lane, of the standard deviation that is asked for', () => {
    const lane = { schedule: { id: 'fixed', parameters: {} }, peak: 1e-3 };
    const specification = { ...plane, noise: 2, steps: 2000, lanes: ['a', 'b'].map((id) => ({ ...lane, id })) };
    const [first, second] = landscapeReport(specification).runs;
    expect(first.positions).toEqual(second.positions);
    const field = findSurface('seeded').create(2, plane.seed);
    const out = new Float64Array(2);
    const noise: number[] = [];
    for (let t = 0; t < 2000; t++) {
      field.gradient(first.positions[2 * t], first.positions[2 * t + 1], out);
      for (const k of [0, 1]) noise.push((first.positions[2 * t + k] - first.positions[2 * t + 2 + k]) / 1e-3 - out[k]);
    }
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (noise.length - 1));
    // Four standard errors of 4,000 draws.
    expect(Math.abs(mean)).toBeLessThan((4 * 2) / Math.sqrt(4000));
    expect(Math.abs(deviation - 2)).toBeLessThan((4 * 2) / Math.sqrt(8000));
  });

  it('shows what the page tells: the small fixed rate stays in its pit, the cyclical one leaves the deepest valley again, the annealed one stays', () => {
    const { runs, valleys } = landscapeReport(defaultLandscape);
    const deepest = valleys[0].position[0];
    const [fixed, cyclical, annealed] = runs.map(({ positions }) => positions.map((x) => Math.abs(x - deepest) < 0.3));
    expect(runs[0].valley).not.toBe(0);
    expect(fixed.includes(true)).toBe(false);
    const leaves = (inside: boolean[], from: number) => inside.filter((now, t) => t > from && !now && inside[t - 1]).length;
    // From the third of six cycles on.
    expect(leaves(cyclical, 120)).toBeGreaterThan(3);
    expect(leaves(annealed, 120)).toBe(0);
    expect(annealed[240]).toBe(true);
    expect(runs[2].valley).toBe(0);
  });
});

describe('landscapeShares', () => {
  it('has intervals that cover the true share about as often as they say', async () => {
    // A fixed rate so small that each start ends in the valley that it began in: the share is the part of [-1, 1] left of the pass, which
    // lies at the middle root of the slope, 4 u^3 - 32 u + 5 = 0, u = 4.2 x.
    let u = 0;
    for (let i = 0; i < 50; i++) u = (4 * u ** 3 + 5) / 32;
    const share = (1 + u / 4.2) / 2;
    const specification: LandscapeSpecification = {
      ...defaultLandscape,
      surface: 'styblinski-tang',
      lanes: [{ id: 'a', schedule: { id: 'fixed', parameters: {} }, peak: 1e-4 }],
      steps: 10,
    };
    let covered = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { lanes, starts } = await landscapeShares({ ...specification, seed }, now);
      expect(starts).toBe(1000);
      expect(lanes[0].interval).toEqual(wilsonInterval(Math.round(1000 * lanes[0].deepest), 1000));
      if (lanes[0].interval[0] <= share && share <= lanes[0].interval[1]) covered++;
    }
    // 38 of 40 are expected; fewer than 34 has a chance of 1.4 %.
    expect(covered).toBeGreaterThanOrEqual(34);
  });

  it('says of the default what its walks show: the annealed lane most often, the small fixed rate least', async () => {
    const { lanes } = await landscapeShares(defaultLandscape, now);
    const [fixed, cyclical, annealed] = lanes;
    expect(fixed.interval[1]).toBeLessThan(cyclical.interval[0]);
    expect(cyclical.interval[1]).toBeLessThan(annealed.interval[0]);
    expect(annealed.meanHeight).toBeLessThan(cyclical.meanHeight);
  });

  it('is the same each time, and gives equal lanes equal figures', async () => {
    const twice = { ...plane, lanes: [plane.lanes[1], { ...plane.lanes[1], id: 'f' }] };
    const shares = await landscapeShares(twice, now);
    expect(shares).toEqual(await landscapeShares(twice, now));
    expect({ ...shares.lanes[1], lane: 'b' }).toEqual(shares.lanes[0]);
  });

  it('lets others speak while it counts', async () => {
    let clock = 0;
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await landscapeShares({ ...plane, steps: 10 }, () => (clock += 30));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(100);
  });
});

describe('validateLandscape', () => {
  it('takes the default, and every surface in each of its dimensions', () => {
    expect(validateLandscape(defaultLandscape)).toEqual(defaultLandscape);
    for (const { id, dimensions } of describeSurfaces()) {
      for (const n of dimensions) validateLandscape({ ...defaultLandscape, surface: id, dimensions: n, start: n === 1 ? [0] : [0, 0] });
    }
  });

  const [lane] = defaultLandscape.lanes;
  it.each([
    [{ steps: 9 }, /"steps" can't be used/],
    [{ steps: 2001 }, /"steps"/],
    [{ start: [1.01] }, /"start\[0\]"/],
    [{ start: [0, 0] }, /"start" can't be used: it has to have as many coordinates as there are dimensions/],
    [{ start: [Number.NaN] }, /"start\[0\]"/],
    [{ seed: -1 }, /"seed"/],
    [{ noise: -0.1 }, /"noise"/],
    [{ lanes: [] }, /"lanes"/],
    [{ lanes: [lane, lane] }, /"lanes" can't be used: every lane has a letter of its own/],
    [{ lanes: [{ ...lane, peak: 11 }] }, /"lanes\[0\]\.peak"/],
    [{ lanes: [{ ...lane, schedule: { id: 'wild', parameters: {} } }] }, /no learning-rate schedule named “wild”/],
    [{ lanes: [{ ...lane, schedule: { id: 'clr', parameters: { cycles: 0 } } }] }, /“cycles”/],
    [{ surface: 'moon' }, /no surface named “moon”/],
    [{ surface: 'himmelblau' }, /“himmelblau” is not there in 1 dimension\./],
  ])('refuses %o', (patch, message) => {
    expect(() => validateLandscape({ ...defaultLandscape, ...patch })).toThrow(message);
    expect(() => validateLandscape({ ...defaultLandscape, ...patch })).toThrow(expect.objectContaining({ code: 'bad-specification' }));
  });
});
