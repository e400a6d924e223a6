import type { TokenizerDescription } from '../../../protocol/data';
import { LabError } from '../../errors';
import { glove } from './glove';
import type { Tokenizer } from './tokenizer';
import { unicode } from './unicode';
import { whitespace } from './whitespace';

const tokenizers: readonly Tokenizer[] = [glove, whitespace, unicode];

/** The one that is meant where none is named. */
export const defaultTokenizer = glove.id;

/** @throws LabError `bad-specification` where there is none of that id */
export function findTokenizer(id: string): Tokenizer {
  const tokenizer = tokenizers.find((candidate) => candidate.id === id);
  if (tokenizer) return tokenizer;
  throw new LabError(
    'bad-specification',
    `There is no tokenizer "${id}".`,
    `Choose one of ${tokenizers.map((candidate) => candidate.id).join(', ')}.`,
  );
}

export function describeTokenizers(): TokenizerDescription[] {
  return tokenizers.map(({ id, label, help }) => ({ id, label, help }));
}

/**
 * A tokenizer for many texts that gives each distinct token one string object. Without it, a large set holds millions of copies of `the`.
 *
 * @param id of the registry
 */
export function sharedTokenizer(id: string = defaultTokenizer): (text: string) => string[] {
  const { tokenize } = findTokenizer(id);
  const known = new Map<string, string>();
  return (text) => {
    const tokens = tokenize(text);
    for (let i = 0; i < tokens.length; i++) {
      const seen = known.get(tokens[i]);
      if (seen === undefined) known.set(tokens[i], tokens[i]);
      else tokens[i] = seen;
    }
    return tokens;
  };
}
