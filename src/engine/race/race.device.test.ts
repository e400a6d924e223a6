import { describe, expect, it } from 'vitest';
import type { LaneRate, RaceEvent, RaceResults, RaceSpecification } from '../../protocol/race';
import type { Device } from '../device/device';
import { openTestDevices } from '../device/testing';
import { madeUpData } from '../experiment/testing';
import { RunControl } from '../training/control';
import { Race } from './race';
import { validateRace } from './specification';
import { lane, smallRace } from './testing';

const devices = await openTestDevices();

const fixed = (peak: number): LaneRate => ({ schedule: { id: 'fixed', parameters: {} }, peak });

type Hook = (event: RaceEvent, going: { race: Race; control: RunControl; errands: Promise<unknown>[] }) => void;

/** Runs a race; `onEvent` may meddle with it, and what it asks for is waited for. */
async function run(
  device: Device,
  changes: Partial<RaceSpecification> = {},
  onEvent: Hook = () => {},
): Promise<{ results: RaceResults; events: RaceEvent[] }> {
  const control = new RunControl(
    () => performance.now(),
    () => tell({ kind: 'paused' }),
  );
  const events: RaceEvent[] = [];
  const errands: Promise<unknown>[] = [];
  const tell = (event: RaceEvent) => {
    events.push(event);
    onEvent(event, { race, control, errands });
  };
  const specification = validateRace({ ...smallRace, ...changes });
  const race = new Race({ specification, device, prepare: madeUpData, control, emit: tell, versions: { test: '1' } });
  try {
    return { results: await race.run(), events };
  } finally {
    control.end();
    await Promise.all(errands);
  }
}

/** Losses and learning rates of a lane by step, in one seed. */
function curve(events: readonly RaceEvent[], id: string, seed = 1): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (const event of events) {
    if (event.kind === 'steps' && event.lane === id && event.seed === seed) {
      event.losses.forEach((loss, i) => {
        found[event.firstStep + i] = [event.learningRates[i], loss];
      });
    }
  }
  return found;
}

const evaluations = (events: readonly RaceEvent[]) =>
  events.flatMap((event) => (event.kind === 'evaluated' ? [[event.lane, event.step, event.validationLoss, event.validationAccuracy]] : []));

type Going = Parameters<Hook>[1];

/** Does something once, at the first events of a lane that reach a step. */
function once(step: number, work: (going: Going) => void): Hook {
  let done = false;
  return (event, going) => {
    if (!done && event.kind === 'steps' && event.firstStep + event.losses.length >= step) {
      done = true;
      work(going);
    }
  };
}

