import type { Network } from '../plan/network';
import type { Sentences } from '../sentences';

const samples = 5;
/** A browser's clock may tick this coarsely: a sample is as many passes as last about ten ticks. */
const sampleMs = 1;
const mostPasses = 50;

/**
 * What a sentence takes alone, in milliseconds: from its words' numbers on the device to its logits on the host. Median of five, after a first pass that
 * does not count; that is cut short where passes are slow.
 *
 * @param now milliseconds
 */
export async function latency(network: Network, sentence: Sentences, now: () => number): Promise<number> {
  const set = await network.evaluationSet(sentence);
  try {
    const passes = async (count: number): Promise<number> => {
      const startedAt = now();
      for (let pass = 0; pass < count; pass++) await set.logits();
      return (now() - startedAt) / count;
    };
    await set.logits();
    const one = await passes(1);
    const count = one > sampleMs ? 1 : Math.min(mostPasses, Math.ceil(sampleMs / Math.max(one, sampleMs / mostPasses)));
    const times = count === 1 ? [one] : [];
    // Whoever types waits for this: where a pass takes long, three have to do.
    const wanted = one > 10 * sampleMs ? 3 : samples;
    while (times.length < wanted) times.push(await passes(count));
    return times.sort((a, b) => a - b)[times.length >> 1];
  } finally {
    set.free();
  }
}
