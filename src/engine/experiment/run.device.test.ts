import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../protocol/events';
import type { ResultRow } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { Device } from '../device/device';
import { Recorder } from '../device/recorder';
import { openTestDevices } from '../device/testing';
import { RunControl } from '../training/control';
import { testPredictions } from './export';
import { type LastRun, modelId, runData } from './last-run';
import { runExperiment } from './run';
import { validateSpecification } from './specification';
import { madeUpData, smallSpecification } from './testing';

const devices = await openTestDevices();

async function run(
  device: Device,
  changes: Partial<ExperimentSpecification> = {},
  onEvent?: (event: LabEvent, control: RunControl) => void,
  recording?: { recorder: Recorder; splitSteps: boolean },
) {
  const control = new RunControl(() => performance.now());
  const events: LabEvent[] = [];
  const { results, models } = await runExperiment({
    specification: validateSpecification({ ...smallSpecification, ...changes }),
    device,
    prepare: madeUpData,
    control,
    emit: (event) => {
      events.push(event);
      onEvent?.(event, control);
    },
    versions: {},
    recording,
  });
  return { rows: results.results, profile: results.profile, results, models, events };
}

/** Everything but the wall time. */
const numbers = (rows: readonly ResultRow[]) => rows.map(({ seconds: _, ...rest }) => rest);

