import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScheduleSpecification } from '../../protocol/specification';
import { LabError } from '../errors';
import { calr } from './calr';
import { clr } from './clr';
import { clrExpRange } from './clr-exp-range';
import { clrTriangular2 } from './clr-triangular2';
import { cosine } from './cosine';
import { exponential } from './exponential';
import golden from './fixtures/schedules.json';
import { linear } from './linear';
import { oneCycle } from './one-cycle';
import { completeParameters, createSchedule, describeSchedules, findSchedule, schedules } from './registry';
import type { LearningRate } from './schedule';
import { sgdr } from './sgdr';
import { stepDecay } from './step';

/** Of the golden file: absolute parameters, one record a name. */
type Absolute = Record<string, number>;

const byName: Record<string, (p: Absolute) => LearningRate> = {
  clr: (p) => clr(p.lb, p.ub, p.stepSize),
  'clr-triangular2': (p) => clrTriangular2(p.lb, p.ub, p.stepSize),
  'clr-exp-range': (p) => clrExpRange(p.lb, p.ub, p.stepSize, p.gamma),
  calr: (p) => calr(p.lb, p.ub, p.stepSize, p.gamma, p.restartCycles),
  sgdr: (p) => sgdr(p.lb, p.ub, p.t0, p.tMult),
  step: (p) => stepDecay(p.lr, p.stepSize, p.gamma),
  exponential: (p) => exponential(p.lr, p.gamma),
  linear: (p) => linear(p.lr, p.totalSteps),
  cosine: (p) => cosine(p.lb, p.ub, p.totalSteps),
  'one-cycle': (p) => oneCycle(p.ub, p.totalSteps, p.pctStart, p.divFactor, p.finalDivFactor),
};

const context = { peak: 0.05, totalSteps: 240 };

describe('against PyTorch', () => {
  it.each(golden.schedules)('$name $params', ({ name, params, values }) => {
    const rate = byName[name](params as unknown as Absolute);
    expect(values.length).toBeGreaterThan(0);
    values.forEach((value, step) => {
      expect(Math.abs(rate(step) - value), `step ${step}`).toBeLessThanOrEqual(Math.max(1e-6 * value, 1e-12));
    });
  });
});

describe('identities', () => {
  const steps = Array.from({ length: 400 }, (_, step) => step);

  it('calr with gamma = 1 is clr', () => {
    expect(steps.map(calr(0.001, 0.05, 17, 1, 3))).toEqual(steps.map(clr(0.001, 0.05, 17)));
  });

  it('calr with R = infinity and gamma = 1/2 is clr-triangular2', () => {
    const pairs = steps.map((step) => [calr(0.001, 0.05, 17, 0.5, Number.POSITIVE_INFINITY)(step), clrTriangular2(0.001, 0.05, 17)(step)]);
    for (const [left, right] of pairs) expect(left).toBeCloseTo(right, 15);
  });
});

describe('createSchedule', () => {
  it("takes the method page's defaults: six cycles, floor a tenth, gamma 0.7, R = 3", () => {
    const rate = createSchedule({ id: 'calr', parameters: {} }, context);
    const expected = calr(0.005, 0.05, 20, 0.7, 3);
    for (let step = 0; step < 240; step++) expect(rate(step)).toBeCloseTo(expected(step), 15);
    expect(rate(20)).toBe(0.05);
    expect(rate(60)).toBeCloseTo(0.005 + 0.045 * 0.7, 12);
    expect(rate(140)).toBe(0.05);
  });

  it('serves a phase of another length with the same shape', () => {
    const long = createSchedule({ id: 'clr', parameters: { cycles: 2 } }, { peak: 1, totalSteps: 400 });
    const short = createSchedule({ id: 'clr', parameters: { cycles: 2 } }, { peak: 0.1, totalSteps: 40 });
    for (let step = 0; step < 40; step++) expect(short(step)).toBeCloseTo(long(10 * step) / 10, 12);
  });

  it('fades in by min(1, (t + 1) / w)', () => {
    const plain = createSchedule({ id: 'cosine', parameters: {} }, context);
    const warm = createSchedule({ id: 'cosine', parameters: { warmup: 8 } }, context);
    expect(warm(0)).toBeCloseTo(plain(0) / 8, 15);
    expect(warm(3)).toBeCloseTo(plain(3) / 2, 15);
    expect(warm(7)).toBe(plain(7));
    expect(warm(100)).toBe(plain(100));
  });

  it('is at the peak somewhere, even in a run of a few steps', () => {
    for (const id of ['clr', 'calr']) {
      const rate = createSchedule({ id, parameters: {} }, { peak: 1, totalSteps: 5 });
      expect([0, 1, 2, 3, 4].map(rate)).toContain(1);
    }
  });

  it('refuses what it does not know, with a sentence', () => {
    const attempts: ScheduleSpecification[] = [
      { id: 'cosin', parameters: {} },
      { id: 'clr', parameters: { gamma: 0.5 } },
      { id: 'calr', parameters: { gamma: 0 } },
      { id: 'calr', parameters: { gamma: Number.NaN } },
      { id: 'calr', parameters: { cycles: 2.5 } },
      { id: 'calr', parameters: { warmup: -1 } },
    ];
    for (const specification of attempts) {
      expect(() => createSchedule(specification, context)).toThrow(LabError);
      expect(() => createSchedule(specification, context)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
    }
    for (const peak of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createSchedule({ id: 'fixed', parameters: {} }, { peak, totalSteps: 10 })).toThrow(LabError);
    }
  });

  it('takes every bound of every parameter, and names it beyond', () => {
    for (const { id, parameters } of describeSchedules()) {
      for (const { name, minimum, maximum } of parameters) {
        for (const value of [minimum, maximum]) {
          const rate = createSchedule({ id, parameters: { [name]: value } }, context);
          for (const step of [0, 1, 120, 239]) expect(rate(step)).toBeGreaterThanOrEqual(0);
        }
        for (const value of [minimum - 1, maximum + 1]) {
          expect(() => createSchedule({ id, parameters: { [name]: value } }, context)).toThrow(name);
        }
      }
    }
  });
});

describe('the registry', () => {
  it('has each id once, and finds it', () => {
    expect(new Set(schedules.map(({ id }) => id)).size).toBe(schedules.length);
    for (const schedule of schedules) expect(findSchedule(schedule.id)).toBe(schedule);
  });

  it('describes every parameter with a default within its bounds', () => {
    for (const { id, parameters } of describeSchedules()) {
      for (const { default: value, minimum, maximum } of parameters) {
        expect(value).toBeGreaterThanOrEqual(minimum);
        expect(value).toBeLessThanOrEqual(maximum);
      }
      expect(Object.keys(completeParameters({ id, parameters: {} })).sort()).toEqual(parameters.map(({ name }) => name).sort());
    }
  });
});

describe('every schedule, with any parameters', () => {
  it.each(describeSchedules())('$id stays within 0 and the peak', ({ id, parameters }) => {
    const values = fc.record(
      Object.fromEntries(
        parameters.map(({ name, minimum, maximum, integer }) => [
          name,
          integer ? fc.integer({ min: minimum, max: maximum }) : fc.double({ min: minimum, max: maximum, noNaN: true }),
        ]),
      ),
    );
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 1e-6, max: 10, noNaN: true }),
        fc.integer({ min: 0, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (chosen, peak, totalSteps, at) => {
          const rate = createSchedule({ id, parameters: chosen }, { peak, totalSteps });
          const value = rate(Math.floor(at * totalSteps));
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(peak);
        },
      ),
    );
  });
});
