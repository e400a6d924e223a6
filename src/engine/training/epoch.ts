import type { WordDropout } from '../kernels/batch/encoder';
import { mix, Random, streamSeed, streams } from '../random';

/** What an epoch draws: the order of the training sentences, and the words that it leaves out. */
export interface EpochDraws {
  order: Uint32Array;
  wordDropout: WordDropout | null;
}

/**
 * Draws an epoch's batches by the seed and the epoch's number (from 0, over all phases), so that whatever trains in that epoch sees the same.
 *
 * @param sentences of the training split
 * @param wordDropout share of words left out, 0 <= p < 1
 */
export function drawEpoch(sentences: number, wordDropout: number, seed: number, epoch: number): EpochDraws {
  const order = Uint32Array.from({ length: sentences }, (_, i) => i);
  new Random(mix(streamSeed(seed, streams.batchOrder) + epoch)).shuffle(order);
  return {
    order,
    wordDropout:
      wordDropout > 0 ? { threshold: Math.floor(wordDropout * 2 ** 32), seed: streamSeed(seed, streams.wordDropout), epoch } : null,
  };
}

/** Batches `first` to `first + count` of an epoch, as ranges of its order; the last of the epoch may be smaller. */
export function batchRanges(sentences: number, batchSize: number, first: number, count: number): { from: number; to: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    from: (first + i) * batchSize,
    to: Math.min((first + i + 1) * batchSize, sentences),
  }));
}
