import { describe, expect, it } from 'vitest';
import { RunControl } from './control';

const task = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('an errand with a run', () => {
  it('is done between two steps, after what was submitted was told of', async () => {
    const done: string[] = [];
    const control = new RunControl(() => 0);
    const errand = control.errand(async () => done.push('errand'));
    await task();
    expect(done).toEqual([]);
    await control.turn(async () => {
      done.push('settled');
    });
    expect(done).toEqual(['settled', 'errand']);
    expect(await errand).toBe(2);
    await control.turn(async () => {
      done.push('settled for nothing');
    });
    expect(done).toHaveLength(2);
  });

  it('is done while the run is paused, one after the other, and the pause is no time of the run', async () => {
    let now = 0;
    const done: string[] = [];
    const control = new RunControl(
      () => now,
      () => done.push('paused'),
    );
    control.pause();
    const turn = control.turn();
    await task();
    const slow = control.errand(async () => {
      await task();
      now += 50;
      done.push('slow');
    });
    const quick = control.errand(async () => done.push('quick'));
    await Promise.all([slow, quick]);
    await control.errand(async () => done.push('later'));
    control.resume();
    await turn;
    expect(done).toEqual(['paused', 'slow', 'quick', 'later']);
    expect(control.activeNow()).toBe(0);
  });

  it('that fails fails its caller alone; one that comes too late is refused', async () => {
    const control = new RunControl(() => 0);
    const failing = control.errand(() => Promise.reject(new Error('no')));
    const failed = expect(failing).rejects.toThrow('no');
    await control.turn();
    await failed;
    const waiting = control.errand(async () => 1);
    const refused = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    control.end();
    await refused;
    await expect(control.errand(async () => 1)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('does not keep a stop waiting', async () => {
    const control = new RunControl(() => 0);
    control.pause();
    const turn = control.turn();
    control.stop();
    await expect(turn).rejects.toMatchObject({ code: 'cancelled' });
  });
});
