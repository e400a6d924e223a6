import { describe, expect, it } from 'vitest';
import type { LabEvent, TrialKey } from '../protocol/events';
import type { ExperimentResults, ResultRow } from '../protocol/results';
import { foldEvents } from './fold';
import { IDLE_RUN, type Run } from './run';
import { trialId } from './trials';

const trial: TrialKey = { method: 'low-rank', requestedRate: 0.9, seed: 1, learningRate: 0.001 };
const id = trialId(trial);
const starting: Run = { ...IDLE_RUN, status: 'starting' };

const begun: LabEvent = { kind: 'trial-started', trial, totalSteps: 20, stepsPerEpoch: 10, firstEpoch: 8 };
const steps = (firstStep: number, losses: number[]): LabEvent => ({
  kind: 'steps',
  trial,
  firstStep,
  learningRates: losses.map(() => 0.001),
  losses,
});
const epoch = (number: number, validationAccuracy: number, validationLoss: number): LabEvent => ({
  kind: 'epoch',
  trial,
  epoch: number,
  step: 10 * number,
  trainingLoss: 0.5,
  validationLoss,
  validationAccuracy,
  validationMacroF1: validationAccuracy - 0.01,
});

describe('foldEvents', () => {
  it('gives the same state, the same object, for no events', () => {
    expect(foldEvents(starting, [])).toBe(starting);
  });

  it('appends steps to their trial, and places epochs on the axis of the whole budget', () => {
    const run = foldEvents(starting, [begun, steps(0, [3, 2]), steps(2, [1]), epoch(1, 0.8, 0.4)]);
    expect(run.order).toEqual([id]);
    expect(run.currentTrial).toBe(id);
    expect(run.trials[id].losses.values.slice(0, 3)).toEqual([3, 2, 1]);
    expect(run.trials[id].epochs[0]).toMatchObject({ epoch: 1, x: 9, validationAccuracy: 0.8, validationMacroF1: 0.79 });
  });

  it('does not change the state that it was given', () => {
    const before = foldEvents(starting, [begun, steps(0, [3])]);
    const after = foldEvents(before, [steps(1, [2]), epoch(1, 0.8, 0.4)]);
    expect(before.trials[id].losses.length).toBe(1);
    expect(before.trials[id].epochs).toEqual([]);
    expect(after.trials[id].losses.length).toBe(2);
  });

  it('leaves the trials that a batch does not touch as they are, so that nothing of theirs is drawn again', () => {
    const other: TrialKey = { ...trial, learningRate: 0.01 };
    const before = foldEvents(starting, [begun, { ...begun, trial: other } as LabEvent]);
    const after = foldEvents(before, [steps(0, [1])]);
    expect(after.trials[trialId(other)]).toBe(before.trials[trialId(other)]);
    const progressed = foldEvents(after, [{ kind: 'progress', label: 'Training', done: 0.5, secondsLeft: 3 }]);
    expect(progressed.trials).toBe(after.trials);
  });

  it('keeps the best validation accuracy, and the loss where accuracies are equal', () => {
    const run = foldEvents(starting, [begun, epoch(1, 0.8, 0.5), epoch(2, 0.8, 0.4), epoch(3, 0.7, 0.1)]);
    expect(run.trials[id]).toMatchObject({ bestAccuracy: 0.8, bestLoss: 0.4 });
  });

  it('follows start, pause, resume and end', () => {
    const plan = { methods: [] } as never;
    let run = foldEvents(starting, [{ kind: 'started', plan }]);
    expect(run.status).toBe('running');
    run = foldEvents(run, [{ kind: 'paused' }]);
    expect(run.status).toBe('paused');
    run = foldEvents(run, [{ kind: 'resumed' }, { kind: 'progress', label: 'x', done: 1.2, secondsLeft: 0 }]);
    expect(run).toMatchObject({ status: 'running', progress: { done: 1 } });
    const results = { results: [{ method: 'full' } as ResultRow] } as ExperimentResults;
    run = foldEvents(run, [{ kind: 'finished', outcome: 'stopped', results, conclusion: { claim: 'a', caution: 'b' } }]);
    expect(run).toMatchObject({ status: 'stopped', currentTrial: null, rows: results.results, conclusion: { claim: 'a' } });
  });

  it('folds a long run fast: 200,000 steps in batches of 20', () => {
    let run = foldEvents(starting, [begun]);
    const losses = Array.from({ length: 20 }, () => 0.5);
    const start = performance.now();
    for (let i = 0; i < 10_000; i++) run = foldEvents(run, [steps(20 * i, losses)]);
    expect(run.trials[id].losses.length).toBe(200_000);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
