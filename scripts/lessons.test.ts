/** The lessons' data against the engine that is to run it: views don't know the engine, so this stands outside of both. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../src/engine/experiment/catalogue';
import { hasEqualTrials } from '../src/engine/experiment/plan';
import { defaultSpecification, validateSpecification } from '../src/engine/experiment/specification';
import { landscapeReport } from '../src/engine/landscape/landscape';
import { validateLandscape } from '../src/engine/landscape/specification';
import { drawNumberLine } from '../src/engine/number-line/number-line';
import { randomVectors } from '../src/engine/projection/testing/vectors';
import { validateRace } from '../src/engine/race/specification';
import { createSchedule } from '../src/engine/schedules/registry';
import { initialLearnSettings } from '../src/store/learn';
import { defaultRace } from '../src/store/race/specification';
import { annealed } from '../src/views/learn/home/sketches/mathematics';
import type { StepState } from '../src/views/learn/lessons/lesson';
import { lessons } from '../src/views/learn/lessons/registry';

const states = lessons.flatMap((lesson) =>
  lesson.steps.map((step, i) => ({ where: `${lesson.id}, step ${i + 1}`, step, state: step.state })),
);
const having = <Key extends keyof StepState>(key: Key) =>
  states.flatMap(({ where, state }) => (state[key] === undefined ? [] : [{ where, value: state[key] as NonNullable<StepState[Key]> }]));

/** In the place of the loaded table. */
const vectors = randomVectors(['one', 'two', 'three'], 20, 1);
const readyRace = defaultRace(catalogue());
const letters = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('what the lessons set', () => {
  it.each(having('specification'))('is an experiment that the engine takes: $where', ({ value }) => {
    const specification = validateSpecification({ ...defaultSpecification, ...value });
    expect(specification).toMatchObject(value.methods ? { ...value, methods: ['full', ...value.methods] } : value);
    expect(hasEqualTrials(specification)).toBe(true);
    // A few seconds' work.
    expect(specification.methods.length).toBeLessThanOrEqual(5);
    expect(specification.epochs).toBeLessThanOrEqual(12);
    expect(specification.seeds.length).toBeLessThanOrEqual(3);
    // What a class loaded stays loaded.
    for (const kept of ['embeddings', 'dataset', 'task', 'split']) expect(value).not.toHaveProperty(kept);
  });

  it.each(having('race'))('is a race of one to six lanes: $where', ({ value }) => {
    const { lanes } = validateRace({ ...readyRace, ...value });
    expect(lanes).toEqual(value.lanes);
    expect(lanes.map(({ id }) => id)).toEqual(letters.slice(0, lanes.length));
    for (const kept of ['embeddings', 'dataset', 'task', 'split']) expect(value).not.toHaveProperty(kept);
  });

  it.each(having('learn'))('is within the bounds of the pieces: $where', ({ value }) => {
    const { counting, landscape, projection, numberLine } = {
      counting: { ...initialLearnSettings.counting, ...value.counting },
      landscape: { ...initialLearnSettings.landscape, ...value.landscape },
      projection: { ...initialLearnSettings.projection, ...value.projection },
      numberLine: { ...initialLearnSettings.numberLine, ...value.numberLine },
    };
    expect(counting.vocabulary).toBeGreaterThanOrEqual(10_000);
    expect(counting.vocabulary).toBeLessThanOrEqual(1_000_000);
    expect(counting.rank).toBeLessThanOrEqual(counting.dimension);

    expect(validateLandscape(landscape)).toEqual(landscape);

    expect(projection.word).toMatch(/^\p{L}+$/u);
    expect(projection.rank).toBeGreaterThanOrEqual(1);
    expect(projection.tilt).toHaveLength(2);

    const line = drawNumberLine(numberLine, () => vectors);
    expect(line.levels.length).toBeLessThanOrEqual(numberLine.levels);
    expect(line.probes).toHaveLength(numberLine.probes.length);
  });
});

describe('what the lessons say', () => {
  it('happens to the three balls: caught, gone from the deepest valley again, and staying in it', () => {
    const { landscape } = lessons.find(({ id }) => id === 'why-cycles-why-annealing')!.steps[2].state.learn!;
    const { valleys, runs } = landscapeReport({ ...initialLearnSettings.landscape, ...landscape });
    const [fixed, cyclical, annealed] = runs;
    const width = 0.1;
    const away = (run: typeof fixed, step: number) => Math.abs(run.positions[step] - valleys[0].position[0]);
    expect(fixed.valley).not.toBe(0);
    // The last of six peaks is at step 220 of 240.
    expect(away(cyclical, 200)).toBeLessThan(width);
    expect(cyclical.valley).not.toBe(0);
    expect(annealed.valley).toBe(0);
    expect(new Set(runs.map(({ valley }) => valley)).size).toBe(3);
    for (let step = 200; step <= 240; step++) expect(away(annealed, step)).toBeLessThan(width);
  });

  it('becomes of 75, 83 and 87', () => {
    const { numberLine } = lessons.find(({ id }) => id === 'what-quantization-loses')!.steps[0].state.learn!;
    const { probes } = drawNumberLine({ ...initialLearnSettings.numberLine, ...numberLine }, () => vectors);
    expect(probes).toEqual([75, 83, 87].map((value) => ({ value, becomes: 80 })));
  });
});

describe('the cards’ sketches', () => {
  it.each([
    ['calr', 0.7, 3],
    ['clr', 1, 3],
  ] as const)('draw %s as the engine spends it', (id, gamma, restart) => {
    const steps = 240;
    const rate = createSchedule({ id, parameters: {} }, { peak: 1, totalSteps: steps });
    for (let step = 0; step < steps; step++) expect(annealed(step, steps, 6, 0.1, gamma, restart)).toBeCloseTo(rate(step), 9);
  });
});
