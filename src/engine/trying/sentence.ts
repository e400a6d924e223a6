import type { ReadToken } from '../../protocol/try';
import type { PreparedData, WordVectors } from '../data/dataset';
import { findTokenizer } from '../data/tokenizers/registry';
import { firstWordId, maximumTokens, unknownId } from '../data/vocabulary';
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
    private readonly data: PreparedData,
    private readonly vectors: WordVectors,
  ) {}

  /**
   * A word outside of the experiment's vocabulary that the loaded table knows is read as its nearest neighbour in the vocabulary, by the cosine of the
   * pretrained vectors; any other is read as the unknown row.
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
    const row = nearestRow(token, this.vectors, this.data);
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
function nearestRow(token: string, vectors: WordVectors, { table, words }: PreparedData): number | null {
  const row = vectors.index.get(token);
  if (row === undefined) {
    return null;
  }
  const own = vectors.vectors.row(row);
  const { columns } = table;
  let nearest: number | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (let id = firstWordId; id < words.length + firstWordId; id++) {
    // A row that was seeded has no meaning before it is trained.
    if (!vectors.index.has(words[id - firstWordId])) continue;
    let product = 0;
    let squares = 0;
    for (let j = 0; j < columns; j++) {
      const value = table.values[id * columns + j];
      product += value * own[j];
      squares += value * value;
    }
    const cosine = squares > 0 ? product / Math.sqrt(squares) : 0;
    if (cosine > best) {
      best = cosine;
      nearest = id;
    }
  }
  return nearest;
}
