import { describe, expect, it } from 'vitest';
import { openTestDevices } from '../device/testing';
import { madeUpData } from '../experiment/testing';
import { RunControl } from '../training/control';
import { Race, testStart } from './race';
import { testRange } from './range-test';
import { compileRaced, setUpRace } from './setup';
import { lane, smallRace } from './testing';

const devices = await openTestDevices();
const newControl = () => new RunControl(() => performance.now());
const wide = { from: 1e-4, to: 10, steps: 100 };

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('a range test on $backend', ({ device }) => {
  it('proposes an upper bound that trains better than ten times more or ten times less', async () => {
    const test = { race: smallRace, lane: null, ...wide };
    const { proposal, reason } = await testStart(device, test, madeUpData, newControl());
    if (!proposal) throw new Error(reason);
    const { upper, lower } = proposal;
    expect(lower).toBeLessThan(upper);
    const race = new Race({
      specification: {
        ...smallRace,
        seeds: [1, 2, 3],
        lanes: [lane('a', 'clr', upper / 10), lane('b', 'clr', upper), lane('c', 'clr', Math.min(10, 10 * upper))],
      },
      device,
      prepare: madeUpData,
      control: newControl(),
      emit: () => {},
      versions: {},
    });
    const { rows } = await race.run();
    // Where a lane broke it is right as often as chance is.
    const mean = (id: string) =>
      rows.filter((row) => row.lane === id).reduce((sum, { validationAccuracy }) => sum + (validationAccuracy ?? 0.5), 0) / 3;
    expect(mean('b')).toBeGreaterThan(mean('a'));
    expect(mean('b')).toBeGreaterThan(mean('c'));
  });

  it('gives the same curve twice, and leaves no buffer', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const test = { race: smallRace, lane: null, ...wide };
    const first = await testStart(device, test, madeUpData, newControl());
    expect(await testStart(device, test, madeUpData, newControl())).toEqual(first);
    expect(first.losses.length + first.dropped).toBeLessThanOrEqual(100);
    expect(first.losses.length).toBeGreaterThan(50);
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });

  it.each(['adam', 'momentum', 'sgd'])('restores weights, state and step counter of %s bit for bit', async (optimizer) => {
    const setup = await setUpRace(device, { ...smallRace, optimizer }, 1, madeUpData(1));
    const order = Uint32Array.from({ length: 200 }, (_, i) => i);
    const batches = [0, 1, 2, 3].map((i) => ({ from: 32 * i, to: 32 * (i + 1) }));
    const train = async (tested: boolean) => {
      const network = await compileRaced(setup);
      try {
        network.train(order, batches, [1e-2, 1e-2, 1e-2, 1e-2], 0, null);
        const before = [...(await network.readLosses())];
        if (tested) await testRange(network, setup, wide, 4, newControl());
        network.train(order, batches, [1e-2, 1e-2, 1e-2, 1e-2], 4, null);
        return { losses: [...before, ...(await network.readLosses())], weights: await network.read() };
      } finally {
        network.free();
      }
    };
    expect(await train(true)).toEqual(await train(false));
  });

  it('restores them when it is stopped, or fails in its middle, and leaves no buffer', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const setup = await setUpRace(device, smallRace, 1, madeUpData(1));
    const network = await compileRaced(setup);
    const weights = await network.read();
    const stopped = newControl();
    stopped.stop();
    await expect(testRange(network, setup, wide, 0, stopped)).rejects.toMatchObject({ code: 'cancelled' });
    let turns = 0;
    const failing = new RunControl(() => {
      if (++turns === 12) throw new Error('the clock broke');
      return performance.now();
    });
    await expect(testRange(network, setup, wide, 0, failing)).rejects.toThrow('the clock broke');
    expect(await network.read()).toEqual(weights);
    network.free();
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });
});
