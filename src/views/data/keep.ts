import type { EmbeddingsPreview, Keep, SourceInput } from '../../protocol/data';

/** Tables up to this size in memory are taken whole, without asking: a choice would only be in the way. */
const smallBytes = 32e6;
/** Beyond it, a tab may run out of memory: fewer words are the suggestion. */
const largeBytes = 1.5e9;
const usualWords = 400_000;

export const tableBytes = (words: number, dimension: number) => words * dimension * 4;

/** A packed file may not say what is in it; one of this size unpacks to a small table. */
const smallFileBytes = 8e6;

/** Is there nothing that a person has to choose or to know before the table is read? */
export function needsNoChoice(preview: EmbeddingsPreview, inputs: readonly SourceInput[]): boolean {
  const { words, dimension, needsVocabulary, tensors, notes } = preview;
  if (needsVocabulary || tensors.length > 1 || notes.length > 0) return false;
  if (words !== null) return tableBytes(words.count, dimension) <= smallBytes;
  return inputs.every((input) => input instanceof File && input.size <= smallFileBytes);
}

/** How many words of how many numbers the chosen tensor, or else the file, has. */
export function shapeOf({ words, dimension, tensors }: EmbeddingsPreview, tensor: string | null) {
  const chosen = tensors.find(({ name }) => name === tensor);
  return chosen ? { words: { count: chosen.rows, exact: true }, dimension: chosen.columns } : { words, dimension };
}

/** The tensor with the most rows is the one of the words, as a rule. */
export function guessTensor({ tensors }: EmbeddingsPreview): string | null {
  if (tensors.length < 2) return null;
  return tensors.reduce((most, tensor) => (tensor.rows > most.rows ? tensor : most)).name;
}

export function guessKeep(words: number | null, dimension: number): Keep {
  return words !== null && tableBytes(words, dimension) > largeBytes
    ? { kind: 'most-frequent', words: Math.min(usualWords, words) }
    : { kind: 'all' };
}
