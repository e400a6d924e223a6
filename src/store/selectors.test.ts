import { beforeEach, describe, expect, it } from 'vitest';
import type { LabEvent, TrialKey } from '../protocol/events';
import type { ExperimentPlan } from '../protocol/plan';
import { selectFloor, selectMethodProgress, selectShownTrials } from './selectors';
import { useLabStore, write } from './store';

const key = (learningRate: number, seed = 1, method = 'full'): TrialKey => ({
  method,
  requestedRate: method === 'full' ? null : 0.9,
  seed,
  learningRate,
});
const begin = (trial: TrialKey): LabEvent => ({ kind: 'trial-started', trial, totalSteps: 20, stepsPerEpoch: 10, firstEpoch: 0 });
const score = (trial: TrialKey, validationAccuracy: number): LabEvent => ({
  kind: 'epoch',
  trial,
  epoch: 1,
  step: 10,
  trainingLoss: null,
  validationLoss: 0.5,
  validationAccuracy,
  validationMacroF1: validationAccuracy - 0.01,
});
const size = { embeddingBytes: 10, networkBytes: 20, embeddingParameters: 3, networkParameters: 5, rate: 0.9 };
const plan = {
  methods: [
    { method: 'full', requestedRate: null, rank: null, levels: null, size: { ...size, rate: 0 }, unreachable: null, learningRates: [1, 2] },
    { method: 'low-rank', requestedRate: 0.9, rank: 9, levels: null, size, unreachable: null, learningRates: [1, 2] },
  ],
} as unknown as ExperimentPlan;

beforeEach(() => {
  useLabStore.setState(useLabStore.getInitialState(), true);
  useLabStore.setState((state) => ({ run: { ...state.run, status: 'running', plan } }));
});

describe('the trials on the charts', () => {
  it('are the best of each method so far, and the one in training', () => {
    const [low, high] = [key(1), key(2)];
    write.events([begin(low), score(low, 0.8), begin(high), score(high, 0.7)]);
    expect(selectShownTrials(useLabStore.getState()).map(({ trial, live }) => [trial.key.learningRate, live])).toEqual([
      [1, false],
      [2, true],
    ]);
    write.events([score(high, 0.9)]);
    expect(selectShownTrials(useLabStore.getState()).map(({ trial }) => trial.key.learningRate)).toEqual([2]);
  });

  it('can be those of one seed', () => {
    write.events([begin(key(1, 1)), score(key(1, 1), 0.9), begin(key(1, 2)), score(key(1, 2), 0.7)]);
    write.view({ shownSeed: 2 });
    expect(selectShownTrials(useLabStore.getState()).map(({ trial }) => trial.key.seed)).toEqual([2]);
  });

  it('keep their identity while nothing of theirs changes', () => {
    write.events([begin(key(1))]);
    const before = selectShownTrials(useLabStore.getState());
    write.lab({ choice: 'cpu' });
    expect(selectShownTrials(useLabStore.getState())).toBe(before);
  });
});

describe('the progress of the methods', () => {
  it('goes from waiting over running to done', () => {
    const status = () => selectMethodProgress(useLabStore.getState()).map((entry) => entry.status);
    expect(status()).toEqual(['waiting', 'waiting']);
    write.events([begin(key(1)), score(key(1), 0.8)]);
    expect(status()).toEqual(['running', 'waiting']);
    write.events([
      {
        kind: 'result',
        row: {
          method: 'full',
          requestedRate: null,
          seed: 1,
          validationAccuracy: 0.85,
          validationMacroF1: 0.84,
          bytes: 11,
          networkBytes: 21,
          rate: 0,
        } as never,
      },
    ]);
    const [full] = selectMethodProgress(useLabStore.getState());
    expect(full).toMatchObject({ status: 'done', validationAccuracy: 0.85, validationMacroF1: 0.84, embeddingBytes: 11 });
  });

  it('knows the accuracy right after the factorization', () => {
    write.events([
      { kind: 'before-retraining', method: 'low-rank', requestedRate: 0.9, seed: 1, validationAccuracy: 0.77, validationMacroF1: 0.76 },
    ]);
    expect(selectMethodProgress(useLabStore.getState())[1]).toMatchObject({ before: 0.77, beforeMacroF1: 0.76 });
  });
});

describe('selectFloor', () => {
  it('is of the task that is trained, and of no other set than the one that is loaded', () => {
    const dataset = { source: { id: 'own', name: 'own.csv' }, tasks: [{ id: 'topic', majorityShare: 0.4 }] };
    const load = (id: string) =>
      useLabStore.setState((state) => ({
        data: { ...state.data, report: { dataset: { ...dataset, source: { id, name: '' } } } as never },
        run: { ...state.run, specification: { dataset: { id: 'own', name: '' }, task: 'topic' } as never },
      }));
    load('own');
    expect(selectFloor(useLabStore.getState())).toBe(0.4);
    load('other');
    expect(selectFloor(useLabStore.getState())).toBeNull();
  });
});
