import { describe, expect, it } from 'vitest';
import type { LaneSpecification, RaceEvent, RaceResults, RaceSpecification } from '../../protocol/race';
import { smooth } from '../smoothing';
import { foldRace } from './fold';
import { IDLE_RACE, laneAt, type RaceRun, traceId } from './race';

const rate = { schedule: { id: 'fixed', parameters: {} }, peak: 0.01 };
const lanes: LaneSpecification[] = [laneAt('a', rate), laneAt('b', rate)];
const specification = { lanes, seeds: [1, 2] } as RaceSpecification;
const starting: RaceRun = { ...IDLE_RACE, status: 'starting', specification, lanes };
const started: RaceEvent = { kind: 'started', totalSteps: 40, stepsPerEpoch: 10, rank: 9, rate: 0.91 };
const steps = (lane: string, firstStep: number, losses: number[], seed = 1): RaceEvent => ({
  kind: 'steps',
  seed,
  lane,
  firstStep,
  learningRates: losses.map((_, i) => 0.001 * (firstStep + i + 1)),
  losses,
  seconds: losses.map((_, i) => firstStep + i),
});
const evaluated = (lane: string, step: number, validationAccuracy: number, seed = 1): RaceEvent => ({
  kind: 'evaluated',
  seed,
  lane,
  step,
  seconds: step,
  validationLoss: 0.5,
  validationAccuracy,
});

describe('foldRace', () => {
  it('gives the same state, the same object, for no events', () => {
    expect(foldRace(starting, [])).toBe(starting);
  });

  it('keeps each lane and each seed apart', () => {
    const run = foldRace(starting, [
      started,
      { kind: 'seed-started', seed: 1 },
      steps('a', 0, [3, 2]),
      steps('b', 0, [4]),
      steps('a', 2, [1]),
      { kind: 'seed-started', seed: 2 },
      steps('a', 0, [9], 2),
    ]);
    expect(run).toMatchObject({ status: 'running', seed: 2, shape: { totalSteps: 40, rank: 9 } });
    const first = run.traces[traceId('a', 1)];
    expect(first.losses.values).toEqual([3, 2, 1]);
    expect(first.spent).toEqual({ sum: expect.closeTo(0.006, 12), lowest: 0.001, highest: 0.003 });
    expect(run.traces[traceId('b', 1)].losses.values).toEqual([4]);
    expect(run.traces[traceId('a', 2)].losses.values).toEqual([9]);
  });

  it('smooths piece by piece as the whole would be', () => {
    const losses = Array.from({ length: 57 }, (_, i) => 2 + Math.sin(i));
    let run = starting;
    for (let from = 0; from < losses.length; from += 9) run = foldRace(run, [steps('a', from, losses.slice(from, from + 9))]);
    const { smoothed } = run.traces[traceId('a', 1)];
    expect(smoothed.values).toEqual(smooth(losses));
  });

  it('begins a fork where it was made, and writes both changes and forks down', () => {
    const fork: LaneSpecification = { id: 'c', segments: [...lanes[0].segments, { fromStep: 7, ...rate, peak: 0.1 }] };
    const changed: LaneSpecification = { id: 'a', segments: [...lanes[0].segments, { fromStep: 9, ...rate, peak: 1 }] };
    const run = foldRace(starting, [
      started,
      { kind: 'lane', lane: fork, fromStep: 7, forkedFrom: 'a' },
      steps('c', 7, [0.5, 0.4]),
      { kind: 'lane', lane: changed, fromStep: 9, forkedFrom: null },
    ]);
    expect(run.lanes).toEqual([changed, lanes[1], fork]);
    expect(run.traces[traceId('c', 1)].firstStep).toBe(7);
    expect(run.changes).toEqual([
      { lane: 'c', step: 7, forkedFrom: 'a' },
      { lane: 'a', step: 9, forkedFrom: null },
    ]);
  });

  it('does not change the state that it was given, and leaves untouched traces as they are', () => {
    const before = foldRace(starting, [steps('a', 0, [3]), steps('b', 0, [3])]);
    const after = foldRace(before, [steps('a', 1, [2]), evaluated('a', 2, 0.8), { kind: 'broken', seed: 1, lane: 'a', step: 2 }]);
    expect(before.traces[traceId('a', 1)]).toMatchObject({ losses: { length: 1 }, evaluations: [], brokenAt: null });
    expect(after.traces[traceId('a', 1)]).toMatchObject({ losses: { length: 2 }, bestAccuracy: 0.8, brokenAt: 2 });
    expect(after.traces[traceId('b', 1)]).toBe(before.traces[traceId('b', 1)]);
    const told = foldRace(after, [{ kind: 'progress', label: 'Racing', done: 1.5, secondsLeft: 3 }]);
    expect(told.traces).toBe(after.traces);
    expect(told.progress?.done).toBe(1);
  });

  it('follows pause, resume and end', () => {
    let run = foldRace(starting, [started, { kind: 'paused' }]);
    expect(run.status).toBe('paused');
    run = foldRace(run, [{ kind: 'resumed' }]);
    expect(run.status).toBe('running');
    const row = {
      lane: 'a',
      seed: 1,
      finished: true,
      bestStep: 10,
      validationAccuracy: 0.8,
      testAccuracy: 0.8,
      macroF1: 0.8,
      testCount: 450,
    };
    const results = { rows: [row], comparisons: [] } as unknown as RaceResults;
    run = foldRace(run, [
      { kind: 'row', row },
      { kind: 'finished', outcome: 'stopped', results, conclusion: { claim: 'x', caution: 'y' } },
    ]);
    expect(run).toMatchObject({ status: 'stopped', rows: [row], conclusion: { claim: 'x' } });
  });

  it('folds a long race fast: six lanes of 30,000 steps in batches of 20', () => {
    let run = starting;
    const losses = Array.from({ length: 20 }, () => 0.5);
    const start = performance.now();
    for (let i = 0; i < 1500; i++)
      run = foldRace(
        run,
        ['a', 'b', 'c', 'd', 'e', 'f'].map((lane) => steps(lane, 20 * i, losses)),
      );
    expect(run.traces[traceId('f', 1)].losses.length).toBe(30_000);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
