import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { compareSteps, type TimeSteps } from './probe';

/** Two devices on a clock of their own. */
function machine(grainMs = 0) {
  const time = { ms: 0 };
  const now = () => (grainMs > 0 ? grainMs * Math.floor(time.ms / grainMs) : time.ms);
  let pieces = 0;
  let submitted = 0;
  const device =
    ({
      stepMs,
      waitMs = 0,
      coldMs = 0,
      noise = () => 1,
    }: {
      stepMs: number;
      waitMs?: number;
      coldMs?: number;
      noise?: () => number;
    }): TimeSteps =>
    async (steps) => {
      const startedAt = now();
      const cold = steps > 0 && pieces < 4 ? coldMs : 0;
      pieces += steps > 0 ? 1 : 0;
      submitted += steps;
      time.ms += (waitMs + steps * stepMs + cold) * noise();
      return now() - startedAt;
    };
  return { time, now, device, submitted: () => submitted };
}

describe('the probe', () => {
  it('ends within milliseconds where it is clear', async () => {
    const { time, now, device } = machine();
    expect(await compareSteps(device({ stepMs: 6 }), device({ stepMs: 1 }), now)).toEqual({ webgpuStepMs: 6, cpuStepMs: 1 });
    expect(time.ms).toBeLessThan(60);
  });

  it('does not take the wait for a read-back for work: a fast GPU wins over a browser that waits for 100 ms', async () => {
    const { now, device } = machine();
    const { webgpuStepMs, cpuStepMs } = await compareSteps(device({ stepMs: 0.1, waitMs: 100 }), device({ stepMs: 2 }), now);
    // 256 steps share a wait.
    expect(webgpuStepMs).toBeCloseTo(0.1 + 100 / 256, 3);
    expect(cpuStepMs).toBeCloseTo(2, 9);
  });

  it('counts the wait where steps are so long that few share one', async () => {
    const { now, device } = machine();
    const { webgpuStepMs } = await compareSteps(device({ stepMs: 20, waitMs: 50 }), device({ stepMs: 25 }), now);
    expect(webgpuStepMs).toBeCloseTo(20 + 50 / 5, 9);
  });

  it('is not misled by first steps that run code which is not compiled yet', async () => {
    const { now, device } = machine();
    const { cpuStepMs } = await compareSteps(device({ stepMs: 5 }), device({ stepMs: 1, coldMs: 30 }), now);
    expect(cpuStepMs).toBeCloseTo(1, 9);
  });

  it('gives steps enough to a clock of a whole millisecond', async () => {
    const { now, device, submitted } = machine(1);
    const { webgpuStepMs, cpuStepMs } = await compareSteps(device({ stepMs: 0.15 }), device({ stepMs: 0.9 }), now);
    expect(webgpuStepMs).toBeLessThan(cpuStepMs);
    expect(submitted()).toBeLessThan(200);
  });

  it('finds the faster of two that differ by a quarter, 95 times in 100, with a third of all pieces held up to three times as long', async () => {
    const random = new Random(5);
    const noise = () => (random.uniform() < 1 / 3 ? 1 + 2 * random.uniform() : 1 + 0.05 * random.uniform());
    let right = 0;
    for (let i = 0; i < 100; i++) {
      const { now, device, time } = machine();
      const webgpu = i % 2 === 0 ? 4 : 5;
      const times = await compareSteps(device({ stepMs: webgpu, waitMs: 0.5, noise }), device({ stepMs: 9 - webgpu, noise }), now);
      if (times.webgpuStepMs < times.cpuStepMs === webgpu < 9 - webgpu) right++;
      expect(time.ms).toBeLessThan(400);
    }
    expect(right).toBeGreaterThanOrEqual(95);
  });
});
