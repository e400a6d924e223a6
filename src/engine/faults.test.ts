import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from './errors';
import { defaultSpecification, validateSpecification } from './experiment/specification';
import { validateLandscape } from './landscape/specification';
import { validateRace } from './race/specification';
import { validateSweep } from './sweep/specification';

const { task, dataset, model, schedule, methods, rates, learningRates: _, ...shared } = defaultSpecification;
const lane = { id: 'a', segments: [{ fromStep: 0, peak: 0.01, schedule }] };
const race = { ...shared, dataset, task, model, rate: 0.9, lanes: [lane] };
const sweep = { ...shared, tasks: [{ dataset, task }], models: [model], schedules: [schedule], methods, rates, learningRates: {} };
const landscape = {
  dimensions: 1,
  surface: 'ridge',
  seed: 1,
  lanes: [{ id: 'a', schedule, peak: 0.1 }],
  steps: 100,
  start: [0.5],
  noise: 0,
};

/** What zod says by itself. */
const raw = /invalid|expected|received|too (big|small)|unrecognized|NaN|undefined|pattern/i;

function refusal(validate: (value: unknown) => unknown, value: unknown): LabError {
  try {
    validate(value);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a specification that can not be used', () => {
  it.each<[string, (value: unknown) => unknown, unknown, string]>([
    [
      'no object',
      validateSpecification,
      'dan',
      `The experiment's "specification" can't be used: it is "dan", and an object of fields is needed.`,
    ],
    [
      'text for a number',
      validateSpecification,
      { ...defaultSpecification, epochs: 'ten' },
      `"epochs" can't be used: it is "ten", and a number is needed.`,
    ],
    [
      'a broken number',
      validateSpecification,
      { ...defaultSpecification, epochs: 2.5 },
      `"epochs" can't be used: it is 2.5, and a whole number is needed.`,
    ],
    [
      'no number',
      validateSpecification,
      { ...defaultSpecification, dropout: Number.NaN },
      `"dropout" can't be used: it is not a number, and a number is needed.`,
    ],
    [
      'too few',
      validateSpecification,
      { ...defaultSpecification, epochs: 0 },
      `"epochs" can't be used: it is 0, and a number of at least 1 is needed.`,
    ],
    [
      'too many',
      validateSpecification,
      { ...defaultSpecification, epochs: 5000 },
      `"epochs" can't be used: it is 5000, and a number of at most 1,000 is needed.`,
    ],
    [
      'a rate of all',
      validateSpecification,
      { ...defaultSpecification, rates: [0.5, 1] },
      `"rates[1]" can't be used: it is 1, and a number below 1 is needed.`,
    ],
    [
      'a rate of nothing',
      validateSpecification,
      { ...defaultSpecification, rates: [0] },
      `"rates[0]" can't be used: it is 0, and a number above 0 is needed.`,
    ],
    [
      'a missing field',
      validateSpecification,
      { ...defaultSpecification, model: undefined },
      `"model" can't be used: it is missing, and text is needed.`,
    ],
    ['an empty text', validateSpecification, { ...defaultSpecification, task: '' }, `"task" can't be used: it is empty.`],
    [
      'a long text',
      validateSpecification,
      { ...defaultSpecification, model: 'm'.repeat(101) },
      `"model" can't be used: it has 101 characters, and at most 100 are needed.`,
    ],
    [
      'another version',
      validateSpecification,
      { ...defaultSpecification, version: 2 },
      `"version" can't be used: it is 2, and 1 is needed.`,
    ],
    [
      'an empty list',
      validateSpecification,
      { ...defaultSpecification, seeds: [] },
      `"seeds" can't be used: its list has 0, and at least 1 is needed.`,
    ],
    [
      'a long list',
      validateSpecification,
      { ...defaultSpecification, rates: Array(21).fill(0.5) },
      `"rates" can't be used: its list has 21, and at most 20 are needed.`,
    ],
    [
      'no list',
      validateSpecification,
      { ...defaultSpecification, methods: 'full' },
      `"methods" can't be used: it is "full", and a list is needed.`,
    ],
    [
      'a list for text',
      validateSpecification,
      { ...defaultSpecification, methods: ['full', []] },
      `"methods[1]" can't be used: it is a list, and text is needed.`,
    ],
    [
      'a grid',
      validateSpecification,
      { ...defaultSpecification, learningRates: { full: ['x'] } },
      `"learningRates.full[0]" can't be used: it is "x", and a number is needed.`,
    ],
    [
      'a name of a grid',
      validateSpecification,
      { ...defaultSpecification, learningRates: { ['f'.repeat(101)]: [1] } },
      `can't be used: that is no name that can stand there.`,
    ],
    [
      'shares',
      validateSpecification,
      { ...defaultSpecification, split: { train: 0.5, validation: 0.1, test: 0.1 } },
      `"split" can't be used: the three shares must add up to 1.`,
    ],
    [
      'a sweep’s task',
      validateSweep,
      { ...sweep, tasks: [{ dataset, task }, { dataset }] },
      `The sweep's "tasks[1].task" can't be used: it is missing, and text is needed.`,
    ],
    [
      'a sweep’s schedule',
      validateSweep,
      { ...sweep, schedules: [{ id: 'calr', parameters: { gamma: null } }] },
      `"schedules[0].parameters.gamma" can't be used: it is null, and a number is needed.`,
    ],
    [
      'a lane’s name',
      validateRace,
      { ...race, lanes: [{ ...lane, id: 'z' }] },
      `The race's "lanes[0].id" can't be used: a lane is named by a letter from a to f.`,
    ],
    [
      'a lane’s peak',
      validateRace,
      { ...race, lanes: [{ ...lane, segments: [{ fromStep: 0, peak: true, schedule }] }] },
      `"lanes[0].segments[0].peak" can't be used: it is true, and a number is needed.`,
    ],
    [
      'dimensions',
      validateLandscape,
      { ...landscape, dimensions: 3 },
      `The landscape's "dimensions" can't be used: it is 3, and 1 or 2 is needed.`,
    ],
    [
      'a choice',
      validateLandscape,
      { ...landscape, lanes: [{ ...landscape.lanes[0], id: 'g' }] },
      `"lanes[0].id" can't be used: it is "g", and "a", "b", "c", "d", "e" or "f" is needed.`,
    ],
  ])('says what is wrong and where: %s', (_, validate, value, sentence) => {
    const { message, remedy, code } = refusal(validate, value);
    expect(message).toContain(sentence);
    expect(message).not.toMatch(raw);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(code).toBe('bad-specification');
  });

  it('never says it in the words of a library, whatever stands at any place', () => {
    const cases = [
      [validateSpecification, defaultSpecification],
      [validateSweep, sweep],
      [validateRace, race],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(fc.nat(50), { maxLength: 6 }),
        fc.jsonValue({ maxDepth: 2 }),
        ([validate, base], steps, put) => {
          const value = structuredClone(base) as unknown as Record<string, unknown>;
          let at: Record<string, unknown> = value;
          for (const [i, step] of [0, ...steps].entries()) {
            const keys = Object.keys(at);
            if (keys.length === 0) break;
            const key = keys[(i === 0 ? (steps[0] ?? 0) : step) % keys.length];
            const next = at[key];
            if (i === steps.length || typeof next !== 'object' || next === null) {
              at[key] = put;
              break;
            }
            at = next as Record<string, unknown>;
          }
          try {
            validate(value);
          } catch (error) {
            if (!(error instanceof LabError)) throw error;
            // What was put there is said as it is.
            const said = error.message.replace(/"(\\.|[^"\\])*"|“[^”]*”/g, '');
            if (typeof put !== 'string') expect(said).not.toMatch(raw);
            expect(error.message.length).toBeLessThan(400);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
