/** The lessons' data against the engine that is to run it: views don't know the engine, so this stands outside of both. */
import { describe, expect, it } from 'vitest';
import { hasEqualTrials } from '../src/engine/experiment/plan';
import { defaultSpecification, validateSpecification } from '../src/engine/experiment/specification';
import { completeParameters, createSchedule } from '../src/engine/schedules/registry';
import type { LaneRate } from '../src/protocol/race';
import { initialLearnSettings } from '../src/store/learn';
import { annealed } from '../src/views/learn/home/sketches/mathematics';
import type { StepState } from '../src/views/learn/lessons/lesson';
import { lessons } from '../src/views/learn/lessons/registry';

const states = lessons.flatMap((lesson) =>
  lesson.steps.map((step, i) => ({ where: `${lesson.id}, step ${i + 1}`, step, state: step.state })),
);
const having = <Key extends keyof StepState>(key: Key) =>
  states.flatMap(({ where, state }) => (state[key] === undefined ? [] : [{ where, value: state[key] as NonNullable<StepState[Key]> }]));

function expectRate({ schedule, peak }: LaneRate): void {
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThanOrEqual(10);
  completeParameters(schedule);
}

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
    const { lanes = [], rate = 0.9, epochs = 1, seeds = [] } = value;
    validateSpecification({ ...defaultSpecification, optimizer: value.optimizer ?? 'adam', rates: [rate], epochs, seeds });
    expect(lanes.map(({ id }) => id)).toEqual(letters.slice(0, lanes.length));
    expect(lanes.length).toBeGreaterThan(0);
    for (const { segments } of lanes) {
      expect(segments[0].fromStep).toBe(0);
      segments.forEach(expectRate);
    }
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

    expect(landscape.start).toHaveLength(landscape.dimensions);
    for (const coordinate of landscape.start) expect(Math.abs(coordinate)).toBeLessThanOrEqual(1);
    expect(landscape.steps).toBeGreaterThanOrEqual(10);
    expect(landscape.steps).toBeLessThanOrEqual(2000);
    for (const lane of landscape.lanes) {
      expect(letters).toContain(lane.id);
      expectRate(lane);
    }

    expect(projection.word).toMatch(/^\p{L}+$/u);
    expect(projection.rank).toBeGreaterThanOrEqual(1);
    expect(projection.tilt).toHaveLength(2);

    expect(['min-max', 'mse', 'codebook']).toContain(numberLine.quantizer);
    expect(numberLine.levels).toBeGreaterThanOrEqual(2);
    expect(numberLine.levels).toBeLessThanOrEqual(256);
    expect(numberLine.probes.length).toBeLessThanOrEqual(20);
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
