import { expect, it } from 'vitest';
import type { Network } from '../plan/network';
import { latency } from './latency';

/** A network that takes so long a pass, on a clock that another program stops now and then. */
function measured(passMs: number, interruptedMs: (pass: number) => number) {
  let time = 0;
  let passes = 0;
  const set = {
    logits: async () => {
      time += passMs + interruptedMs(passes++);
      return new Float32Array(2);
    },
    free: () => {},
  };
  const network = { evaluationSet: async () => set } as unknown as Network;
  return latency(network, {} as never, () => time);
}

it('is what a pass takes, on a coarse machine or a slow one', async () => {
  expect(await measured(0.01, () => 0)).toBeCloseTo(0.01, 6);
  expect(await measured(3, () => 0)).toBeCloseTo(3, 6);
});

it('is the same where four of five samples are interrupted', async () => {
  // After the pass that does not count: five samples of one pass, five of two, five of four.
  const isInterrupted = (pass: number) => {
    let start = 1;
    for (let count = 1; ; count *= 2) {
      const within = pass - start;
      if (within < 5 * count) return within < 4 * count && within % count === 0;
      start += 5 * count;
    }
  };
  expect(await measured(0.01, (pass) => (isInterrupted(pass) ? 4 : 0))).toBeCloseTo(0.01, 6);
});
