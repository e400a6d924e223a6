import type { ReadToken } from '../../protocol/try';
import type { WordVectors } from '../data/dataset';
import { findTokenizer } from '../data/tokenizers/registry';
import { firstWordId, maximumTokens, unknownId } from '../data/vocabulary';
import type { RunData } from '../experiment/last-run';
import type { Sentences } from '../sentences';

export interface ReadSentence {
  tokens: ReadToken[];
  /** Row of each token. */
  ids: number[];
}

/** Reads sentences as the models were trained to: cut by the same tokenizer, at the same length, over the same vocabulary. */
export class SentenceReader {
  /** Looked for once: that goes through the whole vocabulary. */
  private readonly nearest = new Map<string, number | null>();

  constructor(
    private readonly data: Pick<RunData, 'words' | 'index' | 'tokenizer'>,
    private readonly vectors: WordVectors | null,
  ) {}

  /**
   * A word outside of the experiment's vocabulary that the loaded table knows is read as its nearest neighbour in the vocabulary, by the cosine of the
   * pretrained vectors; any other is read as the unknown row, and so are all where the run's own table is not loaded.
   */
  read(text: string): ReadSentence {
    const { data } = this;
    const sentence: ReadSentence = { tokens: [], ids: [] };
    for (const token of findTokenizer(data.tokenizer).tokenize(text).slice(0, maximumTokens)) {
      const row = data.index.get(token);
      const stand = row === undefined ? this.nearestRow(token) : null;
      sentence.tokens.push({ text: token, known: row !== undefined, readAs: stand === null ? null : data.words[stand - firstWordId] });
      sentence.ids.push(row ?? stand ?? unknownId);
    }
    return sentence;
  }

  private nearestRow(token: string): number | null {
    const known = this.nearest.get(token);
    if (known !== undefined) return known;
    const row = this.vectors && nearestRow(token, this.vectors, this.data.words);
    this.nearest.set(token, row);
    return row;
  }
}

/** Sentences for a network; their classes are not known, and so all 0. */
export function sentencesOf(all: readonly (readonly number[])[]): Sentences {
  const offsets = new Uint32Array(all.length + 1);
  for (const [s, ids] of all.entries()) offsets[s + 1] = offsets[s] + ids.length;
  return { offsets, ids: Uint32Array.from(all.flat()), labels: new Uint32Array(all.length) };
}

/** Sentences `from` .. `to` - 1 of a set. */
export function sliceSentences({ offsets, ids, labels }: Sentences, from: number, to: number): Sentences {
  return {
    offsets: offsets.slice(from, to + 1).map((offset) => offset - offsets[from]),
    ids: ids.subarray(offsets[from], offsets[to]),
    labels: labels.subarray(from, to),
  };
}

/** The row of the vocabulary whose pretrained vector is nearest to a word's own; null where the table does not know the word. */
function nearestRow(token: string, { index, vectors }: WordVectors, words: readonly string[]): number | null {
  const row = index.get(token);
  if (row === undefined) {
    return null;
  }
  const own = vectors.row(row);
  let nearest: number | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (const [i, word] of words.entries()) {
    // A row that was seeded has no meaning before it is trained.
    const known = index.get(word);
    if (known === undefined) continue;
    const values = vectors.row(known);
    let product = 0;
    let squares = 0;
    for (let j = 0; j < values.length; j++) {
      product += values[j] * own[j];
      squares += values[j] * values[j];
    }
    const cosine = squares > 0 ? product / Math.sqrt(squares) : 0;
    if (cosine > best) {
      best = cosine;
      nearest = firstWordId + i;
    }
  }
  return nearest;
}