const steps = (events: readonly LabEvent[]) =>
  events.flatMap((event) => (event.kind === 'steps' ? event.losses.map((loss, i) => [event.trial.method, event.firstStep + i, loss]) : []));

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('an experiment on $backend', ({ device }) => {
  it('runs every default method, with figures that belong together', async () => {
    const { rows, models, events } = await run(device);
    expect(rows.map(({ method }) => method)).toEqual([
      'full',
      'low-rank',
      'pre-compressed',
      'pre-compressed-frozen',
      'quantized-min-max',
      'quantized-mse',
      'codebook',
    ]);
    const [full, lowRank, , , minMax] = rows;
    // 7 batches an epoch, 4 epochs of which phase 1 has 3.
    expect(rows.map((row) => row.steps)).toEqual([28, 28, 28, 28, 28, 28, 28]);
    expect(full).toMatchObject({
      requestedRate: null,
      rate: 0,
      bytes: 4 * 120 * 12,
      rank: null,
      levels: null,
      beforeRetrainingAccuracy: null,
      testCount: 60,
    });
    // The largest r with 120 r + 12 r <= 0.5 * 1440.
    expect(lowRank).toMatchObject({ rank: 5, rate: 1 - (5 * 132) / 1440, beforeRetrainingAccuracy: expect.any(Number) });
    expect([3e-3, 1e-2]).toContain(lowRank.learningRate);
    // 16 bits a weight: two codes a word.
    expect(minMax.levels).toBe(65536);
    expect(minMax.testAccuracy).toBe(full.testAccuracy);
    // It can be learned: chance is one half.
    expect(full.validationAccuracy).toBeGreaterThan(0.7);
    expect(models.map(({ method }) => method)).toEqual(rows.map(({ method }) => method));

    const kinds = new Set(events.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      ['before-retraining', 'epoch', 'finished', 'progress', 'result', 'spectrum', 'started', 'steps', 'trial-started'].sort(),
    );
    const last = events[events.length - 1];
    expect(last).toMatchObject({ kind: 'finished', outcome: 'complete' });
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.done] : []));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress[progress.length - 1]).toBeCloseTo(1, 6);
  });

  it('says of each test sentence, batch after batch, what its accuracy counts', async () => {
    const { models, results } = await run(device);
    const data = madeUpData(1);
    const { liveBuffers } = device.counters;
    for (const row of results.results) {
      const last: LastRun = {
        ...{ specification: results.specification, data: runData(data), prepared: data, vectors: null, models, results },
        ...{ outcome: 'complete', events: [], stepsLeftOut: 0, licences: [] },
      };
      const predictions = await testPredictions(last, modelId(row), device);
      const right = predictions.filter(({ probabilities: [even, odd] }, s) => (odd > even ? 1 : 0) === data.test.labels[s]).length;
      expect(right, row.method).toBe(Math.round(row.testAccuracy * data.test.labels.length));
      expect(predictions.map(({ text }) => text)).toEqual(data.testTexts);
    }
    expect(device.counters.liveBuffers).toBe(liveBuffers);
  });

  it('gives the same numbers twice, bit for bit', async () => {
    const first = await run(device);
    const second = await run(device);
    expect(numbers(second.rows)).toEqual(numbers(first.rows));
    expect(steps(second.events)).toEqual(steps(first.events));
  });

  it.each([true, false])('says where its time went, with steps split by the GPU: %s, and gives the same numbers', async (splitSteps) => {
    // A page's clock is coarse; this one never stands still.
    let last = 0;
    const now = () => {
      last = Math.max(performance.now(), last + 1e-3);
      return last;
    };
    const recorder = new Recorder(now, 25);
    const { rows, profile, events } = await run(device, {}, undefined, { recorder, splitSteps });
    const plain = await run(device);
    expect(plain.profile).toBeNull();
    expect(numbers(rows)).toEqual(numbers(plain.rows));
    expect(steps(events)).toEqual(steps(plain.events));
    expect(device.recorder).toBeNull();

    if (!profile) throw new Error('no profile');
    const timing = device.report.backend === 'cpu' ? 'kernels' : splitSteps ? 'timestamps' : 'waiting';
    expect(profile.stepTiming).toBe(timing);
    const { phases, wallMs } = profile;
    const sum = Object.values(phases).reduce((total, ms) => total + ms, 0);
    expect(sum).toBeCloseTo(wallMs, 6);
    expect(Math.min(...Object.values(phases))).toBeGreaterThanOrEqual(0);
    expect(phases.load).toBeGreaterThanOrEqual(25);
    const seen = timing === 'waiting' ? (['step'] as const) : (['forward', 'backward', 'update'] as const);
    for (const phase of [...seen, 'compile', 'upload', 'factorize', 'quantize', 'evaluate'] as const) {
      expect(phases[phase], phase).toBeGreaterThan(0);
    }
    for (const phase of timing === 'waiting' ? (['forward', 'backward', 'update'] as const) : (['step'] as const)) {
      expect(phases[phase], phase).toBe(0);
    }
    expect(profile.steps.count).toBe(events.reduce((count, event) => count + (event.kind === 'steps' ? event.losses.length : 0), 0));
    expect(profile.steps.firstMs).toBeGreaterThan(0);
  });

  it('ends bit for bit the same when it was paused', async () => {
    const straight = await run(device);
    let pauses = 0;
    const paused = await run(device, {}, (event, control) => {
      if (event.kind === 'epoch' && event.epoch % 2 === 1) {
        pauses++;
        control.pause();
        setTimeout(() => control.resume(), 5);
      }
    });
    expect(pauses).toBeGreaterThan(5);
    expect(numbers(paused.rows)).toEqual(numbers(straight.rows));
    expect(steps(paused.events)).toEqual(steps(straight.events));
  });

  it('keeps what was done when it is stopped, and leaves no buffer', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const { rows, events } = await run(device, {}, (event, control) => {
      if (event.kind === 'epoch' && event.trial.method === 'pre-compressed') control.stop();
    });
    expect(rows.map(({ method }) => method)).toEqual(['full', 'low-rank']);
    expect(events[events.length - 1]).toMatchObject({ kind: 'finished', outcome: 'stopped', results: { results: rows } });
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });

  it('leaves no buffer after a run, nor after an error in the middle of one', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    await run(device);
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
    const broken = run(device, {}, (event) => {
      if (event.kind === 'epoch' && event.trial.method === 'low-rank') throw new Error('the receiver broke');
    });
    await expect(broken).rejects.toThrow('the receiver broke');
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });

  it('runs each seed on its own data, and the reference once a seed', async () => {
    const { rows } = await run(device, { seeds: [1, 2], methods: ['low-rank'], rates: [0.3, 0.5] });
    expect(rows.map(({ method, requestedRate, seed }) => `${method} ${requestedRate} ${seed}`)).toEqual([
      'full null 1',
      'low-rank 0.3 1',
      'low-rank 0.5 1',
      'full null 2',
      'low-rank 0.3 2',
      'low-rank 0.5 2',
    ]);
  });

  it('leaves out what cannot reach the rate, and phases of no epochs', async () => {
    const { rows, events } = await run(device, { rates: [0.975], epochs: 1, methods: ['low-rank', 'quantized-min-max'] });
    expect(rows.map(({ method }) => method)).toEqual(['full']);
    const started = events.find((event) => event.kind === 'started');
    expect(started?.plan.methods.map(({ unreachable }) => typeof unreachable)).toEqual(['object', 'string', 'string']);
    expect(events.at(-1)).toMatchObject({ conclusion: { claim: expect.stringContaining('no low-rank factors reach the wanted rate') } });
    const once = await run(device, { epochs: 1, methods: ['low-rank'] });
    expect(once.rows.map(({ method, steps }) => [method, steps])).toEqual([
      ['full', 7],
      ['low-rank', 7],
    ]);
  });

  it('gives a method whose every learning rate breaks no row, says why, and goes on with the others', async () => {
    const { rows, events } = await run(device, {
      methods: ['low-rank', 'low-rank-direct'],
      optimizer: 'momentum',
      schedule: { id: 'fixed', parameters: {} },
      learningRates: { full: [10], 'low-rank': [0.1], 'low-rank-direct': [0.01] },
      epochs: 6,
      hidden: 64,
    });
    const failed = events.flatMap((event) => (event.kind === 'method-failed' ? [[event.method, event.message]] : []));
    expect(rows.map(({ method }) => method)).toContain('low-rank-direct');
    // Where the full table broke, what builds on it has nothing to build on.
    if (failed.length > 0) {
      expect(failed.map(([method]) => method)).toEqual(['full', 'low-rank']);
      expect(failed[0][1]).toMatch(/broke at every learning rate/);
      expect(failed[1][1]).toMatch(/builds on the full table/);
    } else {
      expect(rows.every(({ testAccuracy }) => Number.isFinite(testAccuracy))).toBe(true);
    }
    expect(events[events.length - 1]).toMatchObject({ kind: 'finished', outcome: 'complete' });
  });

  it('hands over what was finished before it says why it broke off', async () => {
    const seen: LabEvent[] = [];
    const broken = run(device, {}, (event) => {
      seen.push(event);
      if (event.kind === 'epoch' && event.trial.method === 'low-rank') throw new Error('the receiver broke');
    });
    await expect(broken).rejects.toThrow('the receiver broke');
    expect(seen[seen.length - 1]).toMatchObject({ kind: 'finished', outcome: 'failed', results: { results: [{ method: 'full' }] } });
  });

  it('lets the test split choose nothing', async () => {
    const control = new RunControl(() => performance.now());
    const flipped = (seed: number) => {
      const data = madeUpData(seed);
      return { ...data, test: { ...data.test, labels: data.test.labels.map((label) => 1 - label) } };
    };
    const specification = validateSpecification(smallSpecification);
    const options = { specification, device, control, emit: () => {}, versions: {} };
    const ours = (await runExperiment({ ...options, prepare: madeUpData })).results.results;
    const theirs = (await runExperiment({ ...options, prepare: flipped })).results.results;
    const chosen = (rows: readonly ResultRow[]) =>
      rows.map(({ method, validationAccuracy, learningRate, steps }) => [method, validationAccuracy, learningRate, steps]);
    expect(chosen(theirs)).toEqual(chosen(ours));
    // Two classes: what was right is wrong now.
    theirs.forEach((row, i) => {
      expect(row.testAccuracy).toBeCloseTo(1 - ours[i].testAccuracy, 12);
    });
  });

  it('goes on after a learning rate at which training breaks', async () => {
    const { rows } = await run(device, {
      methods: [],
      optimizer: 'sgd',
      learningRates: { full: [1e-2, 10] },
      schedule: { id: 'fixed', parameters: {} },
      epochs: 6,
    });
    expect(Number.isFinite(rows[0].testAccuracy)).toBe(true);
  });

  it('agrees with the CPU backend within one test sentence after an epoch', async () => {
    const ours = await run(device, { epochs: 1 });
    const oracle = await run(devices[0], { epochs: 1 });
    ours.rows.forEach((row, i) => {
      expect(Math.abs(row.testAccuracy - oracle.rows[i].testAccuracy) * row.testCount, row.method).toBeLessThan(1.5);
    });
  });
});
