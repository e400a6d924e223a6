import { beforeAll, describe, expect, it } from 'vitest';
import type { SweepResults } from '../../protocol/sweep';
import type { Device } from '../device/device';
import { openTestDevices } from '../device/testing';
import { LabError } from '../errors';
import { runExperiment } from '../experiment/run';
import { madeUpData } from '../experiment/testing';
import { RunControl } from '../training/control';
import { countBits, decodeBits } from './correct-bits';
import { groupKey } from './keys';
import { mergeSweeps } from './merge';
import { readSweepResults } from './results';
import { smallSweep, trySweep, withoutSeconds } from './testing';
import { groupExperiment, unrollSweep } from './unroll';

const devices = await openTestDevices();

const lost = () => new LabError('device-lost', 'The GPU device was lost (a test did it).', 'Run again.');

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('a sweep on $backend', ({ device }) => {
  let straight: SweepResults;

  beforeAll(async () => {
    straight = await (await trySweep(device)).results;
  });

  it('runs every cell of every group, with the numbers of the experiments that its groups are', async () => {
    const expected = [];
    for (const group of unrollSweep(smallSweep)) {
      const { results } = await runExperiment({
        specification: groupExperiment(smallSweep, group),
        device,
        prepare: madeUpData,
        control: new RunControl(() => performance.now()),
        emit: () => {},
        versions: {},
      });
      expected.push(...results.results.map(({ seconds: _, ...row }) => ({ group: groupKey(group), row })));
    }
    expect(withoutSeconds(straight).cells.map(({ group, row }) => ({ group, row }))).toEqual(expected);
    expect(straight.cells).toHaveLength(6);
    expect(straight.adapters).toEqual([device.report]);
    for (const { row, correct } of straight.cells) {
      expect(countBits(decodeBits(correct, row.testCount) as Uint8Array) / row.testCount).toBe(row.testAccuracy);
    }
    // A file of it is read back as it is.
    expect(readSweepResults(JSON.parse(JSON.stringify(straight)))).toEqual(straight);
  });

  it.each([0, 1, 2, 3, 4, 5])('gives the same results when it is stopped after cell %i, and gone on with', async (after) => {
    const { liveBuffers, liveBytes } = device.counters;
    let seen = 0;
    const first = await trySweep(device, {
      onEvent: (event, control) => {
        if (event.kind === 'sweep-cell' && seen++ === after) control.stop();
      },
    });
    const part = await first.results;
    expect(part.cells).toHaveLength(after + 1);
    expect(first.events.at(-1)).toEqual({ kind: 'sweep-finished', outcome: after === 5 ? 'complete' : 'stopped' });
    const file = JSON.parse(JSON.stringify(part));
    const second = await trySweep(device, { known: readSweepResults(file) });
    expect(withoutSeconds(await second.results)).toEqual(withoutSeconds(straight));
    // What was kept before comes first, and is not run again.
    const cells = second.events.flatMap((event) => (event.kind === 'sweep-cell' ? [event.cell] : []));
    expect(cells).toHaveLength(6);
    expect(cells.slice(0, after + 1)).toEqual(part.cells);
    expect(second.kept).toHaveLength(5 - after);
    expect(second.plan).toMatchObject({ groups: 2, cells: 6, finishedCells: after + 1 });
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });

  it('stops in the middle of a training, rests while it is paused, and ends with the same numbers', async () => {
    let pauses = 0;
    const paused = await trySweep(device, {
      onEvent: (event, control) => {
        if (event.kind !== 'sweep-progress' || pauses > 0) return;
        pauses++;
        control.pause();
        setTimeout(() => control.resume(), 5);
      },
    });
    expect(withoutSeconds(await paused.results)).toEqual(withoutSeconds(straight));
    expect(pauses).toBe(1);
    const stopped = await trySweep(device, { onEvent: (event, control) => event.kind === 'sweep-progress' && control.stop() });
    expect((await stopped.results).cells).toEqual([]);
    expect(stopped.events.at(-1)).toEqual({ kind: 'sweep-finished', outcome: 'stopped' });
  });

  it('says how far it is, never going back, and what it does', async () => {
    const { results, events } = await trySweep(device);
    await results;
    const fractions = events.flatMap((event) => (event.kind === 'sweep-progress' ? [event.fraction] : []));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBeGreaterThan(0.5);
    expect(fractions.at(-1)).toBeLessThanOrEqual(1);
    expect(events[0]).toMatchObject({ kind: 'sweep-started' });
    const labels = events.flatMap((event) => (event.kind === 'sweep-progress' ? [event.label] : []));
    expect(labels[0]).toBe('Group 1 of 2 (first, dan, calr, seed 1): Full table');
    expect(labels[1]).toMatch(/seed 1\): Training Full table, learning rate 0\.03$/);
    expect(labels.at(-1)).toBe('Group 2 of 2 (first, dan, calr, seed 2): Quantized, min-max');
    const adapter = events.findIndex(({ kind }) => kind === 'sweep-adapter');
    expect(adapter).toBeLessThan(events.findIndex(({ kind }) => kind === 'sweep-cell'));
  });

  it('goes on by itself after the device is lost, with the same numbers', async () => {
    let opened = 0;
    const breaking = (): Device => {
      const broken = Object.create(device) as Device & { failure: LabError | null };
      Object.defineProperty(broken, 'failure', { value: null, writable: true });
      return broken;
    };
    const current = { device: breaking() };
    const run = await trySweep(device, {
      onEvent: (event) => {
        // In the midst of the training of a factorization of the first group, and once more in the second.
        if (
          event.kind === 'sweep-progress' &&
          opened < 3 &&
          event.label.includes(opened < 2 ? 'seed 1): Training Low' : 'seed 2): Training Low')
        ) {
          (current.device as { failure: LabError | null }).failure = lost();
          throw new Error('the queue is gone');
        }
      },
      options: {
        onDevice: (work) => {
          opened++;
          current.device = breaking();
          return work(current.device);
        },
      },
    });
    expect(withoutSeconds(await run.results)).toEqual(withoutSeconds(straight));
    expect(opened).toBe(3);
    expect(run.events.filter(({ kind }) => kind === 'sweep-device-lost')).toHaveLength(2);
    expect(run.events.filter(({ kind }) => kind === 'sweep-started')).toHaveLength(1);
    expect(run.events.filter(({ kind }) => kind === 'sweep-cell')).toHaveLength(6);
  });

  it('gives up when the device is lost again and again, and keeps what was finished', async () => {
    const waits: number[] = [];
    const run = await trySweep(device, {
      onEvent: (event) => {
        if (event.kind === 'sweep-progress' && event.label.includes('Training Low')) throw lost();
      },
      options: {
        wait: async (milliseconds) => {
          waits.push(milliseconds);
        },
      },
    });
    await expect(run.results).rejects.toMatchObject({ code: 'device-lost' });
    // `full` was finished before the first loss: three more in a row are borne.
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(run.ledger.results().cells.map(({ row }) => row.method)).toEqual(['full']);
    expect(run.events.at(-1)).toEqual({ kind: 'sweep-finished', outcome: 'failed' });
  });

  it('fails at once where a cell can not be kept', async () => {
    const full = new LabError('out-of-memory', 'There is no room.', 'Make some.');
    const run = await trySweep(device, { options: { keep: () => Promise.reject(full) } });
    await expect(run.results).rejects.toBe(full);
    expect(run.events.filter(({ kind }) => kind === 'sweep-cell')).toEqual([]);
  });

  it('leaves gaps with their reasons where a rate is out of reach or a training breaks, and does not try them again', async () => {
    const changes = { rates: [0.5, 0.99], seeds: [1], methods: ['low-rank'], optimizer: 'sgd', epochs: 3 };
    const learningRates = { full: [3e-1], 'low-rank': [10] };
    const schedules = [{ id: 'fixed', parameters: {} }];
    const run = await trySweep(device, { changes: { ...changes, learningRates, schedules } });
    const results = await run.results;
    expect(run.plan).toMatchObject({ cells: 2, gaps: [{ method: 'low-rank', requestedRate: 0.99 }] });
    const [unreachable] = results.gaps.filter(({ requestedRate }) => requestedRate === 0.99);
    expect(unreachable.reason).toMatch(/\w/);
    expect(results.cells.length + results.gaps.length).toBe(3);
    const again = await trySweep(device, { changes: { ...changes, learningRates, schedules }, known: results });
    expect(await again.results).toEqual(results);
    expect(again.events.filter(({ kind }) => kind === 'sweep-progress')).toEqual([]);
    expect(again.kept).toEqual([]);
  });

  it.each([2, 3])('comes to the same in %i shares', async (count) => {
    const changes = {
      seeds: [1, 2, 3],
      models: ['dan'],
      schedules: [
        { id: 'calr', parameters: {} },
        { id: 'linear', parameters: {} },
      ],
    };
    const small = { ...changes, methods: [], epochs: 1 };
    const whole = await (await trySweep(device, { changes: small })).results;
    const parts = [];
    for (let index = 0; index < count; index++) {
      const results = await (await trySweep(device, { changes: small, share: { index, count } })).results;
      parts.push({ name: `${index}.json`, results });
    }
    const merged = mergeSweeps(parts.reverse());
    expect(merged).toMatchObject({ duplicates: 0, otherAdapters: 0, missing: [] });
    expect(withoutSeconds(merged.results)).toEqual(withoutSeconds(whole));
  });
});