/** Pauses once a step is reached, and does something when the race rests; that has to resume it. */
function inPause(step: number, work: (going: Going) => void): Hook {
  const pause = once(step, ({ control }) => control.pause());
  return (event, going) => {
    pause(event, going);
    if (event.kind === 'paused') work(going);
  };
}

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('a race on $backend', ({ device }) => {
  it('runs its lanes in lockstep, each by its own schedule, and reads test once', async () => {
    const { results, events } = await run(device);
    // The largest r with 120 r + 12 r <= 0.5 * 1440; 7 batches an epoch.
    expect(events[0]).toEqual({ kind: 'started', totalSteps: 28, stepsPerEpoch: 7, rank: 5, rate: 1 - (5 * 132) / 1440 });
    expect(events[1]).toEqual({ kind: 'seed-started', seed: 1 });
    for (const { id } of smallRace.lanes) {
      expect(curve(events, id).filter(Boolean)).toHaveLength(28);
      expect(
        evaluations(events)
          .filter(([of]) => of === id)
          .map(([, step]) => step),
      ).toEqual([7, 14, 21, 28]);
    }
    // The same weights and the same batch, before anything was learned.
    const [a, b, c] = smallRace.lanes.map(({ id }) => curve(events, id));
    expect(b[0][1]).toBe(a[0][1]);
    expect(c[0][1]).toBe(a[0][1]);
    expect(b.map(([rate]) => rate)).toEqual(Array.from({ length: 28 }, () => 1e-2));
    // Half-way between its peak and a floor of a tenth.
    expect(c[14][0]).toBeCloseTo(5.5e-3, 12);
    // In lockstep: of one stretch of steps every lane tells before any tells of the next.
    const told = events.flatMap((event) => (event.kind === 'steps' ? [event] : []));
    told.forEach((event, i) => {
      expect([event.lane, event.firstStep]).toEqual(['abc'[i % 3], told[i - (i % 3)].firstStep]);
      expect(event.seconds).toHaveLength(event.losses.length);
      expect([...event.seconds].sort((x, y) => x - y)).toEqual(event.seconds);
    });
    expect(results.rows.map((row) => row.lane)).toEqual(['a', 'b', 'c']);
    for (const row of results.rows) {
      const own = evaluations(events).filter(([of]) => of === row.lane);
      expect(row).toMatchObject({
        seed: 1,
        finished: true,
        testCount: 60,
        validationAccuracy: Math.max(...own.map(([, , , x]) => Number(x))),
      });
      expect(own.map(([, step]) => step)).toContain(row.bestStep);
    }
    // It can be learned: chance is one half.
    expect(results.rows[0].testAccuracy).toBeGreaterThan(0.6);
    expect(results.comparisons.map(({ first, second, seeds, interval }) => [first, second, seeds, interval])).toEqual([
      ['a', 'b', 1, null],
      ['a', 'c', 1, null],
      ['b', 'c', 1, null],
    ]);
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.done] : []));
    expect(progress.at(-1)).toBeCloseTo(1, 9);
    expect(events.at(-1)).toMatchObject({ kind: 'finished', outcome: 'complete', results });
  });

  it('trains each lane as it would alone', async () => {
    const together = await run(device);
    const alone = await run(device, { lanes: [smallRace.lanes[2]] });
    expect(curve(alone.events, 'c')).toEqual(curve(together.events, 'c'));
    expect(alone.results.rows[0]).toEqual(together.results.rows[2]);
  });

  it('gives the same bits again from what its results say, after changes and forks', async () => {
    const hooks = [
      once(3, ({ race, errands }) => errands.push(race.changeLane('b', fixed(3e-2)))),
      once(9, ({ race, errands }) => errands.push(race.forkLane('a', 'd', fixed(5e-3)))),
      once(16, ({ race, errands }) => errands.push(race.changeLane('d', fixed(1e-3)))),
    ];
    const meddled = await run(device, {}, (event, going) => {
      for (const hook of hooks) hook(event, going);
    });
    const { specification } = meddled.results;
    expect(specification.lanes.map(({ id, segments }) => [id, segments.length])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 1],
      ['d', 3],
    ]);
    const forked = meddled.events.find((event) => event.kind === 'lane' && event.forkedFrom === 'a');
    if (forked?.kind !== 'lane') throw new Error('nothing was forked');
    expect(forked.lane.segments[0]).toEqual(smallRace.lanes[0].segments[0]);
    expect(forked.fromStep).toBeGreaterThan(8);
    const again = await run(device, specification);
    expect(again.results.specification).toEqual(specification);
    expect(again.results.rows).toEqual(meddled.results.rows);
    for (const id of ['a', 'b', 'c']) {
      expect(curve(again.events, id)).toEqual(curve(meddled.events, id));
    }
    // As if it had always been there: its parent's steps until the fork, its own from then on.
    const own = curve(again.events, 'd');
    expect(own.slice(0, forked.fromStep)).toEqual(curve(meddled.events, 'a').slice(0, forked.fromStep));
    expect(own.slice(forked.fromStep)).toEqual(curve(meddled.events, 'd').slice(forked.fromStep));
    // Lanes that nobody touched have the bits of a race in which nothing was.
    const untouched = await run(device);
    expect(curve(meddled.events, 'a')).toEqual(curve(untouched.events, 'a'));
    expect(curve(meddled.events, 'c')).toEqual(curve(untouched.events, 'c'));
  });

  it('takes its time where it is watched, step by step, with the same bits', async () => {
    const straight = await run(device);
    const from = performance.now();
    const watched = await run(device, {}, (event, { race }) => {
      if (event.kind === 'seed-started') race.watch(1.4);
    });
    expect(performance.now() - from).toBeGreaterThan(1300);
    expect(watched.events.filter((event) => event.kind === 'steps' && event.lane === 'a')).toHaveLength(28);
    expect(watched.results.rows).toEqual(straight.results.rows);
    for (const { id } of smallRace.lanes) expect(curve(watched.events, id)).toEqual(curve(straight.events, id));
  });

  it('hears at once, however long a step is made, that a lane changes, that the pace does, and that it is to rest or stop', async () => {
    const from = performance.now();
    const late = (work: () => void) => setTimeout(work, 50);
    const { results } = await run(device, {}, (event, { race, control, errands }) => {
      // A step takes 20 seconds.
      if (event.kind === 'seed-started') race.watch(560);
      if (event.kind === 'paused') control.resume();
      if (event.kind !== 'steps' || event.lane !== 'a') return;
      if (event.firstStep === 0) late(() => errands.push(race.changeLane('b', fixed(3e-2))));
      if (event.firstStep === 1) late(() => race.watch(500));
      if (event.firstStep === 2) late(() => control.pause());
      if (event.firstStep === 3) late(() => control.stop());
    });
    expect(results.rows).toEqual([]);
    expect(results.specification.lanes[1].segments).toHaveLength(2);
    expect(performance.now() - from).toBeLessThan(15_000);
  });

  it('changes no bit by a change to what a lane was, by a pause, or by a range test in its middle', async () => {
    const straight = await run(device);
    const paused = await run(
      device,
      {},
      inPause(10, ({ race, control, errands }) => {
        const work = async () => {
          const test = { race: smallRace, from: 1e-4, to: 10, steps: 30 };
          const onLane = await race.rangeTest({ ...test, lane: 'a' });
          const onStart = await race.rangeTest({ ...test, lane: null });
          expect(onLane.learningRates.length + onLane.dropped).toBeGreaterThan(10);
          expect(onLane.losses[0]).not.toBe(onStart.losses[0]);
          await race.changeLane('a', smallRace.lanes[0].segments[0]);
          await race.changeLane('b', fixed(0.5));
          await race.changeLane('b', fixed(1e-2));
          control.resume();
        };
        errands.push(work());
      }),
    );
    expect(paused.events.map(({ kind }) => kind)).toContain('paused');
    expect(paused.results.specification).toEqual(straight.results.specification);
    expect(paused.results.rows).toEqual(straight.results.rows);
    for (const { id } of smallRace.lanes) {
      expect(curve(paused.events, id)).toEqual(curve(straight.events, id));
    }
    expect(evaluations(paused.events)).toEqual(evaluations(straight.events));
  });

  it('stops a lane that breaks, goes on with the others, and keeps what was best before', async () => {
    const broken = lane('a', 'fixed', 1e-2);
    broken.segments.push({ fromStep: 10, ...fixed(10) });
    const { results, events } = await run(device, {
      optimizer: 'momentum',
      hidden: 64,
      epochs: 6,
      dropout: 0,
      wordDropout: 0,
      lanes: [broken, lane('b', 'fixed', 1e-2), lane('c', 'fixed', 10)],
    });
    const ends = events.flatMap((event) => (event.kind === 'broken' ? [[event.lane, event.step]] : []));
    expect(ends.map(([id]) => id).sort()).toEqual(['a', 'c']);
    for (const [id, step] of ends) {
      const own = curve(events, String(id));
      expect(own).toHaveLength(Number(step));
      expect(own.every(([, loss]) => Number.isFinite(loss))).toBe(true);
    }
    expect(curve(events, 'b')).toHaveLength(42);
    expect(results.rows[0]).toMatchObject({ lane: 'a', finished: true, bestStep: 7 });
    expect(results.rows[1]).toMatchObject({ lane: 'b', finished: true });
    expect(results.rows[2]).toMatchObject({ lane: 'c', finished: false, bestStep: null, testAccuracy: null, validationAccuracy: null });
    expect(results.comparisons.map(({ first, second }) => first + second)).toEqual(['ab']);
  });

  it('ends where every lane is broken', async () => {
    const { results, events } = await run(device, {
      optimizer: 'momentum',
      hidden: 64,
      dropout: 0,
      wordDropout: 0,
      epochs: 6,
      lanes: [lane('a', 'fixed', 10)],
    });
    expect(results.rows).toMatchObject([{ finished: false }]);
    expect(events.at(-1)).toMatchObject({ kind: 'finished', outcome: 'complete', conclusion: { claim: expect.stringMatching(/No lane/) } });
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.done] : []));
    expect(progress.at(-1)).toBeCloseTo(1, 9);
  });

  it('races each seed by the lanes of the first, and refuses changes there', async () => {
    const refusals: unknown[] = [];
    const forkEarly = once(5, ({ race, errands }) => errands.push(race.forkLane('b', 'd', fixed(2e-2))));
    const { results, events } = await run(device, { seeds: [1, 2] }, (event, going) => {
      forkEarly(event, going);
      if (event.kind === 'evaluated' && event.seed === 2 && refusals.length === 0) {
        refusals.push(null);
        going.errands.push(going.race.changeLane('a', fixed(1)).catch((error) => refusals.push(error)));
      }
    });
    expect(results.rows.map(({ lane: id, seed }) => `${id}${seed}`)).toEqual(['a1', 'b1', 'c1', 'd1', 'a2', 'b2', 'c2', 'd2']);
    expect(curve(events, 'd', 2)[0][1]).toBe(curve(events, 'a', 2)[0][1]);
    expect(results.comparisons).toHaveLength(6);
    expect(results.comparisons[0]).toMatchObject({ seeds: 2, interval: [expect.any(Number), expect.any(Number)] });
    expect(refusals[1]).toMatchObject({ code: 'busy', message: expect.stringContaining('Seed 2') });
  });

  it('refuses what cannot be done in one sentence, and goes on', async () => {
    const refused: string[] = [];
    const { results } = await run(
      device,
      {},
      once(4, ({ race, errands }) => {
        for (const call of [
          race.changeLane('f', fixed(1)),
          race.forkLane('a', 'b', fixed(1)),
          race.forkLane('a', 'z', fixed(1)),
          race.forkLane('e', 'd', fixed(1)),
          race.rangeTest({ race: smallRace, lane: 'e', from: 1e-4, to: 1, steps: 20 }),
        ]) {
          errands.push(call.catch(({ message }) => refused.push(message)));
        }
      }),
    );
    expect(refused).toEqual([
      'The race has no lane “f”.',
      'There is a lane b already.',
      expect.stringContaining('a lane is named by a letter from a to f'),
      'The race has no lane “e”.',
      'The race has no lane “e”.',
    ]);
    expect(results.rows).toHaveLength(3);
  });

  it('keeps the rows of finished seeds when it is stopped, and leaves no buffer', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const { results, events } = await run(device, { seeds: [1, 2] }, (event, { control }) => {
      if (event.kind === 'evaluated' && event.seed === 2) control.stop();
    });
    expect(results.rows.map(({ seed }) => seed)).toEqual([1, 1, 1]);
    expect(events.at(-1)).toMatchObject({ kind: 'finished', outcome: 'stopped' });
    expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
  });

  it('leaves no buffer after a race with forks and range tests, nor after an error anywhere in one', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const there = { liveBuffers, liveBytes };
    const forkOnce = once(5, ({ race, errands }) => errands.push(race.forkLane('b', 'd', fixed(2e-2))));
    await run(device, {}, forkOnce);
    expect(device.counters).toMatchObject(there);
    for (const kind of ['started', 'seed-started', 'steps', 'evaluated', 'row'] as const) {
      const events: RaceEvent[] = [];
      const broken = run(device, {}, (event) => {
        events.push(event);
        if (event.kind === kind) throw new Error('the receiver broke');
      });
      await expect(broken, kind).rejects.toThrow('the receiver broke');
      expect(events.at(-1)).toMatchObject({ kind: 'finished', outcome: 'failed' });
      expect(device.counters, kind).toMatchObject(there);
    }
  });

  it('leaves no buffer, and goes on, where a fork or a range test finds no memory', async () => {
    const { liveBuffers, liveBytes } = device.counters;
    const straight = await run(device);
    for (let failing = 1; failing < 40; failing += 6) {
      let countdown = Number.POSITIVE_INFINITY;
      const short: Device = Object.create(device, {
        createBuffer: {
          value: (...args: Parameters<Device['createBuffer']>) => {
            if (--countdown === 0) throw new Error('no memory');
            return device.createBuffer(...args);
          },
        },
      });
      const failures: string[] = [];
      const { results, events } = await run(
        short,
        {},
        inPause(5, ({ race, control, errands }) => {
          const work = async () => {
            countdown = failing;
            await race.forkLane('b', 'd', fixed(1)).catch(({ message }) => failures.push(message));
            countdown = 1 + (failing % 6);
            await race
              .rangeTest({ race: smallRace, lane: 'b', from: 1e-4, to: 1, steps: 20 })
              .catch(({ message }) => failures.push(message));
            countdown = Number.POSITIVE_INFINITY;
            control.resume();
          };
          errands.push(work());
        }),
      );
      expect(failures).toContain('no memory');
      expect(results.rows.slice(0, 3)).toEqual(straight.results.rows);
      expect(curve(events, 'b')).toEqual(curve(straight.events, 'b'));
      expect(device.counters).toMatchObject({ liveBuffers, liveBytes });
    }
  });
});
