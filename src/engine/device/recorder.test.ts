import { describe, expect, it } from 'vitest';
import { type Profile, profilePhases } from '../../protocol/profile';
import { during, Recorder, spent } from './recorder';

/** A clock that is told how late it is. */
function clock() {
  const time = { ms: 1000 };
  return { time, now: () => time.ms };
}

const sum = ({ phases }: Profile) => profilePhases.reduce((total, { id }) => total + phases[id], 0);

describe('a recorder', () => {
  it('gives each moment to the phase that was entered last, and what nobody claims to idle', async () => {
    const { time, now } = clock();
    const recorder = new Recorder(now, 70);
    time.ms += 3;
    await during(recorder, 'compile', async () => {
      time.ms += 10;
      spent(recorder, 'upload', () => {
        time.ms += 4;
      });
      time.ms += 1;
    });
    time.ms += 2;
    const profile = recorder.report();
    expect(profile.phases).toMatchObject({ load: 70, compile: 11, upload: 4, idle: 5, forward: 0 });
    expect(profile.wallMs).toBe(70 + 20);
    expect(sum(profile)).toBe(profile.wallMs);
  });

  it('takes phases that overlap, and leaves one that broke', async () => {
    const { time, now } = clock();
    const recorder = new Recorder(now);
    const leaveFirst = recorder.enter('evaluate');
    time.ms += 1;
    const leaveSecond = recorder.enter('compile');
    time.ms += 2;
    leaveFirst();
    leaveFirst();
    time.ms += 4;
    leaveSecond();
    const broken = during(recorder, 'factorize', async () => {
      time.ms += 8;
      throw new Error('broke');
    });
    await expect(broken).rejects.toThrow('broke');
    time.ms += 16;
    const profile = recorder.report();
    expect(profile.phases).toMatchObject({ evaluate: 1, compile: 6, factorize: 8, idle: 16 });
    expect(sum(profile)).toBe(profile.wallMs);
  });

  it('divides a step by the kernels that the host runs, and reads the clock only where the role changes', () => {
    const { time, now } = clock();
    let readings = 0;
    const recorder = new Recorder(() => {
      readings++;
      return now();
    });
    recorder.timedBy('kernels');
    const leave = recorder.enter('step');
    readings = 0;
    for (const role of ['forward', 'forward', 'backward', 'update', 'update'] as const) {
      recorder.kernel(role);
      time.ms += 5;
    }
    recorder.kernel(null);
    expect(readings).toBe(4);
    time.ms += 1;
    leave();
    const profile = recorder.report();
    // The rest of a step is none of the three.
    expect(profile.phases).toMatchObject({ forward: 10, backward: 5, update: 10, step: 0, idle: 1 });
    expect(sum(profile)).toBe(profile.wallMs);
  });

  it('puts the times of the GPU in the place of waiting for it, and gives away no more than that', () => {
    const waited = (ms: number) => {
      const { time, now } = clock();
      const recorder = new Recorder(now);
      recorder.timedBy('timestamps');
      spent(recorder, 'step', () => {
        time.ms += ms;
      });
      recorder.measured('forward', 20);
      recorder.measured('update', 60);
      const profile = recorder.report();
      expect(sum(profile)).toBeCloseTo(profile.wallMs, 9);
      return profile.phases;
    };
    expect(waited(100)).toMatchObject({ forward: 20, backward: 0, update: 60, step: 0, idle: 20 });
    // The GPU worked while the host made batches: of its 80 ms the host waited for 40.
    expect(waited(40)).toMatchObject({ forward: 10, update: 30, step: 0, idle: 0 });
  });

  it('says so where nothing tells the parts of a step apart', () => {
    const { time, now } = clock();
    const recorder = new Recorder(now);
    recorder.timedBy('waiting');
    spent(recorder, 'step', () => {
      time.ms += 30;
    });
    expect(recorder.report()).toMatchObject({ stepTiming: 'waiting', phases: { step: 30, forward: 0 } });
  });

  it('sets the first step, with its compilation, beside the later ones', () => {
    const { time, now } = clock();
    const recorder = new Recorder(now);
    expect(recorder.report().steps).toEqual({ count: 0, firstMs: null, laterMs: null });
    spent(recorder, 'compile', () => {
      time.ms += 50;
    });
    // Two steps until the first losses: the first one took 24 of these 30 ms.
    recorder.steps(30, 2);
    recorder.steps(60, 10);
    expect(recorder.report().steps).toEqual({ count: 12, firstMs: 74, laterMs: 6 });
  });
});
