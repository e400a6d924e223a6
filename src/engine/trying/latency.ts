import type { Network } from '../plan/network';
import type { Sentences } from '../sentences';

const samples = 5;
/** A sample is as many passes as last this long: a browser's clock may tick ten times a millisecond, and a pass take a twentieth of a tick. */
const sampleMs = 0.5;
const mostPasses = 1024;
/** Whoever types waits for this: where a pass takes longer, three have to do. */
const slowMs = 10;

/**
 * What a sentence takes alone, in milliseconds: from its words' numbers on the device to its logits on the host. The fastest of five samples, after a first
 * pass that does not count: whatever else the machine does can only add to one. (On busy cores the median of five was up to fifteen times as much.)
 *
 * @param now milliseconds
 */
export async function latency(network: Network, sentence: Sentences, now: () => number): Promise<number> {
  const set = await network.evaluationSet(sentence);
  try {
    const passes = async (count: number): Promise<number> => {
      const startedAt = now();
      for (let pass = 0; pass < count; pass++) await set.logits();
      return now() - startedAt;
    };
    await set.logits();
    for (let count = 1; ; count *= 2) {
      const times: number[] = [];
      while (times.length < (times[0] > slowMs ? 3 : samples)) times.push(await passes(count));
      const fastest = Math.min(...times);
      if (fastest >= sampleMs || count >= mostPasses) return fastest / count;
    }
  } finally {
    set.free();
  }
}
