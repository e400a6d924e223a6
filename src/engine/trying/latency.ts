import type { Network } from '../plan/network';
import type { Sentences } from '../sentences';

const samples = 5;
/** A sample is as many passes as last this long: a browser's clock may tick ten times a millisecond, and a pass take a twentieth of a tick. */
const sampleMs = 0.5;
const mostPasses = 1024;
/** Whoever types waits for this: where a pass takes longer, three have to do. */
const slowMs = 10;

/**
 * What a sentence takes alone, in milliseconds: from its words' numbers on the device to its logits on the host. Median of five samples, after a first
 * pass that does not count.
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
      // The median again, and not the first: a pass that was interrupted would end the search too early.
      const median = times.sort((a, b) => a - b)[times.length >> 1];
      if (median >= sampleMs || count >= mostPasses) return median / count;
    }
  } finally {
    set.free();
  }
}
