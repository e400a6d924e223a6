import { beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../protocol/catalogue';
import type { DataReport } from '../../protocol/data';
import type { RaceEvent, RaceRow } from '../../protocol/race';
import { useLabStore, write } from '../store';
import { rateOf } from './race';
import {
  selectCanFork,
  selectLaneRates,
  selectLaneResults,
  selectRaceSteps,
  selectRaceWaits,
  selectShownLanes,
  selectShownSeed,
  selectTold,
  takesChanges,
} from './selectors';

const method = (id: string, adam: number[]) => ({ id, trained: true, learningRates: { adam } });
const defaultSpecification = {
  embeddings: { id: 'bundled:vectors', name: 'Vectors' },
  dataset: { id: 'bundled:sentences', name: 'Sentences' },
  task: 'sentiment',
  optimizer: 'adam',
  batchSize: 64,
  epochs: 12,
  rates: [0.9],
  seeds: [1],
};
const catalogue = {
  schedules: ['calr', 'clr', 'fixed'].map((id) => ({ id, label: id.toUpperCase(), short: id, help: '', parameters: [] })),
  methods: [method('full', [1]), method('low-rank', [1e-3, 3e-3, 3e-4]), method('low-rank-direct', [5e-4, 2e-3])],
  defaultSpecification,
} as unknown as Catalogue;
const data = {
  embeddings: { source: defaultSpecification.embeddings },
  dataset: { source: defaultSpecification.dataset, tasks: [{ id: 'sentiment' }, { id: 'source' }] },
} as unknown as DataReport;

const state = () => useLabStore.getState();
const lanesOf = () => state().race.specification?.lanes ?? [];
const steps = (lane: string, seed: number, learningRates = [0.1, 0.3]): RaceEvent => ({
  kind: 'steps',
  seed,
  lane,
  firstStep: 0,
  learningRates,
  losses: learningRates.map(() => 0.5),
  seconds: learningRates.map((_, i) => i),
});
const row = (lane: string, seed: number, testAccuracy: number | null, bestStep: number | null = 10): RaceRow => ({
  lane,
  seed,
  finished: testAccuracy !== null,
  bestStep,
  validationAccuracy: testAccuracy,
  testAccuracy,
  macroF1: testAccuracy,
  testCount: 450,
});

beforeEach(() => {
  useLabStore.setState(useLabStore.getInitialState(), true);
});

describe('the race’s specification', () => {
  it('is made from the loaded data and the default experiment: three schedules at one peak', () => {
    write.raceData(catalogue, data);
    expect(lanesOf().map((lane) => [lane.id, rateOf(lane).schedule.id, rateOf(lane).peak])).toEqual([
      ['a', 'fixed', 2e-3],
      ['b', 'clr', 2e-3],
      ['c', 'calr', 2e-3],
    ]);
    expect(state().race.specification).toMatchObject({ dataset: data.dataset.source, task: 'sentiment', seeds: [1, 2, 3], rate: 0.9 });
  });

  it('takes what a lesson asked for before there was data, and follows other data with what was set', () => {
    write.raceSpecification({ epochs: 2, seeds: [7] });
    expect(state().race.specification).toBeNull();
    write.raceData(catalogue, data);
    expect(state().race.specification).toMatchObject({ epochs: 2, seeds: [7] });
    const source = { id: 'sha256:1', name: 'mine.csv' };
    write.raceData(catalogue, { ...data, dataset: { ...data.dataset, source, tasks: [{ ...data.dataset.tasks[0], id: 'stars' }] } });
    expect(state().race.specification).toMatchObject({ epochs: 2, seeds: [7], dataset: source, task: 'stars' });
  });

  it('has its lanes changed, added in their order, and removed', () => {
    write.raceData(catalogue, data);
    const rate = { schedule: { id: 'linear', parameters: {} }, peak: 1 };
    write.raceLaneRemoved('b');
    write.raceLane('a', rate);
    write.raceLane('b', rate);
    expect(lanesOf().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(lanesOf()[0].segments).toEqual([{ fromStep: 0, ...rate }]);
  });
});

describe('the shown lanes', () => {
  beforeEach(() => {
    write.raceData(catalogue, data);
    write.raceStarted(state().race.specification!);
  });

  it('are of the latest seed that has any steps, or of the chosen one', () => {
    write.raceEvents([{ kind: 'seed-started', seed: 1 }, steps('a', 1), steps('b', 1)]);
    expect(selectShownSeed(state())).toBe(1);
    // A seed that began and has not come to a step yet leaves the charts as they are.
    write.raceEvents([{ kind: 'seed-started', seed: 2 }]);
    expect(selectShownSeed(state())).toBe(1);
    write.raceEvents([steps('a', 2)]);
    expect(selectShownLanes(state()).map(({ id, trace }) => [id, trace.seed])).toEqual([['a', 2]]);
    write.raceView({ seed: 1 });
    expect(selectShownLanes(state()).map(({ id, trace }) => [id, trace.seed])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('keep their identity while nothing of theirs changes', () => {
    write.raceEvents([{ kind: 'seed-started', seed: 1 }, steps('a', 1)]);
    const before = selectShownLanes(state());
    write.raceEvents([{ kind: 'progress', label: 'x', done: 0.5, secondsLeft: 1 }]);
    expect(selectShownLanes(state())).toBe(before);
  });
});

describe('changes to the race that goes on', () => {
  it('are taken in its first seed alone', () => {
    write.raceData(catalogue, data);
    write.raceStarted(state().race.specification!);
    expect(takesChanges(state().race.run)).toBe(false);
    write.raceEvents([
      { kind: 'started', totalSteps: 4, stepsPerEpoch: 2, rank: 9, rate: 0.9 },
      { kind: 'seed-started', seed: 1 },
    ]);
    expect(takesChanges(state().race.run)).toBe(true);
    expect(selectCanFork(state(), 'a')).toBe(true);
    write.raceEvents([{ kind: 'seed-started', seed: 2 }]);
    expect(takesChanges(state().race.run)).toBe(false);
    expect(selectCanFork(state(), 'a')).toBe(false);
  });
});

describe('the end line', () => {
  it('has mean and sample deviation over the finished seeds, the steps at which a lane broke, and the rate spent', () => {
    write.raceData(catalogue, data);
    write.raceStarted(state().race.specification!);
    write.raceEvents([
      { kind: 'seed-started', seed: 1 },
      steps('a', 1),
      steps('b', 1),
      { kind: 'broken', seed: 1, lane: 'b', step: 1 },
      { kind: 'row', row: row('a', 1, 0.8, 10) },
      { kind: 'row', row: row('a', 2, 0.84, 30) },
      { kind: 'row', row: row('b', 1, null, null) },
    ]);
    const [a, b, c] = selectLaneResults(state());
    expect(a).toMatchObject({ seedsFinished: 2, seedsWanted: 3, broken: [] });
    expect(a.test?.mean).toBeCloseTo(0.82, 12);
    expect(a.test?.spread).toBeCloseTo(0.04 / Math.SQRT2, 12);
    expect(a.bestStep?.mean).toBe(20);
    expect(a.spent).toEqual({ mean: 0.2, lowest: 0.1, highest: 0.3 });
    expect(b).toMatchObject({ test: null, seedsFinished: 0, broken: [{ seed: 1, step: 1 }] });
    expect(c).toMatchObject({ test: null, spent: null });
  });
});

describe('selectors before there is data', () => {
  it('answer with the same thing twice: a view would ask for ever else', () => {
    expect(selectLaneRates(state())).toBe(selectLaneRates(state()));
    expect(selectShownLanes(state())).toBe(selectShownLanes(state()));
    expect(selectLaneResults(state())).toBe(selectLaneResults(state()));
  });
});

describe('what goes on', () => {
  it('is told of in the header: what runs, else what was started last', () => {
    write.raceData(catalogue, data);
    expect(selectTold(state())).toBe('run');
    write.raceStarted(state().race.specification!);
    expect(selectTold(state())).toBe('race');
    write.raceStatus('complete');
    expect(selectTold(state())).toBe('race');
    write.runStarted(catalogue.defaultSpecification);
    expect(selectTold(state())).toBe('run');
    expect(selectRaceWaits(state())).toContain('waits');
  });

  it('knows the length of the race before it is started', () => {
    write.raceData(catalogue, data);
    expect(selectRaceSteps(state())).toBeNull();
    write.plan({ split: { train: 2100, validation: 450, test: 450 } } as never);
    write.raceSpecification({ epochs: 2, batchSize: 100 });
    expect(selectRaceSteps(state())).toBe(42);
  });
});
