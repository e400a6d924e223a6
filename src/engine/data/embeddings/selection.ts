import type { Keep } from '../../../protocol/data';
import type { Dataset } from '../dataset';
import type { Selection } from './format';

/** Which words of a table a choice keeps; `dataset` is whose words they are where it says so: the tokens of all its sentences. */
export function selectionOf(keep: Keep, { tokens }: Pick<Dataset, 'tokens'>): Selection {
  switch (keep.kind) {
    case 'all':
      return { limit: Number.POSITIVE_INFINITY, keeps: () => true };
    case 'most-frequent':
      return { limit: keep.words, keeps: () => true };
    case 'dataset': {
      const words = new Set<string>();
      for (const sentence of tokens) for (const token of sentence) words.add(token);
      return { limit: Number.POSITIVE_INFINITY, keeps: (word) => words.has(word) };
    }
  }
}
